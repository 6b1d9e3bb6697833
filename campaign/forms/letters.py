"""A letter that somebody writes to a leader and sends by themselves."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.forms.open import readable_line, readable_text
from campaign.rules.letter import MailLink, mail_link, whole_text
from coop4canada.kit.senders import name_field

SUBJECT_LENGTH = 150
TEXT_LENGTH = 6000
PLACE_LENGTH = 100


@dataclass(frozen=True)
class FinishedLetter:
    """A letter to be printed, copied or mailed; kept nowhere."""

    subject: str
    text: str
    link: MailLink


class LetterForm(forms.Form):
    """The letter, and who signs it."""

    subject = forms.CharField(
        label=_("Subject"), max_length=SUBJECT_LENGTH, error_messages={"required": _("Write a subject.")}
    )
    text = forms.CharField(
        label=_("Your letter"), max_length=TEXT_LENGTH, error_messages={"required": _("Write your letter.")}
    )
    name = name_field(_("Your name"))
    place = forms.CharField(label=_("Where you live (optional)"), max_length=PLACE_LENGTH, required=False)

    def clean_subject(self) -> str:
        """Return the subject if it can be read."""
        return readable_line(self.cleaned_data["subject"])

    def clean_text(self) -> str:
        """Return the letter if it can be read, its lines ended alike."""
        return readable_text("\n".join(self.cleaned_data["text"].splitlines()))

    def clean_place(self) -> str:
        """Return the place if it can be read."""
        return readable_line(self.cleaned_data["place"])

    def finished(self, *, to: str) -> FinishedLetter:
        """Return the letter with its end and the link that mails it; only after `is_valid()`."""
        values = self.cleaned_data
        text = whole_text(
            values["text"], closing=gettext("Sincerely,"), name=values["name"], place=values["place"]
        )
        return FinishedLetter(values["subject"], text, mail_link(to=to, subject=values["subject"], text=text))
