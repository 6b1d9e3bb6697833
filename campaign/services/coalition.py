"""Signing an organization on, and deciding about it."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import override

from campaign.enums import Doubt, OrganizationState
from campaign.models import Organization, OrganizationLogo, OrganizationReview
from campaign.rules.logo import Logo
from campaign.rules.review import mail_about, needs_reason, state_after
from coop4canada.kit.proof import Proof
from coop4canada.kit.senders import Letter, MailAddress, post_letter, read_mail_address, spend
from coop4canada.kit.signing import keyed_hash

# From one connection; an office that signs on for its chapters gets on with it an hour later.
MOST_AN_HOUR = 5


class TooManyApplications(Exception):
    """So many came from this connection within the hour that more are not taken now."""


class NotWaiting(Exception):
    """The decision cannot be taken: the organization is in another state by now, or the reason is missing."""


@dataclass(frozen=True)
class Application:
    """What the sign-on form says.

    `columns`: those of Organization that the form fills in: names, site, kind, statements.
    `origin`: network it came from, empty if unknown. `proof`: spent with the form.
    """

    columns: dict[str, str]
    contact_name: str
    contact: MailAddress
    language: str
    logo: Logo | None = None
    doubts: frozenset[str] = field(default_factory=frozenset)
    origin: str = ""
    proof: Proof | None = None

    @property
    def fingerprint(self) -> str:
        """Hash of all that was typed: the same form sent twice is the same row."""
        logo = self.logo.digest if self.logo else ""
        said = [sorted(self.columns.items()), self.contact_name, self.contact.key, self.language, logo]
        return keyed_hash(json.dumps(said))


@transaction.atomic
def apply_to_join(*, application: Application, now: datetime) -> Organization:
    """Take down a sign-on for review; nothing of it is shown, and nobody is mailed before that.

    Raises: TooManyApplications.
    """
    known = Organization.objects.filter(fingerprint=application.fingerprint).first()
    if known is not None:
        return known
    recent = Organization.objects.filter(origin=application.origin, created_at__gt=now - timedelta(hours=1))
    if application.origin and recent.count() >= MOST_AN_HOUR:
        raise TooManyApplications
    doubts = application.doubts
    if application.proof is not None and not spend(application.proof, now=now):
        doubts |= {Doubt.NO_PROOF.value}
    organization, is_new = Organization.objects.get_or_create(
        fingerprint=application.fingerprint,
        defaults={
            **application.columns,
            "contact_name": application.contact_name,
            "contact_email": application.contact.typed,
            "contact_key": application.contact.key,
            "language": application.language,
            "doubts": " ".join(sorted(doubts)),
            "origin": application.origin,
            "created_at": now,
        },
    )
    if is_new and application.logo is not None:
        put_logo(organization=organization, logo=application.logo)
    return organization


def put_logo(*, organization: Organization, logo: Logo) -> None:
    """Give an organization this logo, in place of any other."""
    columns = {"digest": logo.digest, "content": logo.content, "width": logo.width, "height": logo.height}
    OrganizationLogo.objects.update_or_create(organization=organization, defaults=columns)


@transaction.atomic
def review_organization(
    *, organization_id: int, decision: str, reason: str, user_id: int | None, now: datetime
) -> Organization:
    """Decide about an organization, note who did and why, and tell its contact person by mail.

    Two reviewers at once: the second finds the state that the first left.
    Raises: NotWaiting.
    """
    organization = Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=organization_id)
    state = state_after(organization.state, decision)
    if state is None or (needs_reason(decision) and not reason.strip()):
        raise NotWaiting
    organization.state = state
    organization.decided_at = None if state == OrganizationState.PENDING else now
    organization.save(update_fields=["state", "decided_at"])
    review = OrganizationReview.objects.create(
        organization=organization, decision=decision, reason=reason.strip(), by_id=user_id, at=now
    )
    if mail_about(decision) and organization.contact_email:
        _tell_contact(organization, review, mail_about(decision), now)
    return organization


def _tell_contact(organization: Organization, review: OrganizationReview, name: str, now: datetime) -> None:
    with override(organization.language):
        context = {
            "name": organization.contact_name,
            "organization": organization.name,
            "reason": review.reason,
        }
    letter = Letter(
        kind=f"campaign/{name}",
        key=f"campaign/{name}:{review.pk}",
        to=read_mail_address(organization.contact_email),
        language=organization.language,
        context=context,
    )
    post_letter(letter, now=now)
