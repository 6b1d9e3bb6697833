"""A message to the campaign."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.forms.open import OpenForm, readable_line, readable_text
from campaign.models import ContactTopic, active_language
from campaign.models.contact import MESSAGE_LENGTH, PLACE_LENGTH
from campaign.services import Inquiry
from coop4canada.kit.origin import network_of, wide_network_of
from coop4canada.kit.senders import address_field, name_field


class ContactForm(OpenForm):
    """Who writes, about what, and the message; only what stands here is read, whatever else is sent."""

    topic = forms.ChoiceField(
        label=_("What it is about"),
        error_messages={
            "required": _("Choose what it is about."),
            "invalid_choice": _("Choose what it is about."),
        },
    )
    name = name_field(_("Your name"))
    email = address_field(_("Your e-mail"))
    place = forms.CharField(
        label=_("Your postal code or riding (optional)"), max_length=PLACE_LENGTH, required=False
    )
    message = forms.CharField(
        label=_("Your message"),
        max_length=MESSAGE_LENGTH,
        error_messages={"required": _("Write your message.")},
    )

    def __init__(self, *args: Any, topics: Sequence[ContactTopic], **kwargs: Any) -> None:  # noqa: ANN401 — a form's own
        """Offer these topics."""
        super().__init__(*args, **kwargs)
        self._topics = {topic.slug: topic for topic in topics}
        offered = [(topic.slug, topic.name) for topic in topics]
        self.fields["topic"].choices = [("", _("Choose")), *offered]  # type: ignore[attr-defined]

    def clean_place(self) -> str:
        """Return the place if it can be read."""
        return readable_line(self.cleaned_data["place"])

    def clean_message(self) -> str:
        """Return the message if it can be read, its lines ended alike."""
        return readable_text("\n".join(self.cleaned_data["message"].splitlines()))

    def inquiry(self, *, proof_key: str, address: str, now: datetime) -> Inquiry:
        """Return what the form says; only after `is_valid()`.

        Args:
            proof_key: key of our proofs of work.
            address: internet address it came from.
            now: the moment.
        """
        values = self.cleaned_data
        proof = self.checked_proof(proof_key=proof_key, now=now)
        return Inquiry(
            topic=self._topics[values["topic"]],
            name=values["name"],
            sender=values["email"],
            place=values["place"],
            message=values["message"],
            language=active_language(),
            doubts=self.doubts(proof, sender=values["email"], address=address, now=now),
            origin=network_of(address),
            wide_origin=wide_network_of(address),
            proof=proof if proof.is_valid else None,
        )
