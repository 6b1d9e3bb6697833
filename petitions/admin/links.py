"""Where organizers find what a person signed."""

from django.urls import reverse
from django.utils.translation import gettext as _

from supporters.models import Supporter


def signatures_link(*, supporter: Supporter) -> tuple[str, str]:
    """Return the words and the address of a person's signatures."""
    return _(
        "signatures"
    ), f"{reverse('admin:petitions_signature_changelist')}?supporter__id__exact={supporter.pk}"
