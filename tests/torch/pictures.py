"""Pictures of every form that Pillow writes, into a folder."""

import pathlib
import sys

import numpy as np
from PIL import Image

folder, rng = pathlib.Path(sys.argv[1]), np.random.default_rng(1)
small = rng.integers(0, 256, (5, 7, 3), dtype=np.uint8)
smooth = np.asarray(Image.fromarray(small).resize((50, 38), Image.Resampling.BICUBIC))
colour, grey = Image.fromarray(smooth), Image.fromarray(smooth[..., 0])
seen = np.dstack([smooth, rng.integers(0, 256, (38, 50), dtype=np.uint8)])

colour.save(folder / "colour.png")
grey.save(folder / "grey.png")
Image.fromarray(seen, "RGBA").save(folder / "seen-through.png")
colour.quantize(16).save(folder / "palette.png")
Image.fromarray(smooth[..., 0] > 128).save(folder / "bits.png")
colour.save(folder / "lossless.webp", lossless=True)
colour.save(folder / "lossy.webp", quality=80)
colour.quantize(64).save(folder / "still.gif")
frames = [Image.fromarray(np.roll(smooth, 9 * i, 1)).quantize(32) for i in range(3)]
frames[0].save(folder / "frames.gif", save_all=True, append_images=frames[1:], duration=40)
colour.save(folder / "halved-colour.jpg", quality=90, subsampling=2)
colour.save(folder / "full-colour.jpg", quality=90, subsampling=0)
colour.save(folder / "by-steps.jpg", quality=90, progressive=True)
grey.save(folder / "grey.jpg", quality=90)
for name in ("colour.png", "halved-colour.jpg", "lossy.webp"):
    (folder / f"cut-{name}").write_bytes((folder / name).read_bytes()[:-200])
turned = Image.Exif()
turned[0x0112] = 6
colour.save(folder / "turned.jpg", quality=90, exif=turned)
turned[0x0112] = 3
colour.save(folder / "turned.png", exif=turned)
colour.save(folder / "turned.webp", exif=turned, lossless=True)
