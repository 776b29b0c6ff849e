from django.core.management import BaseCommand

from inspections.actions import sweep_packs, sweep_uploads


class Command(BaseCommand):
    help = (
        "Deletes packs that nothing refers to after 24 hours, and uploads that nobody"
        " has continued for 30 days. The job worker does it every night."
    )

    def handle(self, **options):
        self.stdout.write(f"{len(sweep_packs())} files deleted")
        self.stdout.write(f"{len(sweep_uploads())} uploads forgotten")
