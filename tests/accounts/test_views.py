import pytest
from django.urls import reverse

from accounts import actions
from accounts.models import Role, User
from tests.accounts.factories import (
    AdministratorFactory,
    MembershipFactory,
    UserFactory,
    staff,
)

pytestmark = pytest.mark.django_db

PASSWORD = "bốn từ không ai đoán"
STAFF_PAGES = ["/office/people/", "/office/people/invite/", "/office/people/{pk}/"]


def sign_in(client, phone, password=PASSWORD):
    return client.post("/account/login/", {"login": phone, "password": password})


def test_landlord_signs_up_and_is_signed_in(client):
    response = client.post(
        "/account/signup/",
        {"full_name": "Bà Chủ Thử", "phone": "0987 654 321", "password1": PASSWORD},
    )

    assert response.headers["Location"] == "/home/"
    user = User.objects.get()
    assert (user.phone, user.full_name, user.language) == (
        "+84987654321",
        "Bà Chủ Thử",
        "vi",
    )
    assert client.get("/home/").headers["Location"] == "/landlord/"


@pytest.mark.parametrize("phone", ["0912345678", "+84 912 345 678", "0912.345.678"])
def test_sign_in_with_any_spelling_of_the_number(client, phone):
    UserFactory(phone="+84912345678")

    assert sign_in(client, phone).headers["Location"] == "/home/"


def test_sign_in_with_wrong_password_says_so_and_keeps_the_number(client):
    UserFactory(phone="+84912345678")

    response = sign_in(client, "0912345678", "không phải mật khẩu")

    assert response.status_code == 200
    assert "0912345678" in response.content.decode()
    assert response.context["form"].errors


def test_sign_up_with_taken_number_makes_no_second_account(client):
    UserFactory(phone="+84912345678")

    response = client.post(
        "/account/signup/",
        {"full_name": "Người Khác", "phone": "0912345678", "password1": PASSWORD},
    )

    assert response.status_code in {200, 302}
    assert User.objects.count() == 1


def test_sign_up_with_short_password_keeps_what_was_typed(client):
    response = client.post(
        "/account/signup/",
        {"full_name": "Bà Chủ Thử", "phone": "0987654321", "password1": "ngắn"},
    )

    assert list(response.context["form"].errors) == ["password1"]
    assert "Bà Chủ Thử" in response.content.decode()


def test_sixth_wrong_password_closes_the_door_for_a_while(client):
    UserFactory(phone="+84912345678")

    for _ in range(5):
        sign_in(client, "0912345678", "không phải mật khẩu")
    response = sign_in(client, "0912345678")

    assert response.status_code == 429


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.INSPECTOR, "/tablet/"),
        (Role.REVIEWER, "/office/"),
        (Role.COORDINATOR, "/office/"),
        (Role.ANALYST, "/office/"),
    ],
)
def test_home_sends_staff_to_their_work(client, role, address):
    client.force_login(staff(role))

    assert client.get("/home/").headers["Location"] == address


def test_home_in_english_for_who_reads_english(client):
    client.force_login(UserFactory(language="en"))

    assert client.get("/home/").headers["Location"] == "/en/landlord/"


@pytest.mark.parametrize("address", STAFF_PAGES)
@pytest.mark.parametrize("role", [None, Role.COORDINATOR, Role.REVIEWER])
def test_staff_pages_are_closed_to_others(client, address, role):
    user = staff(role) if role else UserFactory()
    client.force_login(user)

    assert client.get(address.format(pk=user.pk)).status_code == 403


@pytest.mark.parametrize("address", STAFF_PAGES)
def test_staff_pages_ask_to_sign_in(client, address):
    assert (
        client.get(address.format(pk=1))
        .headers["Location"]
        .startswith("/account/login/")
    )


def test_administrator_invites_and_the_invited_comes_in(client):
    client.force_login(AdministratorFactory())
    response = client.post(
        "/office/people/invite/",
        {
            "full_name": "Chị Kiểm Tra",
            "phone": "0987654321",
            "role": "inspector",
            "everywhere": "on",
        },
    )
    link = response.context["link"].removeprefix("http://testserver")
    client.logout()

    welcome = client.get(link)
    done = client.post(link, {"password1": PASSWORD, "duties": "on"})

    assert "Chị Kiểm Tra" in welcome.content.decode()
    assert done.headers["Location"] == "/home/"
    assert client.get("/home/").headers["Location"] == "/tablet/"


def test_duties_are_not_ticked_beforehand_and_must_be(client):
    _, token = actions.invite(
        phone="+84987654321",
        full_name="Chị Kiểm Tra",
        role=Role.INSPECTOR,
        everywhere=True,
        by=AdministratorFactory(),
    )
    link = reverse("accounts:accept", args=[token])

    welcome = client.get(link)
    response = client.post(link, {"password1": PASSWORD})

    assert "checked" not in welcome.content.decode()
    assert list(response.context["form"].errors) == ["duties"]
    assert not User.objects.filter(phone="+84987654321").exists()


def test_link_for_a_new_password_works_once(client):
    administrator, user = AdministratorFactory(), UserFactory()
    uidb36, key = actions.new_password_key(user=user, by=administrator)
    link = reverse("account_reset_password_from_key", args=[uidb36, key])

    form_page = client.get(link, follow=True)
    client.post(
        form_page.redirect_chain[-1][0], {"password1": "một mật khẩu hoàn toàn mới"}
    )

    user.refresh_from_db()
    assert user.check_password("một mật khẩu hoàn toàn mới")
    client.session.flush()
    assert "token_fail" in client.get(link).context


@pytest.mark.parametrize("count", [1, 3])
def test_people_query_count(client, count, django_assert_num_queries):
    administrator = AdministratorFactory()
    MembershipFactory.create_batch(count)
    client.force_login(administrator)

    with django_assert_num_queries(8):
        response = client.get("/office/people/")

    assert response.content.decode().count('class="person"') == count + 1


def test_staff_without_second_factor_must_set_it_up(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(staff(Role.REVIEWER))

    response = client.get("/home/")

    assert response.headers["Location"] == "/account/2fa/on/"


def test_landlord_needs_no_second_factor(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(UserFactory())

    assert client.get("/home/").headers["Location"] == "/landlord/"


@pytest.mark.parametrize(
    "address",
    [
        "/account/login/",
        "/account/signup/",
        "/account/password/forgotten/",
        "/en/account/login/",
    ],
)
def test_doors_are_open_to_everybody(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/account/2fa/",
        "/account/password/change/",
        "/account/logout/",
    ],
)
def test_own_pages_open_for_who_has_just_signed_in(client, address):
    UserFactory(phone="+84912345678")
    sign_in(client, "0912345678")

    assert client.get(address).status_code == 200


def test_second_factor_asks_for_the_password_once_more(client):
    UserFactory(phone="+84912345678")
    sign_in(client, "0912345678")

    asked = client.get("/account/2fa/on/")
    page = client.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)

    assert "data:image/svg+xml" in page.content.decode()


def test_signing_in_and_out_leaves_no_word_for_a_later_page(client):
    UserFactory(phone="+84912345678")

    sign_in(client, "0912345678")
    client.post("/account/logout/")
    page = client.get("/account/login/")

    assert [str(message) for message in page.context["messages"]] == []


def test_a_changed_password_is_said_in_vietnamese(client):
    client.force_login(UserFactory(password=PASSWORD))

    new = {"oldpassword": PASSWORD, "password1": f"{PASSWORD} nữa"}
    client.post("/account/password/change/", new)
    page = client.get("/account/login/")

    assert [str(m) for m in page.context["messages"]] == ["Đã đổi mật khẩu."]
