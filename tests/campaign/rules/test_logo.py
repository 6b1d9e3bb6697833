"""What strangers upload as a logo: hostile files are refused, good ones lose all but the picture."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from campaign.rules.logo import MOST_BYTES, SHOWN_SIDE, BadLogo, Reason, read_logo

SCRIPT = b"<script>alert(1)</script>"


def picture(
    kind: str = "PNG", size: tuple[int, int] = (200, 100), mode: str = "RGB", **fields: object
) -> bytes:
    file = BytesIO()
    Image.new(mode, size).save(file, kind, **fields)
    return file.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def png_of(width: int, height: int, *chunks: bytes) -> bytes:
    """Return a PNG whose header says so, whatever pixels it holds."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


def animation() -> bytes:
    file = BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("teal", "gold")]
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])
    return file.getvalue()


PIXELS = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
HOSTILE = {
    "nothing": (b"", Reason.EMPTY),
    "more bytes than are read": (b"\x89PNG\r\n\x1a\n" + b"\0" * MOST_BYTES, Reason.TOO_MANY_BYTES),
    "text": (b"this is no picture", Reason.FORMAT),
    "a page": (b"<!doctype html>" + SCRIPT, Reason.FORMAT),
    "a PDF": (b"%PDF-1.7\n%%EOF", Reason.FORMAT),
    "a ZIP": (b"PK\x05\x06" + b"\0" * 18, Reason.FORMAT),
    "GIF": (picture("GIF"), Reason.FORMAT),
    "WebP": (picture("WEBP"), Reason.FORMAT),
    "TIFF": (picture("TIFF"), Reason.FORMAT),
    "SVG with a script": (b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>", Reason.SVG),
    "SVG after a prologue": (b'<?xml version="1.0"?>\n<SVG onload="alert(1)"/>', Reason.SVG),
    "an animation": (animation(), Reason.ANIMATED),
    "a bomb of 2.5 gigapixels": (png_of(50_000, 50_000, PIXELS), Reason.TOO_LARGE),
    "a bomb Pillow only warns of": (png_of(10_000, 10_000, PIXELS), Reason.TOO_LARGE),
    "too long a side": (picture(size=(4001, 20)), Reason.TOO_LARGE),
    "too many pixels": (png_of(3900, 3900, PIXELS), Reason.TOO_LARGE),
    "a dot": (picture(size=(200, 15)), Reason.TOO_SMALL),
    "no width": (png_of(0, 100, PIXELS), None),
    "a note that unpacks to 64 MB": (
        png_of(64, 64, chunk(b"zTXt", b"n\0\0" + zlib.compress(b"a" * 64_000_000)), PIXELS),
        Reason.BROKEN,
    ),
    "a truncated PNG": (picture(size=(300, 300))[:-40], Reason.BROKEN),
    "a truncated JPEG": (picture("JPEG", (300, 300))[:-200], Reason.BROKEN),
    "a header alone": (picture()[:8], None),
    "fewer pixels than it says": (png_of(300, 300, PIXELS), Reason.BROKEN),
    "pixels that are none": (png_of(64, 64, chunk(b"IDAT", b"no zlib at all")), Reason.BROKEN),
}


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(name: str) -> None:
    content, reason = HOSTILE[name]

    with pytest.raises(BadLogo) as refused:
        read_logo(content)

    # Where a file is broken in its first bytes it is a matter of taste what it fails to be.
    assert refused.value.reason in ({reason} if reason else {Reason.FORMAT, Reason.BROKEN, Reason.TOO_SMALL})


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_what_hides_behind_a_picture_is_gone(kind: str) -> None:
    logo = read_logo(picture(kind) + SCRIPT + b"PK\x05\x06" + b"\0" * 18)

    assert SCRIPT not in logo.content
    assert b"PK\x05\x06" not in logo.content
    assert Image.open(BytesIO(logo.content)).format == "WEBP"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_where_it_was_taken_is_gone(kind: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 25.0, 15.0), 3: "W", 4: (75.0, 41.0, 30.0)})
    exif[0x010F] = "Camera maker"
    content = picture(kind, exif=exif)
    assert dict(Image.open(BytesIO(content)).getexif().get_ifd(0x8825))

    made = Image.open(BytesIO(read_logo(content).content))

    assert dict(made.getexif()) == {}
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(made.info)


def test_notes_in_a_png_are_gone() -> None:
    notes = PngInfo()
    notes.add_text("Comment", SCRIPT.decode())

    assert SCRIPT not in read_logo(picture(pnginfo=notes)).content


def test_a_picture_lying_on_its_side_is_put_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter

    logo = read_logo(picture("JPEG", (200, 100), exif=exif))

    assert (logo.width, logo.height) == (100, 200)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_drawn(mode: str) -> None:
    file = BytesIO()
    Image.new(mode, (1000, 500)).save(file, "PNG")

    logo = read_logo(file.getvalue())

    made = Image.open(BytesIO(logo.content))
    assert (logo.width, logo.height) == made.size == (SHOWN_SIDE, SHOWN_SIDE // 2)


def test_a_clear_ground_stays_clear() -> None:
    file = BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(file, "PNG")

    made = Image.open(BytesIO(read_logo(file.getvalue()).content)).convert("RGBA")

    assert made.getpixel((5, 5)) == (0, 0, 0, 0)


def test_a_print_shops_jpeg_is_drawn() -> None:
    assert read_logo(picture("JPEG", mode="CMYK")).width == 200


def test_the_same_file_makes_the_same_logo() -> None:
    assert read_logo(picture()) == read_logo(picture())
