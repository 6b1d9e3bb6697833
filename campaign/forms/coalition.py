"""An organization's sign-on."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from campaign.enums import OrganizationKind
from campaign.forms.open import GARBLED, REPLACEMENT, OpenForm
from campaign.models import active_language
from campaign.models.coalition import NAME_LENGTH, STATEMENT_LENGTH
from campaign.rules import logo, website
from campaign.rules.logo import Logo
from campaign.services import Application
from coop4canada.kit.origin import network_of
from coop4canada.kit.senders import address_field, name_field

WEBSITE_SENTENCES: dict[str, StrPromise] = {
    website.Reason.MISSING: _("Write the address of the organization’s site."),
    website.Reason.TOO_LONG: _("The address of a site has 200 characters at most: give the home page."),
    website.Reason.NOT_HTTPS: _("We link to secure sites only: the address has to begin with https://."),
    website.Reason.NOT_A_SITE: _(
        "We cannot read this as the address of a site, which looks like https://example.org."
    ),
}
LOGO_SENTENCES: dict[str, StrPromise] = {
    logo.Reason.EMPTY: _("This file is empty: choose another one."),
    logo.Reason.TOO_MANY_BYTES: _("A logo has 2 MB at most: save it smaller."),
    logo.Reason.SVG: _("We do not take SVG, which can carry programs: save the logo as PNG or JPEG."),
    logo.Reason.FORMAT: _("The logo has to be a PNG or JPEG image: this file is neither."),
    logo.Reason.ANIMATED: _("The logo must not move: save it as a single picture."),
    logo.Reason.TOO_LARGE: _(
        "A logo has 4,000 pixels a side at most, and 10 million in all: save it smaller."
    ),
    logo.Reason.TOO_SMALL: _("A logo has 16 pixels a side at least: save it larger."),
    logo.Reason.BROKEN: _("This picture is damaged or incomplete: save it anew."),
}


class LogoField(forms.FileField):
    """A picture; returns it made anew, or None."""

    def clean(self, value: Any, _initial: Any = None) -> Logo | None:  # noqa: ANN401 — whatever a form sends
        """Return the logo; raise ValidationError with a sentence."""
        if not isinstance(value, UploadedFile):
            return None
        try:
            return logo.read_logo(value.read(logo.MOST_BYTES + 1))  # no more than tells that it is too large
        except logo.BadLogo as error:
            raise ValidationError(LOGO_SENTENCES[error.reason]) from error


class JoinForm(OpenForm):
    """An organization's sign-on; only what stands here is read, whatever else is sent."""

    name_en = forms.CharField(label=_("Its name in English"), max_length=NAME_LENGTH, required=False)
    name_fr = forms.CharField(label=_("Its name in French"), max_length=NAME_LENGTH, required=False)
    website = forms.CharField(label=_("Its website"), required=False)
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[("", _("Choose")), *OrganizationKind.choices],
        error_messages={"required": _("Choose what the organization is.")},
    )
    statement_en = forms.CharField(
        label=_("Why it takes part, in English (optional)"), max_length=STATEMENT_LENGTH, required=False
    )
    statement_fr = forms.CharField(
        label=_("Why it takes part, in French (optional)"), max_length=STATEMENT_LENGTH, required=False
    )
    logo = LogoField(label=_("Its logo (optional)"), required=False)
    contact_name = name_field(_("Your name"))
    contact_email = address_field(_("Your e-mail"))
    may_speak = forms.BooleanField(
        label=_(
            "I may speak for this organization, and its name, site, statement and logo may be published here."
        ),
        error_messages={"required": _("Only somebody who may speak for the organization can sign it on.")},
    )

    def clean_website(self) -> str:
        """Return the address of the site as we link to it."""
        try:
            return website.read_website(self.cleaned_data["website"])
        except website.BadWebsite as error:
            raise ValidationError(WEBSITE_SENTENCES[error.reason]) from error

    def clean(self) -> None:
        """Ask for a name in one of the languages, and for what arrived readable."""
        for name in ("name_en", "name_fr", "statement_en", "statement_fr"):
            if REPLACEMENT in self.cleaned_data.get(name, ""):
                self.add_error(name, GARBLED)
        # One that was typed and refused has its own sentence.
        is_missing = not (self.cleaned_data.get("name_en") or self.cleaned_data.get("name_fr"))
        if is_missing and not (self.has_error("name_en") or self.has_error("name_fr")):
            self.add_error("name_en", _("Write the organization’s name in English or French."))

    @property
    def has_lost_logo(self) -> bool:
        """Whether a logo came along that has to be chosen again, as browsers send no file twice."""
        return bool(self.files.get("logo")) and not self.has_error("logo")

    def application(self, *, proof_key: str, address: str, now: datetime) -> Application:
        """Return what the form says; only after `is_valid()`.

        Args:
            proof_key: key of our proofs of work.
            address: internet address it came from.
            now: the moment.
        """
        values = self.cleaned_data
        proof = self.checked_proof(proof_key=proof_key, now=now)
        columns = ("name_en", "name_fr", "website", "kind", "statement_en", "statement_fr")
        return Application(
            columns={column: values[column] for column in columns},
            contact_name=values["contact_name"],
            contact=values["contact_email"],
            language=active_language(),
            logo=values["logo"],
            doubts=self.doubts(proof, sender=values["contact_email"], address=address, now=now),
            origin=network_of(address),
            proof=proof if proof.is_valid else None,
        )
