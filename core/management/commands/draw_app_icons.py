import io

import zopfli.png
from django.conf import settings
from django.core.management.base import BaseCommand

FOLDER = settings.BASE_DIR / "static" / "icons" / "app"
# Its ground reaches the edges, so that a launcher may cut any shape out of it.
SIZES = {"icon-192.png": 192, "icon-512.png": 512, "apple-touch-icon.png": 180}
# The drawing's own, and one between ground and white for the edges: with two bits a dot
# it is half as heavy as with the eight colours that one does not see either.
COLOURS = ["#0b474b", "#ffffff", "#f7bd45", "#85a3a5"]


class Command(BaseCommand):
    help = "Draws the app's PNG icons from app.svg (for maintainers; the PNG are kept)"

    def handle(self, **options):
        import resvg_py
        from PIL import Image, ImageColor

        few = Image.new("P", (1, 1))
        few.putpalette([part for each in COLOURS for part in ImageColor.getrgb(each)])
        for name, size in SIZES.items():
            picture = resvg_py.svg_to_bytes(
                svg_path=str(FOLDER / "app.svg"), width=size, height=size
            )
            drawn = Image.open(io.BytesIO(bytes(picture))).convert("RGB")
            file = io.BytesIO()
            drawn.quantize(palette=few, dither=Image.Dither.NONE).save(file, "png")
            small = zopfli.png.optimize(file.getvalue(), filter_strategies="0")
            (FOLDER / name).write_bytes(small)
            self.stdout.write(f"{name}: {len(small)} bytes")
