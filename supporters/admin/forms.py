"""Forms of the organizers' pages about mail and consent."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.admin import CheckedForm
from supporters.models import AddressRule, ConsentWording
from supporters.rules.patterns import BadPattern, PatternFault, tidy_pattern
from supporters.services.wordings import digest_of

FAULTS = {
    PatternFault.NETWORK: _(
        "This is no internet address and no network: write it as 192.0.2.0/24 or 2001:db8::/48."
    ),
    PatternFault.TOO_WIDE: _("This would fit nearly everybody: write it more closely."),
    PatternFault.DOMAIN: _("This is no mail domain: write it as example.org or *.example.org."),
    PatternFault.EMAIL: _("This is no e-mail address: write it as name@example.org or name*@example.org."),
}


class AddressRuleForm(CheckedForm):
    """A rule whose pattern means something."""

    class Meta:
        model = AddressRule
        fields = ["verdict", "subject", "pattern", "note"]

    def clean(self) -> dict[str, Any]:
        """Write the pattern as it is compared."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("subject") and values.get("pattern"):
            try:
                values["pattern"] = tidy_pattern(values["subject"], values["pattern"])
            except BadPattern as error:
                self.add_error("pattern", ValidationError(FAULTS[error.fault]))
        return values


class WordingForm(CheckedForm):
    """New words beside a box."""

    class Meta:
        model = ConsentWording
        fields = ["purpose", "text_en", "text_fr"]

    def clean(self) -> dict[str, Any]:
        """Compute the digest by which the words are known."""
        values: dict[str, Any] = super().clean() or {}
        if "text_en" in values and "text_fr" in values:
            self.instance.digest = digest_of(values["text_en"], values["text_fr"])
        return values
