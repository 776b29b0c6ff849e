from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.errors import Refused
from demo import actions, people, tally
from demo.plans import Scale


class Command(BaseCommand):
    help = "Fill an empty registry with a year of invented houses, visits and papers."

    def add_arguments(self, parser):
        usual = Scale()
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--houses", type=int, default=usual.houses)
        parser.add_argument("--landlords", type=int, default=usual.landlords)
        parser.add_argument("--rooms", type=int, default=usual.rooms)
        parser.add_argument(
            "--accounts",
            action="store_true",
            help="only print the accounts, one a line: phone, password, role, name",
        )

    def handle(self, *, seed, houses, landlords, rooms, accounts, **options):
        if settings.PRODUCTION:
            raise CommandError("Demo data are never made in production.")
        if accounts:
            self._accounts()
            return
        if people.are_there():
            self.stdout.write("The demo data are there already.")
            return
        try:
            actions.make(seed=seed, scale=Scale(houses, landlords, rooms))
        except Refused as refused:
            raise CommandError(
                f"Demo data need an empty registry. {refused.message}"
            ) from refused
        self._table()
        self._accounts()

    def _accounts(self):
        if not people.are_there():
            return
        for account in people.accounts():
            roles = ", ".join(account.roles)
            self.stdout.write(
                "\t".join([account.phone, people.PASSWORD, roles, account.full_name])
            )

    def _table(self):
        parts = {
            "": tally.things(),
            "rooms": tally.rooms(),
            "houses": tally.houses(),
            "certificates": tally.certificates(),
            "visits": tally.visits(),
            "findings": tally.findings(),
        }
        for title, counts in parts.items():
            self.stdout.write(f"\n{title}" if title else "")
            for name, count in sorted(counts.items(), key=lambda pair: -pair[1]):
                self.stdout.write(f"  {count:6}  {name}")
        self.stdout.write("")
