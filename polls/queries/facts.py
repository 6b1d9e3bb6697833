"""Every fact that the law wants beside a number, in words of the active language: for pages, files and the API.

Source: Canada Elections Act, S.C. 2000, c. 9, sections 326 and 327.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop4canada.templatetags.formats import count, percent
from polls.models import Poll


@dataclass(frozen=True)
class FactLine:
    """A fact: what it is, and what is known; `url` where it leads somewhere."""

    label: str
    text: str
    url: str = ""


def fact_lines(poll: Poll) -> tuple[FactLine, ...]:
    """Return the facts of a poll that is or was published, in the order of the Act."""
    return (
        FactLine(_("Sponsor"), f"{poll.sponsor}, {poll.sponsor_address}"),
        FactLine(_("Conducted by"), f"{poll.firm}, {poll.firm_address}"),
        FactLine(_("In the field"), field_dates(poll)),
        FactLine(_("Hours of the interviews"), poll.hours),
        FactLine(_("Population"), poll.population),
        FactLine(_("People contacted"), count(poll.contacted_count or 0)),
        FactLine(_("Of them took part"), _of_contacted(poll, poll.sample_size)),
        FactLine(_("Of them refused"), _of_contacted(poll, poll.refused_count)),
        FactLine(_("Of them not eligible"), _of_contacted(poll, poll.ineligible_count)),
        FactLine(_("Margin of error"), margin_words(poll)),
        FactLine(_("Method"), poll.get_method_display()),
        FactLine(_("How the sample was drawn"), poll.sampling),
        FactLine(_("Weighting"), poll.weighting),
        FactLine(_("Undecided and missing answers"), poll.undecided),
        FactLine(_("Report"), report_address(poll), report_address(poll)),
    )


def report_address(poll: Poll) -> str:
    """Return where the report is published: the firm’s, else the poll’s own page."""
    return poll.report_url or settings.SITE_URL.rstrip("/") + poll.get_absolute_url()


def field_dates(poll: Poll) -> str:
    """Say when people were asked."""
    first, last = day_words(poll.field_starts_on), day_words(poll.field_ends_on)
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def day_words(day: date | None) -> str:
    """Write a day out; empty while it is not known."""
    return date_format(day, "DATE_FORMAT") if day else ""


def margin_words(poll: Poll) -> str:
    """Say the margin of error, or that there is none."""
    if not poll.is_probability or poll.margin_of_error is None:
        return _("None: not based on recognized statistical methods")
    return _("±%(margin)s, 19 times in 20") % {"margin": percent(poll.margin_of_error, 1)}


def _of_contacted(poll: Poll, number: int | None) -> str:
    share = (number or 0) / poll.contacted_count if poll.contacted_count else 0.0
    return f"{count(number or 0)} ({percent(share, 1)})"
