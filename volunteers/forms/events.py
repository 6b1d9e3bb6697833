"""What a captain says of events, their shifts, and who was there."""

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from volunteers.enums import Channel, EventKind, Visibility
from volunteers.forms.fields import TextField
from volunteers.models import Event, Shift
from volunteers.models.events import LONGEST_TEXT, MOST_HOURS
from volunteers.rules.zones import LABELS
from volunteers.services.attendance import Mark
from volunteers.services.events import EventDetails, ShiftTimes

MOST_SEATS = 1000
FURTHEST = dt.timedelta(days=730)


def _clocks() -> list[tuple[str, str]]:
    """Return the clocks to choose from; asked for by every form, in whose language they are written."""
    return [(zone, f"{label} ({zone})") for zone, label in LABELS.items()]


class EventForm(forms.Form):
    """An event: what, where, for whom."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind)
    visibility = forms.ChoiceField(label=_("Seen by"), choices=Visibility)
    title_en = TextField(label=_("Title (English)"), max_length=120, required=False)
    title_fr = TextField(label=_("Title (French)"), max_length=120, required=False)
    text_en = TextField(label=_("About it (English)"), max_length=LONGEST_TEXT, required=False)
    text_fr = TextField(label=_("About it (French)"), max_length=LONGEST_TEXT, required=False)
    place_name = TextField(label=_("Place"), max_length=120, required=False)
    address = TextField(label=_("Address"), max_length=200, required=False)
    online_link = forms.URLField(
        label=_("Link to take part online"), max_length=300, required=False, assume_scheme="https"
    )
    zone = forms.ChoiceField(label=_("Clock"), choices=_clocks)
    certifies = forms.ChoiceField(
        label=_("Whoever is checked in may start"), required=False, choices=[("", _("no")), *Channel.choices]
    )

    def clean(self) -> dict[str, Any]:
        """Want a title in one language, and a certificate of trainings alone."""
        values: dict[str, Any] = super().clean() or {}
        titles = ("title_en", "title_fr")
        if not any(values.get(name) for name in titles) and not any(name in self.errors for name in titles):
            self.add_error("title_en", _("Write a title, in one language at least."))
        if values.get("certifies") and values.get("kind") != EventKind.TRAINING:
            self.add_error("certifies", _("Only a training gives a certificate."))
        return values

    @classmethod
    def initial_of(cls, event: Event) -> dict[str, Any]:
        """Return what the event says now."""
        return {name: getattr(event, name) for name in cls.base_fields}

    def details(self) -> EventDetails:
        """Return what was typed; only after `is_valid()`."""
        values = self.cleaned_data
        kinds = {"kind": EventKind(values["kind"]), "visibility": Visibility(values["visibility"])}
        return EventDetails(**{**values, **kinds})


class ShiftForm(forms.Form):
    """A time by the clock of the place, and its seats."""

    day = forms.DateField(label=_("Day"))
    begins = forms.TimeField(label=_("Begins"))
    ends = forms.TimeField(label=_("Ends"))
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=MOST_SEATS, initial=10)

    def __init__(self, *args: Any, zone: str, now: dt.datetime, **kwargs: Any) -> None:  # noqa: ANN401 — a form's own
        """Read times by the clock of `zone`."""
        super().__init__(*args, **kwargs)
        self.clock, self.now = ZoneInfo(zone), now

    def clean(self) -> dict[str, Any]:
        """Refuse times that are over, end before they begin, or that no clock shows."""
        values: dict[str, Any] = super().clean() or {}
        if self.errors:
            return values
        values["starts_at"] = self._moment("begins", values)
        values["ends_at"] = self._moment("ends", values)
        if self.errors:
            return values
        if values["ends_at"] <= values["starts_at"]:
            self.add_error("ends", _("A shift ends after it begins."))
        elif not self.now < values["starts_at"] < self.now + FURTHEST:
            self.add_error("day", _("Choose a time that is still to come, within two years."))
        return values

    def _moment(self, name: str, values: dict[str, Any]) -> dt.datetime:
        wall = dt.datetime.combine(values["day"], values[name])
        moment = wall.replace(tzinfo=self.clock).astimezone(dt.UTC)
        if moment.astimezone(self.clock).replace(tzinfo=None) != wall:
            self.add_error(name, ValidationError(_("Clocks change that night: this time does not exist.")))
        return moment

    @staticmethod
    def initial_of(shift: Shift) -> dict[str, Any]:
        """Return the times of a shift by the clock of its place."""
        clock = ZoneInfo(shift.event.zone)
        starts, ends = shift.starts_at.astimezone(clock), shift.ends_at.astimezone(clock)
        times = {"begins": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
        return {"day": starts.date(), **times, "capacity": shift.capacity}

    def times(self) -> ShiftTimes:
        """Return what was typed; only after `is_valid()`."""
        values = self.cleaned_data
        return ShiftTimes(values["starts_at"], values["ends_at"], values["capacity"])


class CheckInForm(forms.Form):
    """Whether somebody was there, and for how long if not for the whole shift."""

    signup = forms.IntegerField(min_value=1)
    there = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    hours = forms.DecimalField(
        label=_("Hours"), required=False, min_value=Decimal(0), max_value=Decimal(MOST_HOURS), max_digits=4,
        decimal_places=2, localize=True,
    )  # fmt: skip

    def mark(self) -> Mark:
        """Return what was ticked; only after `is_valid()`."""
        return Mark(self.cleaned_data["there"] == "yes", self.cleaned_data["hours"])
