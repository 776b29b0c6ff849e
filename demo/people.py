"""Who works here and who lets rooms. Numbers of a block that no operator has given out."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts import actions
from accounts.models import Role, User
from accounts.rules import e164
from reference.models import AdministrativeUnit
from registry.actions import become_landlord
from registry.models import Landlord

PASSWORD = "nha-tro-an-toan"


@dataclass(frozen=True)
class Account:
    phone: str
    full_name: str
    roles: tuple[str, ...]
    everywhere: bool = False


ADMINISTRATOR = Account(
    "0900 000 001", "Quản trị thử", (Role.ADMINISTRATOR,), everywhere=True
)
LANDLORD = Account("0900 000 009", "Chủ trọ thử 01", ("landlord",))
# One for each role; who inspects and who decides are several, so that four eyes hold.
STAFF = [
    Account("0900 000 002", "Điều phối thử", (Role.COORDINATOR,)),
    Account("0900 000 003", "Cán bộ kiểm tra thử 1", (Role.INSPECTOR,)),
    Account("0900 000 004", "Người duyệt thử 1", (Role.REVIEWER,)),
    Account("0900 000 005", "Biên tập cẩm nang thử", (Role.EDITOR,)),
    Account("0900 000 006", "Cán bộ in ấn thử", (Role.PRINT_OFFICER,)),
    Account("0900 000 007", "Cán bộ hỗ trợ thử", (Role.CASE_WORKER,)),
    Account("0900 000 008", "Xem thống kê thử", (Role.ANALYST,)),
    Account("0900 000 012", "Cán bộ kiểm tra thử 2", (Role.INSPECTOR,)),
    Account("0900 000 013", "Cán bộ kiểm tra thử 3", (Role.INSPECTOR,)),
    Account("0900 000 015", "Người duyệt thử 2", (Role.REVIEWER, Role.INSPECTOR)),
    Account("0900 000 016", "Biên tập cẩm nang thử 2", (Role.EDITOR,)),
]


@dataclass(frozen=True)
class Office:
    """The staff, as signed-in users."""

    coordinator: User
    inspectors: list[User]
    reviewers: list[User]
    editors: list[User]
    print_officer: User


def accounts() -> list[Account]:
    return [ADMINISTRATOR, *STAFF[:7], LANDLORD, *STAFF[7:]]


def are_there() -> bool:
    return User.objects.filter(phone=e164(ADMINISTRATOR.phone)).exists()


def open_office(communes: list[AdministrativeUnit]) -> Office:
    """The first administrator is made by the system and invites all the others."""
    administrator = actions.appoint_first_administrator(
        phone=e164(ADMINISTRATOR.phone),
        full_name=ADMINISTRATOR.full_name,
        password=PASSWORD,
    )
    users = {account: _join(account, communes, by=administrator) for account in STAFF}

    def holding(role: str) -> list[User]:
        return [user for account, user in users.items() if role in account.roles]

    return Office(
        coordinator=holding(Role.COORDINATOR)[0],
        inspectors=holding(Role.INSPECTOR),
        reviewers=holding(Role.REVIEWER),
        editors=holding(Role.EDITOR),
        print_officer=holding(Role.PRINT_OFFICER)[0],
    )


def _join(account: Account, communes: list[AdministrativeUnit], *, by: User) -> User:
    first, *others = account.roles
    _invitation, token = actions.invite(
        phone=e164(account.phone),
        full_name=account.full_name,
        role=first,
        communes=communes,
        by=by,
    )
    user = actions.accept_invitation(token=token, password=None, language="vi")
    for role in others:
        actions.give_role(user=user, role=role, communes=communes, by=by)
    return user


def give_passwords() -> None:
    """To the accounts that are printed, and to no other. Made once: a good hash is slow."""
    phones = [e164(account.phone) for account in accounts()]
    User.objects.filter(phone__in=phones).update(password=make_password(PASSWORD))


def sign_up(number: int) -> Landlord:
    """The landlord `number` (from 0)."""
    account = LANDLORD
    if number:
        account = Account(
            f"0900 100 {number + 1:03}", f"Chủ trọ thử {number + 1:02}", ("landlord",)
        )
    phone = e164(account.phone)
    user = User.objects.create_user(phone, full_name=account.full_name)
    return become_landlord(
        user=user,
        kind=Landlord.Kind.BUSINESS if number % 4 == 3 else Landlord.Kind.PERSON,
        full_name=account.full_name,
        phone=phone,
        language="vi",
        by=user,
    )
