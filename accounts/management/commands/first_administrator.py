import getpass

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.actions import appoint_first_administrator
from accounts.rules import e164
from core.errors import Refused


class Command(BaseCommand):
    help = "Make the account of the first administrator, who invites all the others."

    def add_arguments(self, parser):
        parser.add_argument("phone")
        parser.add_argument("full_name")

    def handle(self, *, phone, full_name, **options):
        password = getpass.getpass("Password (at least 12 characters): ")
        try:
            appoint_first_administrator(
                phone=e164(phone), full_name=full_name, password=password
            )
        except ValueError as error:
            raise CommandError(f"{phone} is no phone number.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{full_name} can sign in with {phone}.")
