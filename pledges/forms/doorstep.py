"""A pledge made at a door, typed on a canvasser's phone: the same rules as for a line on paper."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.models import active_language
from pledges.forms.paper import PaperLineForm
from pledges.services.paper import PaperRow
from supporters.models import ConsentWording


class DoorPledgeForm(PaperLineForm):
    """Who pledges; consent is theirs, so the person at the door has to agree before it is kept."""

    # A record on its own: no line of a sheet, and nothing it could replace.
    number = None  # type: ignore[assignment]
    replaces = None  # type: ignore[assignment]
    agreed = forms.BooleanField(label=_("I read the pledge to them, and they agree."))

    def __init__(self, *args: Any, wordings: Iterable[ConsentWording] = (), **kwargs: Any) -> None:  # noqa: ANN401
        asked = list(wordings)
        super().__init__(*args, wordings=asked, **kwargs)
        # On paper the words stand beside the boxes; here they have to be read out.
        self.fields["consents"].choices = [(str(one.pk), one.text) for one in asked]  # type: ignore[attr-defined]

    def row(self) -> PaperRow:
        """Return the only line of a sheet of its own."""
        self.cleaned_data |= {"number": 1, "replaces": False, "language": self._language()}
        return super().row()

    def _language(self) -> str:
        return str(self.cleaned_data.get("language") or active_language())


def door_pledge_form(fields: Mapping[str, list[str]], wordings: Iterable[ConsentWording]) -> DoorPledgeForm:
    """Return the form with what was typed, as lists by the names of fields; empty for a fresh one."""
    if not fields:
        return DoorPledgeForm(wordings=wordings, prefix="pledge", auto_id="pledge-%s")
    data: dict[str, Any] = {
        f"pledge-{name}": values if name == "consents" else values[-1]
        for name, values in fields.items()
        if values
    }
    return DoorPledgeForm(data, wordings=wordings, prefix="pledge", auto_id="pledge-%s")
