"""All components on one page, with invented facts. Shown only where settings.STYLEGUIDE."""

import datetime as dt

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.templatetags.static import static

from core import icons, states
from core.public import public_page

FACTS = [
    {"icon": "bed", "label": "Diện tích", "value": "12,5 m², tối đa 3 người"},
    {"icon": "bolt", "label": "Điện", "value": "3.302 đ mỗi kWh"},
    {"icon": "drop", "label": "Nước", "value": "25.000 đ mỗi m³"},
    {"icon": "key", "label": "Giờ cổng", "value": "Có chìa khoá riêng"},
]
STEPS = [
    {"title": "Địa chỉ", "address": "#", "state": "done"},
    {"title": "Ngôi nhà", "address": "#", "state": "done"},
    {"title": "Cổng và giờ giấc", "state": "current"},
    {"title": "Điện, nước", "state": "todo"},
    {"title": "Xem lại", "state": "todo"},
]
TABS = [
    {"title": "Chờ duyệt", "address": "#", "current": True, "count": 12},
    {"title": "Gửi trả", "address": "#", "count": 3},
    {"title": "Đã quyết định", "address": "#", "count": None},
]
ROWS = [
    ["Nhà trọ Hoa Sen, 103", "Xã Quang Minh", "18/11/2026", "Đạt"],
    ["Nhà trọ Hoa Sen, 104", "Xã Quang Minh", "18/11/2026", "Đạt có điều kiện"],
    ["Dãy trọ ông Thịnh, 2", "Xã Thiên Lộc", "17/11/2026", "Chưa đạt"],
]
CONSEQUENCES = [
    "Người tìm phòng không còn thấy phòng này.",
    "Giấy chứng nhận vẫn giữ, ông/bà có thể đăng lại bất cứ lúc nào.",
]


def styleguide(request):
    _only_for_us()
    messages.success(request, "Đã lưu tiền thuê mới của phòng 103.")
    messages.warning(request, "Giấy chứng nhận của phòng 105 hết hạn sau 12 ngày.")
    return render(request, "styleguide/index.html", _samples())


def office(request):
    _only_for_us()
    return render(request, "styleguide/office.html", _samples())


@public_page(seconds=1)
def public(request):
    _only_for_us()
    return render(request, "styleguide/public.html", _samples())


@public_page(seconds=1)
def check(request):
    _only_for_us()
    return render(request, "styleguide/check.html", _samples())


def _only_for_us():
    if not settings.STYLEGUIDE:
        raise Http404


def _samples():
    return {
        "icons": icons.names(),
        "groups": {
            "Certificate": states.CERTIFICATE,
            "Severity": states.SEVERITY,
            "Finding": states.FINDING,
            "Visit": states.VISIT,
            "Room": states.REGISTRATION,
        },
        "form": SampleForm(),
        "wrong_form": SampleForm({"floors": "40", "gate": "always_open"}),
        "search_form": SearchForm(
            {"q": "Quang Minh", "people": 2}, auto_id="search_%s"
        ),
        "rooms": [_room(103), _room(201, women=False, state="conditional")],
        "findings": [_finding("K", photo=True), _finding("T")],
        "photos": [
            {"url": static(f"styleguide/{name}.svg"), "alt": alt}
            for name, alt in [
                ("room", "Trong phòng: giường, cửa sổ, đèn"),
                ("wires", "Ổ cắm điện cạnh cửa"),
                ("room", "Nhìn từ cửa ra vào"),
            ]
        ],
        "facts": FACTS,
        "steps": STEPS,
        "tabs": TABS,
        "columns": ["Phòng", "Xã", "Ngày thăm", "Kết quả"],
        "rows": ROWS,
        "consequences": CONSEQUENCES,
    }


def _room(number, *, women=True, state="valid"):
    return {
        "url": "/styleguide/public/",
        "title": f"Nhà trọ Hoa Sen, phòng {number}",
        "commune": "Xã Quang Minh",
        "photo_url": static("styleguide/room.svg"),
        "photo_alt": "",
        "cost": 1_870_000,
        "people": 2,
        "rent": 1_200_000,
        "distance": 850,
        "place": "cổng KCN Quang Minh",
        "state": state,
        "until": dt.date(2027, 11, 21),
        "women": women,
        "hours": "Về lúc nào cũng được, có chìa khoá riêng",
        "available": "Còn trống ngay",
    }


def _finding(severity, *, photo=False):
    return {
        "what": "Dây điện hở ở ổ cắm cạnh giường",
        "where": "Phòng 103, bên trái cửa ra vào",
        "severity": severity,
        "state": "open",
        "due": dt.date(2026, 11, 28),
        "repair": "Tắt aptomat, thay ổ cắm có nắp, bọc kín mối nối. Nên gọi thợ điện.",
        "price": "Thường hết từ 80.000 đ đến 150.000 đ",
        "photo_url": static("styleguide/wires.svg") if photo else "",
        "photo_alt": "Dây điện hở phía trên ổ cắm",
    }


class SampleForm(forms.Form):
    name = forms.CharField(
        label="Tên nhà trọ", help_text="Tên mà người thuê vẫn gọi, ví dụ: Hoa Sen."
    )
    floors = forms.IntegerField(label="Số tầng", min_value=1, max_value=15)
    gate = forms.ChoiceField(
        label="Cổng ban đêm",
        help_text="Công nhân đi ca đêm cần biết điều này.",
        choices=[
            ("always_open", "Mở suốt ngày đêm"),
            ("own_key", "Đóng, mỗi người thuê có chìa khoá"),
            ("locked", "Khoá ban đêm"),
        ],
        widget=forms.RadioSelect,
    )
    parking = forms.ChoiceField(
        label="Chỗ để xe máy",
        choices=[("none", "Không có"), ("open", "Trong sân"), ("locked", "Có khoá")],
    )
    landmark = forms.CharField(
        label="Gần chỗ nào dễ nhớ", widget=forms.Textarea, required=False
    )
    photo = forms.ImageField(label="Ảnh mặt trước", required=False)
    agree = forms.BooleanField(
        label="Tôi đồng ý để cán bộ Hội Phụ nữ đến thăm nhà",
        help_text="Ông/bà có thể rút lại bất cứ lúc nào.",
    )


class SearchForm(forms.Form):
    q = forms.CharField(label="Ở đâu")
    people = forms.ChoiceField(
        label="Mấy người", choices=[(1, "1 người"), (2, "2 người"), (3, "3 người")]
    )
    max_rent = forms.ChoiceField(
        label="Nhiều nhất", choices=[("", "Bao nhiêu cũng được"), (1, "1.500.000 đ")]
    )
    late = forms.BooleanField(label="Tôi hay về khuya", required=False)
    women = forms.BooleanField(label="An toàn cho phụ nữ", required=False)
