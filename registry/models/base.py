from django.db.models import Q


def paired(*fields):
    """All of the fields are filled, or none of them is."""
    nothing = Q(**{f"{name}__isnull": True for name in fields})
    everything = Q(**{f"{name}__isnull": False for name in fields})
    return nothing | everything
