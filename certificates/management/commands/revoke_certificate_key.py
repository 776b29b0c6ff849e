from django.core.management.base import BaseCommand, CommandError

from certificates.actions import revoke_key
from core.errors import Refused


class Command(BaseCommand):
    help = "End all trust in a key that signed certificates. There is no way back."

    def add_arguments(self, parser):
        parser.add_argument("key_id")
        parser.add_argument("--because", required=True)

    def handle(self, *, key_id, because, **options):
        try:
            revoke_key(key_id=key_id, because=because, by=None)
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"Nobody trusts {key_id} any more.")
