import factory

from accounts.models import Membership, Role, User


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody with an account and no role: a landlord to be."""

    class Meta:
        model = User

    phone = factory.Sequence(lambda n: f"+84912{n:06}")
    full_name = factory.Sequence(lambda n: f"Người Thử {n}")
    password = factory.django.Password("bốn từ không ai đoán")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.INSPECTOR
    everywhere = True


def staff(role, *communes):
    """A new user with the role: everywhere, or in the given communes."""
    membership = MembershipFactory(role=role, everywhere=not communes)
    membership.communes.set(communes)
    return membership.user


class AdministratorFactory(UserFactory):
    class Meta:
        skip_postgeneration_save = True

    is_staff = True
    is_superuser = True
    membership = factory.RelatedFactory(
        MembershipFactory, "user", role=Role.ADMINISTRATOR
    )
