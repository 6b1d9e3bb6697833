"""What people say who join a team, and who lead one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from supporters.forms import AddressField, PersonNameField
from volunteers.enums import LANGUAGES, JoinMode
from volunteers.forms.fields import TextField
from volunteers.models import Team
from volunteers.models.teams import MESSAGE_LENGTH, WELCOME_LENGTH
from volunteers.queries.teams import MemberRow
from volunteers.services.teams import TeamSettings

LONGEST_MESSAGE = 2000


class JoinForm(forms.Form):
    """A word to the captain."""

    message = TextField(
        label=_("A word to the captain (optional)"), max_length=MESSAGE_LENGTH, required=False
    )


class LanguageForm(forms.Form):
    """In which language we write to a member."""

    language = forms.ChoiceField(label=_("Language of mails about my teams"), choices=LANGUAGES)


class MessageForm(forms.Form):
    """What a member writes to who leads."""

    text = TextField(label=_("Your message"), max_length=LONGEST_MESSAGE)


class InviteForm(forms.Form):
    """Whom a captain invites."""

    name = PersonNameField(label=_("Name"))
    email = AddressField(label=_("E-mail"))
    language = forms.ChoiceField(label=_("Language of the mail"), choices=LANGUAGES)


class SettingsForm(forms.Form):
    """What a captain says of the team."""

    name_en = TextField(label=_("Name (English, optional)"), max_length=120, required=False)
    name_fr = TextField(label=_("Name (French, optional)"), max_length=120, required=False)
    welcome_en = TextField(label=_("Welcome (English)"), max_length=WELCOME_LENGTH, required=False)
    welcome_fr = TextField(label=_("Welcome (French)"), max_length=WELCOME_LENGTH, required=False)
    join_mode = forms.ChoiceField(label=_("Joining"), choices=JoinMode)
    shows_leaderboard = forms.BooleanField(label=_("Show a leaderboard to members"), required=False)

    @classmethod
    def initial_of(cls, team: Team) -> dict[str, Any]:
        """Return what the team says of itself now."""
        return {name: getattr(team, name) for name in cls.base_fields}

    def settings(self) -> TeamSettings:
        """Return what was typed; only after `is_valid()`."""
        return TeamSettings(**{**self.cleaned_data, "join_mode": JoinMode(self.cleaned_data["join_mode"])})


class MemberForm(forms.Form):
    """One of the members."""

    member = forms.TypedChoiceField(label=_("Member"), coerce=int)

    def __init__(self, *args: Any, members: tuple[MemberRow, ...], **kwargs: Any) -> None:  # noqa: ANN401 — a form's own
        """Offer these members."""
        super().__init__(*args, **kwargs)
        choices = [(str(row.pk), row.name or row.email) for row in members]
        self.fields["member"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]
