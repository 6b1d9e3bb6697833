"""Every search and filter is answered by an index, however many signed."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coop4canada.kit.paging import CappedPaginator
from petitions.models import Petition
from supporters.models import Supporter
from tests import make
from tests.crowd import make_signatures
from tests.plans import plans

pytestmark = [pytest.mark.ignore_template_errors, pytest.mark.django_db]

BIG = re.compile(r"Seq Scan on (petitions_signature|supporters_\w+)")
SIZE = 200_000
SIGNATURES = "petitions_signature"
QUERIES: list[tuple[str, dict[str, Any]]] = [
    *((SIGNATURES, {"q": typed}) for typed in (
        "person77777@gmail.com", "nobody@example.org", "@gmail.com", "@firm120.example", "@no.example",
        "203.0.113.1", "203.0.113.0/24", "24.31.0.0/16", "198.51.100.7", "2001:db8::/32",
        "35075", "99999", "Tremblay", "trembl", "zoe trembl", "marie", "qumaq nuka", "nobody of this name", "“Roy”",
    )),
    *((SIGNATURES, {"state": state}) for state in ("pending", "confirmed", "held", "invalid", "withdrawn")),
    *((SIGNATURES, {"suspicion": reason}) for reason in ("honeypot", "too_fast", "bounced")),
    (SIGNATURES, {}),
    (SIGNATURES, {"p": "100"}),
    (SIGNATURES, {"riding": "24001"}),
    (SIGNATURES, {"riding": "24001", "state": "held"}),
    (SIGNATURES, {"state": "held", "q": "203.0.113.0/24"}),
    (SIGNATURES, {"petition": "{petition}"}),
    (SIGNATURES, {"petition": "{petition}", "state": "held"}),
    (SIGNATURES, {"petition": "{petition}", "state": "invalid", "q": "@gmail.com"}),
    (SIGNATURES, {"petition": "{small}"}),
    (SIGNATURES, {"petition": "{small}", "q": "@gmail.com"}),
    (SIGNATURES, {"supporter__id__exact": "7777"}),
    (SIGNATURES, {"invalidation__id__exact": "1"}),
    *(("supporters_supporter", {"q": typed}) for typed in ("person7@gmail.com", "35075", "Tremblay", "wong li", "")),
    *(("supporters_consentevent", {"q": typed}) for typed in ("person7@gmail.com", "")),
    ("supporters_consentevent", {"supporter__id__exact": "7777"}),
    *(("supporters_outgoingmessage", {"q": typed}) for typed in ("person7@gmail.com", "petitions/confirm:7:1")),
    *(("supporters_mailevent", {"q": typed}) for typed in ("person7@gmail.com", "petitions/confirm:7:1")),
    ("supporters_mailsuppression", {"q": "person7@gmail.com"}),
]  # fmt: skip
# Of these tables the test has few rows, and reading few rows is what the planner should do.
SMALL = re.compile(
    r"Seq Scan on supporters_(outgoingmessage|mailevent|mailsuppression|user|consentwording)\b"
)


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> Petition:
    # The machine of a test may be busy; what counts here is how rows are found.
    monkeypatch.setattr(CappedPaginator, "patience", "60s")
    return make_signatures(SIZE)


def test_no_search_reads_a_whole_table(organizer_client: Client, crowd: Petition) -> None:
    small = make.petition("small")
    make.signed(small)
    offenders, empty = {}, []
    for model, query in QUERIES:
        filled = {name: value.format(petition=crowd.pk, small=small.pk) for name, value in query.items()}
        with plans() as seen:
            answer = organizer_client.get(reverse(f"admin:{model}_changelist"), filled)
        whole = [plan for plan in seen if BIG.search(SMALL.sub("", plan))]
        if whole or answer.status_code != 200:
            offenders[model, str(query)] = whole
        if not seen:
            empty.append(query)

    assert (offenders, empty) == ({}, [])


def test_the_list_says_how_many_there_are_without_counting_them_all(
    organizer_client: Client, crowd: Petition
) -> None:
    email = Supporter.objects.latest("pk").email
    cases = {
        "": "about 200,000 signatures",
        "state=confirmed": "too many to count signatures",
        "state=held": "2,000 signatures",
        f"q={email}": "1 signature",
    }

    found = {}
    for query in cases:
        page = organizer_client.get(
            f"{reverse('admin:petitions_signature_changelist')}?{query}"
        ).content.decode()
        paginator = page.split('<p class="paginator">')[1].split("</p>")[0]
        found[query] = " ".join(paginator.split())
    common = organizer_client.get(reverse("admin:petitions_signature_changelist"), {"q": "marie"})

    assert {query: found[query].endswith(words) for query, words in cases.items()} == dict.fromkeys(
        cases, True
    )
    assert "1000 people or more have such a name" in common.content.decode()


def test_a_list_whose_rows_take_too_long_to_count_opens_nevertheless(
    organizer_client: Client, crowd: Petition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CappedPaginator, "patience", "1ms")

    page = organizer_client.get(reverse("admin:petitions_signature_changelist"), {"state": "pending"})

    assert (page.status_code, "too many to count" in page.content.decode()) == (200, True)
