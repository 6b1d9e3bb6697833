"""A fresh link for everybody who has not confirmed: counted, confirmed, sent in the background."""

from typing import Any
from uuid import uuid4

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from coop4canada.kit.admin import ReadOnlyAdmin
from coop4canada.kit.clock import now
from coop4canada.kit.http import see_other
from petitions.admin.access import CHANGE_SIGNATURE, organizer_with, petition_for
from petitions.admin.choices import BadChoice, read_choice, seal_choice
from petitions.admin.pages import refuse_choice, show
from petitions.models import Petition, Resend
from petitions.services import PetitionClosed, ResendProposal, propose_resend, remind_unconfirmed

RESEND = "resend"


@admin.register(Resend)
class ResendAdmin(ReadOnlyAdmin):
    """Reminders with their progress."""

    list_display = ["petition", "expected_count", "changed_count", "requested_by", "created_at", "done_at"]
    list_select_related = ["petition", "requested_by"]
    ordering = ["-pk"]
    exclude = ["key", "reached_id"]

    def get_urls(self) -> list[URLPattern]:
        """Add the preview and confirming."""
        wrap = self.admin_site.admin_view
        return [
            path("of/<int:pk>/", wrap(propose), name="petitions_resend_propose"),
            path("confirm/", wrap(require_POST(confirm)), name="petitions_resend_confirm"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may decide about signatures may remind people."""
        return bool(request.user.has_perm(CHANGE_SIGNATURE))

    def add_view(
        self, request: HttpRequest, _form_url: str = "", _extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask which petition it is about."""
        organizer_with(request, CHANGE_SIGNATURE)
        petitions = Petition.objects.filter(is_published=True).order_by("-pk")
        return show(
            request, "resend/choose.html", Resend, petitions=petitions, title=_("Remind people to confirm")
        )


def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how many would get a mail, with a button that confirms exactly that."""
    petition = petition_for(request, pk, CHANGE_SIGNATURE)
    user = organizer_with(request, CHANGE_SIGNATURE)
    proposal = propose_resend(petition=petition, key=uuid4().hex, now=now())
    token = seal_choice(
        RESEND,
        user,
        petition=proposal.petition_id,
        last=proposal.last_signature_id,
        count=proposal.expected_count,
        key=proposal.key,
    )
    title = _("Remind people to confirm")
    return show(
        request, "resend/preview.html", Resend, petition=petition, proposal=proposal, token=token, title=title
    )


def confirm(request: HttpRequest) -> HttpResponse:
    """Take the reminder down; the worker queues the mails."""
    user = organizer_with(request, CHANGE_SIGNATURE)
    try:
        choice = read_choice(RESEND, user, request.POST.get("token", ""))
        proposal = ResendProposal(choice["petition"], choice["last"], choice["count"], choice["key"])
        remind_unconfirmed(proposal=proposal, user=user, now=now())
    except BadChoice:
        return refuse_choice(request, Resend)
    except PetitionClosed:
        messages.error(request, _("This petition cannot be signed any more: nobody was reminded."))
    else:
        messages.success(request, _("The mails are being queued in the background."))
    return see_other(reverse("admin:petitions_resend_changelist"))
