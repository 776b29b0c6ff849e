"""What an inspector writes down: most things are in order, some are not, and why."""

import datetime as dt
from random import Random
from typing import Any

from inspections import rules

Json = dict[str, Any]

# What fails in the demo, as the inspector describes it. Everything else is in order.
SEEN = {
    "FIR-01": "Lối ra bị xe máy và thùng hàng chắn; cửa sau khoá bằng ổ khoá ngoài.",
    "FIR-03": "Cửa sổ bị hàn khung sắt kín, không có ô mở.",
    "FIR-05": "Bấm thử không kêu; đầu báo hết pin.",
    "FIR-06": "Không thấy bình chữa cháy, móc treo để trống.",
    "FIR-07": "Chưa có búa, khăn ướt hay mặt nạ.",
    "FIR-08": "Chưa treo sơ đồ thoát nạn.",
    "ELE-01": "Ổ cắm đầu giường cháy sém, dây nối xoắn tay.",
    "ELE-04": "Ổ kéo nối thêm một ổ kéo nữa.",
    "WSH-05": "Chưa có chỗ rửa tay cạnh nhà vệ sinh.",
    "WSH-07": "Thùng rác chưa có nắp.",
    "SPC-05": "Góc trần mốc, thấm từ mái.",
    "SPC-06": "Mái tôn, chưa có trần; chiều rất nóng.",
    "SEC-03": "Sau 22 giờ phải gọi chủ nhà ra mở cổng.",
    "SEC-05": "Chưa có ngăn khoá được.",
    "WOM-02": "Cửa nhà tắm hở phía trên và phía dưới.",
    "WOM-05": "Hai bóng đèn hành lang hỏng, lối ra nhà vệ sinh tối.",
    "WOM-06": "Đoạn ngõ khoảng 80 m không có đèn đường.",
    "WOM-08": "Chưa dán số điện thoại báo tin.",
    "TEN-02": "Thu tiền điện cao hơn giá trên hoá đơn.",
    "TEN-05": "Chỉ ghi sổ, chưa đưa biên lai.",
    "TEN-07": "Bảng giá để trong tủ, chưa treo.",
    "ENV-02": "Chưa có quy ước giờ yên tĩnh.",
    "RES-02": "Chưa có tờ tranh hướng dẫn.",
}
# What can only be asked or tried when the tenant is there and awake.
UNSEEN = {
    "WOM-10": "Chưa gặp được người thuê nữ nào để hỏi riêng.",
    "ELE-07": "Người thuê ca đêm đang ngủ, chưa bật thử đèn.",
    "SPC-06": "Người thuê ca đêm đang ngủ, chưa hỏi được.",
}
UNSEEN_IN_ROOM = {"ELE-07", "SPC-06"}
# What the landlord says when it is done.
DONE = {
    "FIR-07": "Đã mua búa và hai bộ khăn ướt, treo ở chân cầu thang.",
    "FIR-08": "Đã in sơ đồ, treo ở mỗi tầng.",
    "ELE-04": "Đã lắp thêm ổ tường, bỏ ổ kéo.",
    "WSH-05": "Đã lắp bồn rửa tay.",
    "WSH-07": "Đã thay thùng có nắp.",
    "SPC-05": "Đã chống thấm mái và sơn lại.",
    "SPC-06": "Đã đóng trần xốp.",
    "SEC-05": "Đã lắp tủ nhỏ có khoá.",
    "TEN-05": "Đã dùng quyển biên lai hai liên.",
    "TEN-07": "Đã treo bảng giá ở lối vào.",
    "ENV-02": "Đã cùng người thuê ghi quy ước, dán ở cổng.",
    "RES-02": "Đã dán tờ tranh cạnh bảng giá.",
}
GRAVE = ("FIR-01", "FIR-05", "FIR-06", "WOM-02", "WOM-05", "WOM-08")
GRAVE_IN_ROOM = ("ELE-01", "FIR-03")
MINOR = ("FIR-07", "FIR-08", "WSH-05", "WSH-07", "TEN-05", "TEN-07", "ENV-02", "RES-02")
MINOR_IN_ROOM = ("SPC-05", "SPC-06", "SEC-05", "ELE-04")
FAILING_CHOICE = {"SEC-03": "must_ask", "WOM-06": "dark", "TEN-02": "above"}
NUMBERS = {"STR-04": 1.15, "WSH-03": 4, "SPC-02": 2.7, "SPC-04": 8.5}
VALID_FOR = dt.timedelta(days=240)
DONE_BEFORE = dt.timedelta(days=70)


def house_facts(house: Any, rooms: int) -> Json:
    return {
        "floors": house.floors,
        "rooms": rooms,
        "well": house.water != house.Water.PIPED,
        "cameras": house.has_cameras,
        "children": house.has_children,
        "vehicles": house.parking != house.Parking.NONE,
    }


def room_facts(room: Any, random: Random) -> Json:
    return {
        "sleepers": random.randint(1, room.max_people),
        "heater": room.toilet == room.Toilet.OWN,
        "gas": random.random() < 0.2,
    }


def known_numbers(place: Any) -> Json:
    """The numbers that the register knows of a house or a room."""
    if hasattr(place, "area"):
        return {"SPC-01": float(place.area)}
    return {"FIR-06": place.floors}


def known_choices(house: Any) -> Json:
    """The choices that follow from what the register says of a house."""
    return {
        "WSH-01": "well" if house.water == house.Water.WELL else "piped",
        "SEC-03": "no_gate" if house.gate == house.Gate.ALWAYS_OPEN else "own_key",
    }


def unseen(code: str) -> Json:
    return {"result": "unseen", "note": UNSEEN[code]}


def answer(item: Json, *, fails: bool, known: Json, day: dt.date) -> Json:
    """One answer; `known` has numbers and choices by item."""
    found = _value(item, fails, known)
    if item["date"] and not fails:
        when = day + VALID_FOR if item["date"] == "valid_until" else day - DONE_BEFORE
        found["date"] = when.isoformat()
    if fails:
        found["note"] = SEEN[item["code"]]
    return found


def _value(item: Json, fails: bool, known: Json) -> Json:
    code = item["code"]
    if item["answer"] == "number":
        return {"number": 0 if fails else known.get(code, NUMBERS.get(code))}
    if item["answer"] == "choice":
        passing = next(o["value"] for o in item["options"] if o["result"] == "pass")
        return {"choice": FAILING_CHOICE[code] if fails else known.get(code, passing)}
    return {"result": "fail" if fails else "pass"}


def asked(checklist: Json, facts: Json, *, in_room: bool) -> list[Json]:
    """The items of a place that apply there."""
    return [
        item
        for item in checklist["items"]
        if (item["scope"] == "room") is in_room and rules.applies(item, facts)
    ]
