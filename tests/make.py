"""Builders of rows for tests: the least that is needed, the rest by default."""

import datetime as dt
from typing import Any

from campaign.models import Party
from petitions.models import Petition, Signature
from petitions.services import Signer, sign_petition
from ridings.enums import BoundaryStatus, Method
from ridings.models import BoundarySet, Election, Preset, Result, Riding
from supporters.models import ConsentWording, OutgoingMessage
from supporters.rules.email import read_address
from supporters.services import Circumstances, Details

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

PARTIES = {
    "CPC": ("Conservatives", "target"),
    "LPC": ("Liberals", "cooperating"),
    "NDP": ("NDP", "cooperating"),
    "GPC": ("Greens", "cooperating"),
    "BQ": ("Bloc", "cooperating"),
    "IND": ("Independent", "other"),
}


def parties() -> dict[str, Party]:
    """Make the parties of the map."""
    for order, (code, (name, role)) in enumerate(PARTIES.items()):
        names = {"name_en": name, "name_fr": name, "short_en": name, "short_fr": name}
        phrases = {"phrase_en": f"the {name}", "phrase_fr": f"les {name}"}
        Party.objects.update_or_create(
            code=code, defaults={**names, **phrases, "role": role, "display_order": order}
        )
    return {party.code: party for party in Party.objects.filter(code__in=PARTIES)}


def boundary_set(code: str = "2023", status: str = BoundaryStatus.LIVE, **fields: Any) -> BoundarySet:
    return BoundarySet.objects.create(code=code, status=status, riding_count=3, **fields)


def riding(boundary_set: BoundarySet, number: int = 35001, name: str = "Somewhere", **fields: Any) -> Riding:
    return Riding.objects.create(
        boundary_set=boundary_set,
        number=number,
        **{"name_en": name, "name_fr": name, "province": "ON", "search_text": name.lower(), **fields},
    )


def election(boundary_set: BoundarySet, number: int = 45, held_on: str = "2025-04-28") -> Election:
    return Election.objects.create(
        number=number, held_on=dt.date.fromisoformat(held_on), boundary_set=boundary_set
    )


def results(election: Election, riding: Riding, **votes: int) -> None:
    rows = Party.objects.in_bulk(votes, field_name="code")
    Result.objects.bulk_create(
        Result(election=election, riding=riding, party=rows[code], votes=count)
        for code, count in votes.items()
    )


def preset(method: str = Method.PIVOTAL, **parameters: float) -> Preset:
    return Preset.objects.create(method=method, parameters=parameters, is_active=True)


def small_country() -> dict[str, Any]:
    """Make three ridings on live boundaries: a close split one, a safe one, a partner's close hold."""
    parties()
    live = boundary_set()
    vote = election(live)
    rows = [
        riding(live, 35001, "Split"),
        riding(live, 35002, "Safe"),
        riding(live, 59003, "Held", province="BC"),
    ]
    results(vote, rows[0], CPC=4200, LPC=3900, NDP=1500, GPC=400)
    results(vote, rows[1], CPC=7000, LPC=2000, NDP=1000)
    results(vote, rows[2], CPC=4000, NDP=4300, LPC=1500)
    return {"boundary_set": live, "election": vote, "ridings": rows, "preset": preset()}


def petition(slug: str = "cooperate", **fields: Any) -> Petition:
    """Make a petition that is open."""
    texts = {
        f"{field}_{language}": f"{field} {language}"
        for field in ("title", "summary", "statement", "letter")
        for language in ("en", "fr")
    }
    defaults = {
        **texts,
        "slug_en": slug,
        "slug_fr": f"{slug}-fr",
        "goal": 1000,
        "opens_at": NOON - dt.timedelta(days=1),
        "is_published": True,
    }
    return Petition.objects.create(**{**defaults, **fields})


def wording(purpose: str = "news") -> ConsentWording:
    words = {"text_en": f"Yes to {purpose}", "text_fr": f"Oui à {purpose}", "digest": f"digest of {purpose}"}
    return ConsentWording.objects.create(purpose=purpose, created_at=NOON, **words)


def details(email: str = "amara@example.org", name: str = "Amara Diallo", **fields: Any) -> Details:
    return Details(name=name, address=read_address(email), **fields)


def circumstances(**fields: Any) -> Circumstances:
    return Circumstances(**{"page": "/petitions/cooperate/", "origin": "192.0.2.1/32", **fields})


def signed(
    petition: Petition, email: str = "amara@example.org", name: str = "Amara Diallo", **fields: Any
) -> Signature:
    """Sign as the form does, at noon; fields beside those of Signer describe the person."""
    now = fields.pop("now", NOON)
    about = {key: fields.pop(key) for key in ("postal_code", "riding_number", "language") if key in fields}
    signer = Signer(details(email, name, **about), **fields)
    sign_petition(petition=petition, signer=signer, circumstances=circumstances(), now=now)
    return Signature.objects.filter(
        petition=petition, supporter__email_key=signer.details.address.key
    ).latest("pk")


def mails(**filters: Any) -> list[str]:
    """Return the kinds of the mails in the outbox, oldest first."""
    return list(OutgoingMessage.objects.filter(**filters).order_by("pk").values_list("kind", flat=True))
