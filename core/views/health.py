from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def health(request):
    """For operators: the process is alive (it answers) and the database too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        down = {"status": "down", "database": "down"}
        return JsonResponse(down, status=503, headers={"Retry-After": "10"})
    return JsonResponse({"status": "ok", "database": "ok"})
