from django.core.management import BaseCommand

from inspections.actions import sweep_packs


class Command(BaseCommand):
    help = "Deletes unfinished and unclaimed packs that are older than 24 hours."

    def handle(self, **options):
        self.stdout.write(f"{len(sweep_packs())} files deleted")
