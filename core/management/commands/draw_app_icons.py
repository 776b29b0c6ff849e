import io

from django.conf import settings
from django.core.management.base import BaseCommand

FOLDER = settings.BASE_DIR / "static" / "icons" / "app"
# Its ground reaches the edges, so that a launcher may cut any shape out of it.
SIZES = {"icon-192.png": 192, "icon-512.png": 512, "apple-touch-icon.png": 180}
COLOURS = 8  # three, and the edges between them: a third of the weight


class Command(BaseCommand):
    help = "Draws the app's PNG icons from app.svg (for maintainers; the PNG are kept)"

    def handle(self, **options):
        import resvg_py
        from PIL import Image

        for name, size in SIZES.items():
            picture = resvg_py.svg_to_bytes(
                svg_path=str(FOLDER / "app.svg"), width=size, height=size
            )
            drawn = Image.open(io.BytesIO(bytes(picture))).convert("RGB")
            few = drawn.quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(FOLDER / name, optimize=True)
            self.stdout.write(name)
