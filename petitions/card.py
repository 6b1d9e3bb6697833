"""The picture that networks show beside a link: 1200 × 630 pixels in the campaign's colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from math import cos, pi, sin

import font_source_sans_pro as fonts
from PIL import Image, ImageDraw, ImageFont

# Source: Open Graph ("og:image") and X ("Summary card with large image"), 2024: 1.91 to 1.
WIDTH, HEIGHT = 1200, 630
MARGIN = 72
TITLE_SIZES = (76, 68, 60, 52, 46)
TITLE_HEIGHT = 250
LEADING = 1.08
BAR_TOP, BAR_HEIGHT = 524, 40
SMALL_BASELINE, SMALL_SIZES = 604, (26, 22, 18, 15, 12)

# As in static/css/tokens.css.
PLUM, PLUM_BRIGHT, MAIZE, PAPER, LILAC = "#2D0A45", "#5B2482", "#F9C93C", "#FFF8E7", "#DFCBEA"


@dataclass(frozen=True)
class Card:
    """What the picture says, in the language of its page; `share` of the goal, 0–1; `authorization` may be empty."""

    name: str
    title: str
    number: str
    of_goal: str
    share: float
    authorization: str = ""


def draw(card: Card) -> bytes:
    """Return the picture as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PLUM)
    pen = ImageDraw.Draw(image)
    _comb(pen)
    pen.text((MARGIN, 56), card.name, font=_font("Semibold", 34), fill=MAIZE)
    font, lines = _fitted(card.title)
    for row, line in enumerate(lines):
        pen.text((MARGIN, 116 + row * font.size * LEADING), line, font=font, fill=PAPER)
    _count(pen, card)
    _bar(pen, card.share)
    _authorization(pen, card.authorization)
    content = BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()


def _count(pen: ImageDraw.ImageDraw, card: Card) -> None:
    """Write number and goal on one base line."""
    baseline, font = 494, _font("Bold", 104)
    pen.text((MARGIN, baseline), card.number, font=font, fill=MAIZE, anchor="ls")
    beside = MARGIN + font.getlength(card.number) + 24
    pen.text((beside, baseline), card.of_goal, font=_font("", 40), fill=LILAC, anchor="ls")


def _bar(pen: ImageDraw.ImageDraw, share: float) -> None:
    left, right, radius = MARGIN, WIDTH - MARGIN, BAR_HEIGHT / 2
    bottom = BAR_TOP + BAR_HEIGHT
    pen.rounded_rectangle((left, BAR_TOP, right, bottom), radius, fill=PLUM_BRIGHT, outline=LILAC, width=3)
    if share > 0:
        # At least a round end, so that the first signatures show.
        reach = max(left + (right - left) * min(share, 1.0), left + BAR_HEIGHT)
        pen.rounded_rectangle((left, BAR_TOP, reach, bottom), radius, fill=MAIZE)


def _authorization(pen: ImageDraw.ImageDraw, line: str) -> None:
    """Write who authorizes the picture below the bar, in one line: the largest letters in which it fits."""
    fonts_that_fit = (
        font for size in SMALL_SIZES if (font := _font("", size)).getlength(line) <= WIDTH - 2 * MARGIN
    )
    font = next(fonts_that_fit, _font("", SMALL_SIZES[-1]))
    pen.text((MARGIN, SMALL_BASELINE), line, font=font, fill=LILAC, anchor="ls")


def _comb(pen: ImageDraw.ImageDraw) -> None:
    """Draw some cells of the logo's comb into the upper right corner."""
    radius = 62
    for column, row in ((0, 0), (1, 0), (2, 0), (1, 1)):
        middle_x = WIDTH - 250 + (column + 0.5 * (row % 2)) * radius * 3**0.5
        middle_y = -20 + row * radius * 1.5
        corners = [
            (middle_x + (radius - 5) * sin(pi / 3 * k), middle_y + (radius - 5) * cos(pi / 3 * k))
            for k in range(6)
        ]
        pen.polygon(corners, outline=PLUM_BRIGHT, width=4)


def _fitted(title: str) -> tuple[ImageFont.FreeTypeFont, Sequence[str]]:
    """Return the largest letters in which the title fits; in the smallest, what does not fit ends in dots."""
    for size in TITLE_SIZES:
        font = _font("Bold", size)
        lines = _wrapped(title, font)
        if len(lines) * size * LEADING <= TITLE_HEIGHT:
            return font, lines
    most = int(TITLE_HEIGHT // (TITLE_SIZES[-1] * LEADING))
    return font, [*lines[: most - 1], lines[most - 1] + " …"]


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WIDTH - 2 * MARGIN or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(fonts.font_files_ttf[f"SourceSansPro{weight}"], size)
