"""What organizers do with a poll besides filling it in: read a table, publish, retract."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop4canada.kit.clock import now
from coop4canada.kit.export import csv_chunks
from coop4canada.kit.http import see_other
from polls.admin.result_forms import RetractForm, TableForm
from polls.models import Poll
from polls.queries.template import template_rows
from polls.services.entering import PollLocked, TableReport, import_readings, read_table
from polls.services.publishing import PublicationRefused, RetractionRefused, publish_poll, retract_poll
from supporters.models import User


def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish, or say everything that is missing."""
    user, poll = _organizer(request), _poll(pk)
    try:
        publish_poll(poll=poll, by=user, now=now())
    except PublicationRefused as refused:
        messages.error(request, _("The poll is not published:"))
        for refusal in refused.refusals:
            messages.error(request, refusal.words)
        return _back(pk)
    _note(user, poll, "published")
    messages.success(
        request, _("The poll is published. The map takes it in within a minute, and mails are on their way.")
    )
    return _back(pk)


def retract(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then take a poll back."""
    user, poll = _organizer(request), _poll(pk)
    form = RetractForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "retract.html", form=form, title=_("Retract this poll?"), poll=poll)
    try:
        retract_poll(poll=poll, by=user, now=now(), **form.cleaned_data)
    except RetractionRefused:
        messages.error(request, _("Nothing was changed: the poll is not published."))
        return _back(pk)
    _note(user, poll, "retracted")
    messages.success(request, _("The poll is retracted. The map forgets it within a minute."))
    return _back(pk)


def import_table(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a table of readings: first say what is in it, then put it in place of what is there."""
    user, poll = _organizer(request), _poll(pk)
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    title = _("Import readings")
    if not form.is_valid():
        return _page(request, "import.html", form=form, title=title, poll=poll)
    is_trial = "try" in request.POST
    read = read_table if is_trial else import_readings
    try:
        report: TableReport = read(poll=poll, text=form.cleaned_data["file"])
    except PollLocked:
        messages.error(request, _("Nothing was changed: the poll is published. Retract it first."))
        return _back(pk)
    if is_trial or report.problems:
        return _page(request, "import.html", form=form, title=title, poll=poll, report=report)
    _note(user, poll, f"imported {len(report.readings)} readings")
    text = ngettext("%d reading is stored.", "%d readings are stored.", len(report.readings))
    messages.success(request, text % len(report.readings))
    for warning in report.warnings:
        messages.warning(request, warning)
    return _back(pk)


def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a table with the right columns to be filled in: one row for every party and question."""
    _organizer(request)
    text = "".join(csv_chunks(template_rows(_poll(pk)), has_mark=True))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="readings-of-poll-{pk}.csv"'
    return response


def _organizer(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.has_perm("polls.change_poll"):
        raise PermissionDenied
    return request.user


def _poll(pk: int) -> Poll:
    poll = Poll.objects.select_related("riding").filter(pk=pk).first()
    if poll is None:
        raise Http404
    return poll


def _note(user: User, poll: Poll, what: str) -> None:
    LogEntry.objects.create(
        user=user,
        action_flag=CHANGE,
        object_id=str(poll.pk),
        object_repr=str(poll)[:200],
        change_message=what,
    )


def _back(pk: int) -> HttpResponse:
    return see_other(reverse("admin:polls_poll_change", args=[pk]))


def _page(request: HttpRequest, name: str, form: Any, **context: Any) -> HttpResponse:  # noqa: ANN401
    frame = {
        **admin.site.each_context(request),
        "opts": Poll._meta,  # noqa: SLF001 — as every page of admin
        "form": form,
        "report": None,
    }
    is_wrong = form.is_bound and not form.is_valid()
    report = context.get("report")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong or (report and report.problems) else HTTPStatus.OK
    return render(request, f"admin/polls/poll/{name}", frame | context, status=status)
