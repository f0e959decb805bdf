"""Pictures of every form that Pillow writes, into a folder."""

import pathlib
import struct
import sys
import zipfile
import zlib

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

# What is among pictures and is none, or none that is read: a PNG that says 40,000 x 40,000, one of noise, documents.
signature, huge = b"\x89PNG\r\n\x1a\n", struct.pack(">II5B", 40_000, 40_000, 1, 0, 0, 0, 0)
head = struct.pack(">I", len(huge)) + b"IHDR" + huge + struct.pack(">I", zlib.crc32(b"IHDR" + huge))
(folder / "cut-huge.png").write_bytes(signature + head)
(folder / "cut-noise.png").write_bytes(signature + rng.bytes(300))
(folder / "cut-notes.docx").write_bytes(b"PK\3\4" + rng.bytes(100))
with zipfile.ZipFile(folder / "cut-office.docx", "w") as document:
    document.writestr("[Content_Types].xml", "<Types/>")
    document.write(folder / "colour.png", "docProps/thumbnail.png")
(folder / "cut-labels.csv").write_text("a,b\n1,2\n3,4\n")
(folder / "Thumbs.db").write_bytes(rng.bytes(100))
