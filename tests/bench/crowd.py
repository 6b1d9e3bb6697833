"""Whether five million signatures make signing, counting or searching any slower."""

import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

from django.conf import settings
from django.db import connection
from django.test import Client

from petitions.models import Petition, Signature
from supporters.models import ConsentWording, User
from tests import crowd
from tests.bench.proofs import solved_proof
from tests.bench.signing import SLUG, petition

CROWD = 5_000_000
FORMS = 3_000
ANSWERS = 5
LIST = "/admin/petitions/signature/"

_numbers = itertools.count()


def measure() -> Iterator[tuple[str, float, str]]:
    """Sign and look before the crowd comes and after it came."""
    settings.ALLOWED_HOSTS = ["testserver"]
    row = petition()
    few = _median_of_forms()
    count_of_few = _median(lambda: _get(Client(), f"/api/v1/petitions/{SLUG}"))
    begun = time.perf_counter()
    crowd.make_signatures(CROWD, petition=row)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    yield "made", CROWD, "signatures"
    yield "making_them", time.perf_counter() - begun, "s"
    many = _median_of_forms()
    yield "form_before", few * 1000, "ms"
    yield "form_after", many * 1000, "ms"
    yield "form_after_to_before", many / few, "ratio"
    yield "count_before", count_of_few * 1000, "ms"
    yield "count_after", _median(lambda: _get(Client(), f"/api/v1/petitions/{SLUG}")) * 1000, "ms"
    yield from _admin(row)


def _admin(row: Petition) -> Iterator[tuple[str, float, str]]:
    organizer = User.objects.create_superuser(f"bench{time.time_ns()}@example.org", None)
    client = Client()
    client.force_login(organizer)
    last = Signature.objects.select_related("supporter").latest("pk")
    assert last.supporter is not None
    searches = {
        "list": "",
        "by_petition_and_state": f"?petition__id__exact={row.pk}&state__exact=held",
        "by_email": f"?q={last.supporter.email}",
        "by_name": "?q=tremblay+marie",
        "by_rare_name": "?q=obomsawin",
        "by_riding_number": "?q=35075",
        "by_riding_name": "?q=Ottawa+Centre",
        "by_domain": "?q=@firm20.example",
        "by_network": "?q=203.0.113.0/24",
        "by_nobody": "?q=nobody-has-this-name",
    }
    for name, query in searches.items():
        yield f"admin_{name}", _median(partial(_get, client, LIST + query)) * 1000, "ms"


def _get(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def _median(act: Callable[[], object]) -> float:
    times = []
    for _answer in range(ANSWERS):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _median_of_forms() -> float:
    """Return the median seconds of a form of somebody new, from request to answer, PostgreSQL included."""
    client = Client(headers={"sec-fetch-site": "same-origin"})
    wording = ConsentWording.objects.filter(purpose="news").latest("pk")
    times = []
    for number in itertools.islice(_numbers, FORMS):
        fields = {
            "name": f"Person {number}",
            "email": f"crowd{number}.{time.time_ns()}@bench.example.org",
            "postal_code": "K1A 0B1",
            "consent_news": str(wording.pk),
            "proof": solved_proof(),
        }
        begun = time.perf_counter()
        answer = client.post(f"/petitions/{SLUG}/sign/", fields)
        times.append(time.perf_counter() - begun)
        assert answer.status_code == 303, answer.status_code
    return statistics.median(times)
