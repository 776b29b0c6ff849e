from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from reference import actions


class Command(BaseCommand):
    help = "Load communes, former names, law, tariffs and industrial zones."

    def add_arguments(self, parser):
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="the folder with the files (default: fixtures)",
        )

    def handle(self, *args, folder, **options):
        for name, count in actions.load(folder=folder).items():
            self.stdout.write(f"{name}: {count}")
