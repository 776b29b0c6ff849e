from certificates.models import Certificate
from registry.models import Photo


def can_be_seen(photo: Photo) -> bool:
    """Pictures of a room with a standing certificate, or of a house with such a room."""
    standing = Certificate.objects.standing().filter(room__house=photo.house_id)
    if photo.room_id:
        standing = standing.filter(room=photo.room_id)
    return standing.exists()
