import json
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from core.errors import Refused
from inspections.actions import load_checklist


class Command(BaseCommand):
    help = "Publishes the checklist of the project, if it is not there yet."

    def add_arguments(self, parser):
        default = settings.BASE_DIR / "fixtures" / "checklist_v1.json"
        parser.add_argument("file", nargs="?", type=Path, default=default)

    def handle(self, *, file, **options):
        try:
            version = load_checklist(document=json.loads(file.read_text("utf-8")))
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{version}: {version.state}")
