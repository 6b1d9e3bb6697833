"""Signatures as files: those of the filtered list for organizers, names and ridings for the leaders."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Max, QuerySet
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from coop4canada.kit.clock import now
from coop4canada.kit.export import Resource, csv_chunks, table, xlsx_file
from petitions.admin.access import EXPORT_SIGNATURE, organizer_with, petition_for
from petitions.admin.forms import ExportForm
from petitions.admin.pages import show
from petitions.exports import DeliveryResource, SignatureResource
from petitions.models import Signature
from ridings.queries.codes import live_ridings
from supporters.enums import EntryState
from supporters.models import User
from supporters.services.exports import Export, counted, note_export

if TYPE_CHECKING:
    from petitions.admin.signatures import SignatureAdmin

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A workbook is sent once it is complete: this many rows take some forty seconds, and the proxy waits for sixty.
MOST_XLSX_ROWS = 100_000
Lines = Iterator[Sequence[str]]


def export_signatures(request: HttpRequest, model_admin: "SignatureAdmin") -> HttpResponseBase:
    """Offer the signatures of the filtered list as a file; send it when the form says how."""
    user = organizer_with(request, EXPORT_SIGNATURE)
    request = _without_page(request)
    query = request.GET.urlencode()
    changelist = model_admin.get_changelist_instance(request)
    rows: QuerySet[Signature] = changelist.get_queryset(request)
    form = ExportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        if kind == "csv" or rows[: MOST_XLSX_ROWS + 1].count() <= MOST_XLSX_ROWS:
            export = Export("petitions.signature", query, kind)
            lines = _lines(SignatureResource(live_ridings()), rows, export, user)
            return send(lines, kind, f"signatures-{now():%Y-%m-%d}", has_mark=form.cleaned_data["has_mark"])
        messages.error(request, _("More than %d rows do not fit into an XLSX: choose CSV.") % MOST_XLSX_ROWS)
    context = {"form": form, "query": query, "count_text": changelist.paginator.count_text}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return show(
        request, "signature/export.html", Signature, title=_("Export signatures"), status=status, **context
    )


def export_delivery(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send names and ridings of those who confirmed, to be handed over with the letter; nothing else of them."""
    petition = petition_for(request, pk, EXPORT_SIGNATURE)
    user = organizer_with(request, EXPORT_SIGNATURE)
    rows = Signature.objects.filter(petition=petition, state=EntryState.CONFIRMED)
    export = Export("petitions.delivery", petition.slug_en, "csv")
    lines = _lines(DeliveryResource(live_ridings()), rows, export, user)
    return send(lines, "csv", f"{petition.slug}-letter", has_mark=True)


def send(lines: Lines, kind: str, name: str, *, has_mark: bool) -> HttpResponseBase:
    """Answer with a file: CSV as it is read, XLSX once it is complete."""
    file_name = get_valid_filename(f"{name}.{kind}")
    response: HttpResponseBase
    if kind == "xlsx":
        spool = xlsx_file(lines, title=name)
        response = FileResponse(spool, as_attachment=True, filename=file_name, content_type=XLSX_TYPE)
    else:
        chunks = csv_chunks(lines, has_mark=has_mark)
        response = StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(resource: Resource, rows: QuerySet[Signature], export: Export, user: User) -> Lines:
    log = note_export(export=export, user=user, now=now())
    last = rows.aggregate(last=Max("pk"))["last"] or 0
    return counted(table(resource, rows, up_to=last), log=log, clock=now)


def _without_page(request: HttpRequest) -> HttpRequest:
    # The list reads its filters from the address; a page number beyond them would be an error.
    query = request.GET.copy()
    query.pop("p", None)
    request.GET = query  # type: ignore[assignment]
    return request
