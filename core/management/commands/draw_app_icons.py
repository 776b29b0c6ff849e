from django.conf import settings
from django.core.management.base import BaseCommand

FOLDER = settings.BASE_DIR / "static" / "icons" / "app"
# Its ground reaches the edges, so that a launcher may cut any shape out of it.
SIZES = {"icon-192.png": 192, "icon-512.png": 512, "apple-touch-icon.png": 180}


class Command(BaseCommand):
    help = "Draws the app's PNG icons from app.svg (for maintainers; the PNG are kept)"

    def handle(self, **options):
        import resvg_py

        for name, size in SIZES.items():
            picture = resvg_py.svg_to_bytes(
                svg_path=str(FOLDER / "app.svg"), width=size, height=size
            )
            (FOLDER / name).write_bytes(bytes(picture))
            self.stdout.write(name)
