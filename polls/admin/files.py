"""Tables that organizers take away as files."""

from collections.abc import Iterable, Sequence

from django.http import StreamingHttpResponse
from django.utils.text import get_valid_filename

from coop4canada.kit.export import csv_chunks


def send_table(rows: Iterable[Sequence[str]], name: str) -> StreamingHttpResponse:
    """Answer with a CSV file that no cache keeps; its mark tells old spreadsheets that it is UTF-8."""
    response = StreamingHttpResponse(csv_chunks(rows, has_mark=True), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{get_valid_filename(name)}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
