from django.core.management.base import BaseCommand

from handbooks import actions


class Command(BaseCommand):
    help = "Load the handbooks' texts that come with the program."

    def handle(self, *args, **options):
        for name, count in actions.load_shipped().items():
            self.stdout.write(f"{name}: {count}")
