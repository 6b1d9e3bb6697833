"""A file's way into a list: choose it, name its columns, look at what it brings, import it."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.export import csv_chunks, harmless
from coop4canada.kit.http import see_other
from volunteers.enums.importing import FileFault
from volunteers.forms.lists import ColumnsForm, FileForm
from volunteers.models import ImportBatch
from volunteers.queries.lists import bad_lines, import_page, named_columns
from volunteers.rules.contact_files import BadFile
from volunteers.services.importing import (
    ImportUnderWay,
    ListClosed,
    drop_import,
    name_columns,
    start_import,
    upload_file,
)
from volunteers.views.list_doors import account, batch_or_404, for_leaders, list_or_404


@for_leaders
def upload(request: HttpRequest, number: int | None, pk: int) -> HttpResponse:
    """Take a file."""
    row = list_or_404(number, pk)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        try:
            given = form.cleaned_data["file"]
            made = upload_file(contact_list=row, upload=given, by=account(request), now=clock.now())
        except BadFile as error:
            form.add_error("file", f"{FileFault(error.fault).label} {error.detail}".strip())
        except ListClosed:
            form.add_error(None, _("The list is closed: nothing is imported into it."))
        else:
            return _back_to(number, made)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"number": number, "list": row, "form": form}
    return render(request, "volunteers/lists/upload.html", context, status=status)


@for_leaders
def page(request: HttpRequest, number: int | None, pk: int, batch: int) -> HttpResponse:
    """Show how far an import is; take what its columns hold."""
    row = batch_or_404(number, pk, batch)
    found = import_page(row)
    form = _columns_form(request, row, found.head) if found.takes_columns else None
    if form is not None and form.is_valid():
        return _step(request, number, row, lambda: name_columns(batch_id=row.pk, columns=form.columns()))
    context = {"number": number, "list": row.contact_list, "page": found, "form": form}
    template = "volunteers/lists/_import.html" if "part" in request.GET else "volunteers/lists/import.html"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.errors else HTTPStatus.OK
    return render(request, template, context, status=status)


@for_leaders
def begin(request: HttpRequest, number: int | None, pk: int, batch: int) -> HttpResponse:
    """Have a checked file imported."""
    row = batch_or_404(number, pk, batch)
    return _step(request, number, row, lambda: start_import(batch_id=row.pk))


@for_leaders
def drop(request: HttpRequest, number: int | None, pk: int, batch: int) -> HttpResponse:
    """Throw a file away."""
    row = batch_or_404(number, pk, batch)
    return _step(request, number, row, lambda: drop_import(batch_id=row.pk, now=clock.now()))


@for_leaders
def left_out(_request: HttpRequest, number: int | None, pk: int, batch: int) -> HttpResponse:
    """Send the rows that are left out as a file: line, reason, what stands there."""
    row = batch_or_404(number, pk, batch)
    # Written at once, not while it is sent: by then nobody knows the reader's language any more.
    text = "".join(csv_chunks(_lines(row), has_mark=True))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="left-out-{row.pk}.csv"'
    return answer


def _lines(batch: ImportBatch) -> Iterator[list[str]]:
    yield [_("Line"), _("Why it is left out"), _("What stands there")]
    for bad in bad_lines(batch):
        yield [str(bad.line), harmless(bad.reason), harmless(bad.cell)]


def _columns_form(request: HttpRequest, batch: ImportBatch, head: tuple[str, ...]) -> ColumnsForm:
    return ColumnsForm(
        request.POST if request.method == "POST" else None,
        head=head,
        channel=batch.contact_list.channel,
        has_riding=batch.contact_list.riding_number is not None,
        initial=ColumnsForm.initial_of(named_columns(batch)),
    )


def _step(request: HttpRequest, number: int | None, batch: ImportBatch, step: Any) -> HttpResponse:  # noqa: ANN401 — any service
    if request.method == "POST":
        try:
            step()
        except ImportUnderWay:
            context = {"number": number, "list": batch.contact_list, "batch": batch}
            return render(request, "volunteers/lists/busy.html", context, status=HTTPStatus.CONFLICT)
    return _back_to(number, batch)


def _back_to(number: int | None, batch: ImportBatch) -> HttpResponse:
    return see_other(reverse("lists:import", args=[number, batch.contact_list_id, batch.pk]))
