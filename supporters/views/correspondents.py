"""What is kept under an address of somebody who is no supporter: seen, carried away, erased."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from coop4canada.kit.http import mailed_page, see_other
from coop4canada.kit.signing import BadToken
from supporters import services
from supporters.forms import AskForm
from supporters.queries.correspondents import Correspondent, records_of
from supporters.views.my_data import ask_page


@mailed_page
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show everything that is kept under the address; a button erases it."""
    correspondent = _correspondent(token)
    if correspondent.is_expired:
        return ask_page(request, AskForm(), HTTPStatus.GONE)
    if request.method == "POST":
        services.erase_correspondent(correspondent=correspondent)
        return see_other(reverse("supporters:my-data-erased"))
    context = {"token": token, "records": records_of(correspondent)}
    return render(request, "supporters/my_data/address.html", context)


@mailed_page
def download(_request: HttpRequest, token: str) -> HttpResponse:
    """Hand over the same as JSON."""
    correspondent = _correspondent(token)
    if correspondent.is_expired:
        raise Http404
    found = records_of(correspondent)
    rows = [
        {
            "title": records.title,
            "rows": [dict(zip(records.columns, row, strict=True)) for row in records.rows],
        }
        for records in found
    ]
    response = JsonResponse({"records": rows}, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def _correspondent(token: str) -> Correspondent:
    try:
        return services.correspondent_of(token)
    except BadToken as error:
        raise Http404 from error
