"""Invented names. None can be taken for a person's, a hamlet's or a house's that exists."""

HOUSES = [
    *("Hoa Sen", "Hoa Cúc", "Hoa Ban", "Hoa Gạo", "Hoa Sữa", "Hoa Nhài", "Hoa Bưởi"),
    *("Hoa Cau", "Hoa Chanh", "Hoa Mận", "Hoa Đào", "Hoa Mơ", "Hoa Lê", "Hoa Súng"),
    *("Hoa Giấy", "Hoa Ngâu", "Hoa Mộc", "Hoa Lý", "Hoa Trang", "Hoa Dâu", "Cây Đa"),
    *("Cây Si", "Cây Sung", "Cây Khế", "Cây Ổi", "Cây Nhãn", "Cây Vải", "Cây Xoài"),
    *("Cây Mít", "Cây Bàng", "Cây Phượng", "Cây Cọ", "Cây Trám", "Cây Sấu", "Cây Tre"),
    *("Cây Bồ Kết", "Cây Duối", "Cây Trúc", "Cây Dừa", "Cây Na", "Giếng Làng"),
    *("Bến Nước", "Cầu Gỗ", "Bờ Ao", "Ruộng Lúa", "Đồng Xanh", "Nắng Mai", "Gió Mát"),
    *("Trăng Rằm", "Mưa Xuân", "Chim Sẻ", "Chim Én", "Chim Sáo", "Bồ Câu", "Cánh Cò"),
    *("Con Thuyền", "Ngọn Đèn", "Mái Ngói", "Bếp Lửa", "Hiên Nhà"),
]
# "Mẫu" is "sample": no hamlet of the nine communes is called so.
HAMLETS = [
    *("thôn Mẫu Đông", "thôn Mẫu Đoài", "thôn Mẫu Trung", "thôn Mẫu Thượng"),
    *("thôn Mẫu Hạ", "tổ dân phố Mẫu 1", "tổ dân phố Mẫu 2", "xóm Mẫu Chùa"),
]
LANDMARKS = [
    *("sau chợ", "gần nhà văn hoá thôn", "đối diện trạm y tế", "cạnh trường mầm non"),
    *("đầu ngõ có quán nước", "cạnh sân bóng", "gần bến xe buýt", "sau cây xăng"),
    *("gần đình làng", "cạnh hiệu thuốc", "ngõ đối diện bưu điện", "cuối dốc đê", ""),
]
FEES = [
    ("Đổ rác", (20_000, 30_000), "room"),
    ("Wi-Fi", (50_000, 60_000, 80_000), "room"),
    ("Gửi xe máy", (50_000, 80_000), "vehicle"),
    ("Vệ sinh chung", (10_000, 20_000), "person"),
]
NOTES = [
    "Chủ nhà đi cùng suốt buổi, hợp tác tốt.",
    "Người thuê ca đêm đang ngủ ở hai phòng, chỉ nói chuyện ngoài hành lang.",
    "Đã hướng dẫn cách thử thiết bị báo khói và cách dùng bình chữa cháy.",
    "Đã đọc lại phiếu cho chủ nhà nghe trước khi ký.",
    "",
]
RETURNED = (
    "Ảnh lối thoát và ảnh cửa nhà vệ sinh chưa rõ. Chị chụp lại giúp, "
    "và ghi rõ cửa sau mở bằng gì."
)
CONDITION = "Còn vài điểm nhỏ phải sửa; cấp có điều kiện 60 ngày, sẽ xem lại."
RESTED = "Có tin báo chủ nhà đổi khoá cửa phòng; tạm dừng để đến xem."
LIFTED = "Đã đến xem: khoá mới có chốt trong, người thuê giữ đủ chìa."
REVOKED = (
    "Chủ nhà đã ngăn phòng làm đôi sau khi được cấp giấy; diện tích không còn đúng."
)
HOUSE_LEFT = "Không cho thuê nữa, sửa lại để gia đình ở."
ROOM_LEFT = "Dùng làm kho."
VISIT_OFF = "Chủ nhà đi vắng, hẹn ngày khác."
NOT_FIXED = "Ảnh mới thấy một phần; cần làm xong cả nhà rồi chụp lại."
