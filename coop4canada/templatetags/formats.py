"""How figures and addresses are written, in the language of the page."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

register = template.Library()

NO_BREAK = "\N{NO-BREAK SPACE}"
ONE_PERCENT = 0.01
EASTERN = ZoneInfo("America/Toronto")


@register.filter
def percent(share: float, places: int = 1) -> str:
    """Write a share of 0–1 as a percentage: `4.2 %`, in French `4,2 %`."""
    return f"{_rounded(share * 100, places)}{NO_BREAK}%"


@register.filter
def points(difference: float) -> str:
    """Write a difference of two shares with its sign in points: `+3.1`, `−0.4`."""
    figure = _rounded(abs(difference) * 100, 1)
    if figure == _rounded(0, 1):
        return figure
    return ("+" if difference > 0 else "−") + figure


@register.filter
def count(number: int) -> str:
    """Write a whole number with its thousands apart: `12,345`, in French `12 345`."""
    return str(number_format(number, decimal_pos=0, use_l10n=True, force_grouping=True))


@register.filter
def moment(at: datetime) -> str:
    """Write a moment with its zones, for a country of six: `November 30, 2026, 11:59 p.m. Eastern time (… UTC)`."""
    eastern = at.astimezone(EASTERN)
    return gettext("%(day)s, %(time)s Eastern time (%(universal)s UTC)") % {
        "day": date_format(eastern, "DATE_FORMAT"),
        "time": date_format(eastern, "TIME_FORMAT"),
        "universal": f"{at.astimezone(UTC):%Y-%m-%d %H:%M}",
    }


@register.filter
def about_percent(share: float) -> str:
    """Write a share that is only known roughly: `about 62 %`, `less than 1 %`; never 0 % for what is there."""
    if share < ONE_PERCENT:
        return gettext("less than %(share)s") % {"share": percent(ONE_PERCENT, 0)}
    return gettext("about %(share)s") % {"share": percent(min(share, 1 - ONE_PERCENT) if share < 1 else 1, 0)}


@register.filter
def unbroken(sentence: str) -> str:
    """Keep a percent sign on the line of its figure."""
    return sentence.replace(" %", f"{NO_BREAK}%")


@register.filter
def after_label(text: str, label: str) -> str:
    """Leave a label out of a text that repeats it: “Swing riding: we can win” after “Swing riding”."""
    rest = text.removeprefix(label).lstrip(f" :{NO_BREAK}")
    return capfirst(rest) if text.startswith(label) and rest else text


@register.filter
def in_parts(name: str) -> SafeString:
    """Let the long name of a riding break after its dashes, never before one."""
    parts = [part + "—" for part in name.split("—")]
    parts[-1] = parts[-1].removesuffix("—")
    return format_html_join("", '<span class="c-name-part">{}</span>', ((part,) for part in parts))


@register.simple_tag
def full_address(path: str) -> str:
    """Return the public address of a path, for links that leave the site."""
    return settings.SITE_URL.rstrip("/") + path


def _rounded(number: float, places: int) -> str:
    # number_format cuts digits off, so round first.
    return str(number_format(round(number, places), decimal_pos=places, use_l10n=True))
