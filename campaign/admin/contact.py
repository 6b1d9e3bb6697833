"""Organizers' pages for the contact form: topics, and the messages that came."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaign.enums import ContactMove, Doubt
from campaign.models import ContactMessage, ContactTopic
from campaign.rules.contact import moves_in
from campaign.services import NotPossible, forget_messages, settle_message
from coop4canada.kit.admin import CheckedForm, OrganizerAdmin
from coop4canada.kit.clock import now

Action = Callable[[admin.ModelAdmin[Any], HttpRequest, QuerySet[Any]], None]


@admin.register(ContactTopic)
class ContactTopicAdmin(OrganizerAdmin):
    """What one can write about, and who answers; a topic with messages is not deleted but no longer offered."""

    list_display = ["name", "address", "is_active", "display_order"]
    list_filter = ["is_active"]
    ordering = ["display_order", "pk"]


class MessageForm(CheckedForm):
    """The organizers' note, and what becomes of the message."""

    move = forms.ChoiceField(label=_("What to do"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 — a form's own
        """Offer what can be done now."""
        super().__init__(*args, **kwargs)
        # Whoever may only look is shown no such field.
        if "move" in self.fields:
            offered = [(move.value, move.label) for move in moves_in(self.instance.state)]
            self.fields["move"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]


def _moving(move: ContactMove) -> Action:
    """Return the action of the list that makes a move with every chosen message in whose state it can be made."""

    @admin.action(description=move.label, permissions=["change"])
    def act(model_admin: admin.ModelAdmin[Any], request: HttpRequest, chosen: QuerySet[Any]) -> None:
        done = sum(_moved(request, pk, move) for pk in chosen.order_by("pk").values_list("pk", flat=True))
        text = ngettext("%d message was changed.", "%d messages were changed.", done)
        model_admin.message_user(request, text % done)

    act.__name__ = move.value
    return act


def _moved(request: HttpRequest, pk: int, move: str) -> bool:
    try:
        settle_message(message_id=pk, move=move, user_id=request.user.pk, now=now())
    except NotPossible:
        return False
    return True


@admin.register(ContactMessage)
class ContactMessageAdmin(OrganizerAdmin):
    """Messages, those that wait first; answered by mail, settled here."""

    form = MessageForm
    list_display = ["created_at", "topic", "name", "email", "state", "beginning", "doubts_in_words"]
    list_select_related = ["topic"]
    list_filter = ["state", "topic", "language"]
    search_fields = ["name", "email", "message", "place"]
    ordering = ["-pk"]
    actions = [*map(_moving, ContactMove), "forget_senders"]
    fieldsets = [
        (None, {"fields": ["state", "topic", "name", "email", "place", "language", "message"]}),
        (_("Decision"), {"fields": ["move", "note", "settled_at", "settled_by"]}),
        (_("How it came"), {"fields": ["created_at", "doubts_in_words", "origin"]}),
    ]
    readonly_fields = [
        "state",
        "topic",
        "name",
        "email",
        "place",
        "language",
        "message",
        "settled_at",
        "settled_by",
        "created_at",
        "doubts_in_words",
        "origin",
    ]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Messages come by the form."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Messages go by the clock, or by the wish of whoever wrote them."""
        return False

    def save_model(self, request: HttpRequest, obj: ContactMessage, form: Any, change: bool) -> None:  # noqa: ANN401, ARG002, FBT001
        """Save the note alone, then make the move; what a colleague did meanwhile stays."""
        if "note" in form.changed_data:
            obj.save(update_fields=["note"])
        move = form.cleaned_data.get("move")
        if move and not _moved(request, obj.pk, move):
            messages.error(request, _("Nothing was changed: somebody else was quicker. See the state."))

    @admin.display(description=_("message"))
    def beginning(self, message: ContactMessage) -> str:
        """Show how it begins."""
        return " ".join(message.message[:120].split())

    @admin.display(description=_("doubts"))
    def doubts_in_words(self, message: ContactMessage) -> str:
        """Say what is doubtful about how the form was filled in."""
        return ", ".join(str(Doubt(doubt).label) for doubt in message.doubts.split()) or "—"

    @admin.action(description=_("Forget the senders: delete all they wrote"), permissions=["change"])
    def forget_senders(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete what was written from these addresses, on the wish of their owners."""
        keys = set(queryset.values_list("email_key", flat=True))
        count = sum(forget_messages(address_key=key) for key in keys)
        text = ngettext("%d message was deleted.", "%d messages were deleted.", count)
        messages.success(request, text % count)
