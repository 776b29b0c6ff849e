"""The first version of what landlords and staff agree to. A change is a new version."""

import datetime as dt

from django.db import migrations

IN_FORCE_FROM = dt.date(2025, 1, 1)
TEXTS = {
    "landlord_terms": {
        "vi": (
            "Tôi là chủ nhà hoặc được chủ nhà giao cho thuê những phòng này.\n"
            "Tôi ghi đúng sự thật về nhà, phòng và giá thuê, và sửa lại khi có thay đổi.\n"
            "Tôi đồng ý để cán bộ Hội Liên hiệp Phụ nữ đến xem nhà sau khi hẹn trước. "
            "Tôi có thể từ chối một lần xem hoặc rút nhà khỏi sổ bất cứ lúc nào.\n"
            "Tôi hiểu rằng: phòng được cấp giấy sẽ hiện trên trang công khai, gồm địa chỉ nhà, "
            "giá thuê và những gì cán bộ đã xem. Tên và số điện thoại của tôi không hiện ra, "
            "trừ khi tôi tự cho phép riêng.\n"
            "Sổ đăng ký giữ họ tên, số điện thoại và địa chỉ nhà của tôi để liên lạc. "
            "Tôi có quyền xem, sửa và yêu cầu xoá theo Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15."
        ),
        "en": (
            "I own the house, or its owner has asked me to let these rooms.\n"
            "What I write about the house, the rooms and the rent is true, and I correct it when it changes.\n"
            "I agree that an inspector of the Women's Union visits the house after an appointment. "
            "I may decline a visit, or withdraw the house from the registry, at any time.\n"
            "I understand that certified rooms appear on the public pages with the address of the house, "
            "the rent and what was seen. My name and telephone number do not, unless I allow it separately.\n"
            "The registry keeps my name, telephone number and the address of the house to reach me. "
            "I may see and correct them and ask for their deletion under the Law on Personal Data Protection 91/2025/QH15."
        ),
    },
    "contact_shown": {
        "vi": (
            "Tôi đồng ý để người đang tìm phòng được xem số điện thoại của tôi khi họ bấm nút xin số. "
            "Số không nằm sẵn trên trang. Tôi có thể rút lại sự đồng ý này bất cứ lúc nào, "
            "và từ lúc đó không ai xem được số nữa."
        ),
        "en": (
            "I agree that somebody who looks for a room may see my telephone number when they ask for it with a button. "
            "It does not stand on the page itself. I can withdraw this at any time, and from then on nobody sees it."
        ),
    },
    "staff_duties": {
        "vi": (
            "Tôi chỉ vào nhà và phòng khi chủ nhà và người thuê đồng ý.\n"
            "Tôi ghi những gì tôi thấy, không ghi những gì tôi đoán.\n"
            "Tôi không chụp người, giấy tờ hay đồ riêng tư. Tôi không ghi tên người thuê.\n"
            "Điều ai đó kể riêng với tôi, tôi chỉ chuyển theo đường kín của sổ đăng ký.\n"
            "Nếu tôi là họ hàng, hàng xóm hoặc người thuê của nhà nào, tôi khai ra và không kiểm tra, không duyệt nhà đó.\n"
            "Tôi không nhận tiền hay quà. Tôi không cho ai dùng tài khoản của mình."
        ),
        "en": (
            "I enter a house or a room only if landlord and tenant agree.\n"
            "I record what I see, not what I guess.\n"
            "I take no pictures of people, papers or private things. I write down no tenant's name.\n"
            "What somebody tells me in private I pass on only by the registry's confidential path.\n"
            "If I am kin, neighbour or tenant of a house I declare it, and neither inspect nor decide there.\n"
            "I take no money and no presents. I let nobody use my account."
        ),
    },
}


def add(apps, schema_editor):
    ConsentText = apps.get_model("accounts", "ConsentText")
    for kind, text in TEXTS.items():
        ConsentText.objects.get_or_create(
            kind=kind,
            version=1,
            defaults={"text": text, "in_force_from": IN_FORCE_FROM},
        )


def remove(apps, schema_editor):
    apps.get_model("accounts", "ConsentText").objects.filter(
        version=1, consents=None
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
