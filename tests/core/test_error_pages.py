import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from django.test import Client
from django.urls import path

from config.urls import urlpatterns as real_urlpatterns
from core.errors import Refused
from core.views import errors


def raising(exception):
    def view(request):
        raise exception

    return view


handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
urlpatterns = [
    path("400/", raising(SuspiciousOperation())),
    path("403/", raising(PermissionDenied())),
    path("404/", raising(Http404())),
    path("409/", raising(Refused("full", "Phòng này đã kín chỗ."))),
    path("410/", raising(Refused("gone", "Phòng này không còn.", status=410))),
    path("500/", raising(ValueError())),
    path("503/", raising(OperationalError())),
    path("429/", errors.too_many),
    path("api/404/", raising(Http404())),
    *real_urlpatterns,
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (400, "Hãy quay lại và thử lần nữa"),
        (403, "Trang này dành cho người khác"),
        (404, "Không có trang này"),
        (409, "Bây giờ chưa làm được việc này"),
        (410, "Bây giờ chưa làm được việc này"),
        (429, "Hãy chờ một lát"),
        (500, "Hệ thống gặp trục trặc"),
        (503, "Hệ thống đang tạm nghỉ"),
    ],
)
def test_error_page_says_in_vietnamese_what_happened(client, status, title):
    response = client.get(f"/{status}/")

    assert response.status_code == status
    assert f"<h1>{title}</h1>" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert response.cookies == {}


def test_error_page_says_the_words_of_a_refusal(client):
    response = client.get("/409/")

    assert "<p>Phòng này đã kín chỗ.</p>" in response.content.decode()


def test_error_under_api_is_told_to_a_program(client):
    response = client.get("/api/404/")

    assert response.json()["code"] == "not_found"
    assert response.status_code == 404


def test_page_that_was_open_too_long_says_what_to_do():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/account/login/")

    assert response.status_code == 403
    assert "<h1>Trang này mở quá lâu</h1>" in response.content.decode()


def test_page_of_the_wrong_address_speaks_the_readers_language(client):
    response = client.get("/en/nowhere/")

    assert "<h1>There is no such page</h1>" in response.content.decode()
    assert '<html lang="en"' in response.content.decode()
