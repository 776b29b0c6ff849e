from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import disk


@require_safe
@never_cache
def health(request):
    """For operators: the process is alive (it answers) and the database too.

    A disk that is nearly full is said, but is no reason to start the process anew.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        down = {"status": "down", "database": "down"}
        return JsonResponse(down, status=503, headers={"Retry-After": "10"})
    room = "low" if disk.is_low() else "ok"
    return JsonResponse({"status": "ok", "database": "ok", "disk": room})
