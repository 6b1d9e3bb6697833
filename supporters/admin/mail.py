"""The outbox, what limits it, and who gets no mail."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.admin import BigTableAdmin, OrganizerAdmin, ReadOnlyAdmin
from coop4canada.kit.paging import Search
from supporters.admin.forms import AddressRuleForm
from supporters.enums import MessageState
from supporters.models import (
    AddressRule,
    MailEvent,
    MailLimit,
    MailSuppression,
    OutgoingMessage,
    ProviderOutage,
)
from supporters.queries.search import by_address_hash, mail_search, report_search


class StateFilter(admin.SimpleListFilter):
    """In one state; those that arrived are too many to be worth a filter."""

    title = _("state")
    parameter_name = "state"
    offered = (MessageState.QUEUED, MessageState.SENDING, MessageState.FAILED, MessageState.SUPPRESSED)

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:  # noqa: ANN401
        """Offer what may want a look."""
        return [(state.value, str(state.label)) for state in self.offered]

    def queryset(
        self, _request: HttpRequest, queryset: QuerySet[OutgoingMessage]
    ) -> QuerySet[OutgoingMessage]:
        """Keep those in the state, each by its own index."""
        return queryset.filter(state=self.value()) if self.value() in self.offered else queryset


@admin.register(OutgoingMessage)
class OutgoingMessageAdmin(BigTableAdmin):
    """Mails: waiting, sent, given up."""

    list_display = ["created_at", "kind", "to", "state", "attempts", "due_at", "sent_at", "last_error"]
    list_filter = [StateFilter]
    # What fills in the templates holds links that act for their owner.
    exclude = ["context"]
    search_help_text = _("An e-mail address, or the whole key of a mail.")

    def search_for(self, typed: str) -> Search:
        """Return what a typed text stands for."""
        return mail_search(typed)


@admin.register(MailEvent)
class MailEventAdmin(BigTableAdmin):
    """What the mail provider reported."""

    list_display = ["at", "kind", "message_key", "provider_id"]
    search_help_text = _("An e-mail address, or the whole key of a mail.")

    def search_for(self, typed: str) -> Search:
        """Return what a typed text stands for."""
        return report_search(typed)


@admin.register(MailSuppression)
class MailSuppressionAdmin(BigTableAdmin):
    """Addresses that get no mail, known by their hashes alone."""

    list_display = ["created_at", "reason", "address_hash"]
    search_help_text = _("An e-mail address; what is kept of it is a keyed hash.")

    def search_for(self, typed: str) -> Search:
        """Return what a typed text stands for."""
        return by_address_hash(typed)


@admin.register(MailLimit)
class MailLimitAdmin(OrganizerAdmin):
    """Limits delay mails; they lose none."""

    list_display = ["scope", "window_seconds", "most"]
    ordering = ["scope", "window_seconds"]


@admin.register(AddressRule)
class AddressRuleAdmin(OrganizerAdmin):
    """Exceptions: held for review, or never limited."""

    form = AddressRuleForm
    list_display = ["pattern", "subject", "verdict", "note"]
    list_filter = ["verdict", "subject"]
    search_fields = ["pattern", "note"]
    ordering = ["verdict", "subject", "pattern"]

    def save_model(self, request: HttpRequest, obj: AddressRule, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Save, and say when it takes effect."""
        super().save_model(request, obj, form, change)
        messages.info(
            request, _("The rule is in force within half a minute, for what is signed from then on.")
        )


@admin.register(ProviderOutage)
class ProviderOutageAdmin(ReadOnlyAdmin):
    """The mail provider takes no mail, if there is a row."""

    list_display = ["since", "failures", "retry_at", "last_error"]
    ordering = ["pk"]
