"""Builders of teams, lists, doors, contacts and scripts."""

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

from coop4canada.kit.signing import keyed_hash
from supporters.models import User
from volunteers.enums import (
    Channel,
    Effect,
    JoinMode,
    ListState,
    MembershipState,
    Need,
    Outcome,
    QuestionKind,
    ScriptPurpose,
    ZoneSource,
)
from volunteers.models import (
    Attempt,
    Contact,
    ContactList,
    Door,
    Membership,
    Script,
    ScriptOption,
    ScriptQuestion,
    ScriptVersion,
    Team,
    Turf,
)
from volunteers.rules.addresses import address_key, street_key

RIDING, OTHER_RIDING = 35075, 59003
# A Wednesday, 14:00 in Toronto: within every calling window of the country but the Pacific's early one.
NOON = datetime(2026, 11, 25, 19, 0, tzinfo=UTC)

_next = count(1)


def team(riding_number: int | None = RIDING, **fields: object) -> Team:
    """Make a team; without a riding it is the phone team."""
    return Team.objects.create(
        **{"riding_number": riding_number, "join_mode": JoinMode.OPEN, "created_at": NOON, **fields}
    )


def volunteer(email: str = "bruno@example.org", *, of: Team | None = None) -> User:
    """Make an account without a role, a member of a team if one is named."""
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, name=email.split("@", maxsplit=1)[0]
    )
    if of:
        Membership.objects.get_or_create(
            team=of, user=user, state=MembershipState.ACTIVE, defaults={"asked_at": NOON, "joined_at": NOON}
        )
    return user


def contact_list(channel: Channel = Channel.PHONE, **fields: object) -> ContactList:
    """Make an active list: of doors in the riding, or of people to call anywhere."""
    riding = RIDING if channel == Channel.DOOR else None
    given = {
        "channel": channel,
        "name": f"List {next(_next)}",
        "riding_number": riding,
        "state": ListState.ACTIVE,
    }
    kept = {"source": "Own survey", "basis": "Agreed to", "purge_on": NOON.date() + timedelta(days=200)}
    return ContactList.objects.create(**{**given, **kept, "created_at": NOON, **fields})


def door(of: ContactList, number: int = 1, street: str = "Main St", **fields: object) -> Door:
    """Make a door; its point lies along the street by its number."""
    digest = keyed_hash(address_key(number=number, suffix="", unit="", street=street, place="Ottawa"))
    place = {"longitude": -75.7 + number / 10_000, "latitude": 45.4, "city": "Ottawa"}
    given = {"number": number, "street": street, "street_key": street_key(street), "address_digest": digest}
    return Door.objects.create(**{"contact_list": of, **place, **given, **fields})


def turf(of: ContactList, by: Team, *doors: Door, **fields: object) -> Turf:
    """Make a turf of these doors, walked in this order."""
    square = [[-76, 45], [-75, 45], [-75, 46], [-76, 46], [-76, 45]]
    outline = {"type": "Polygon", "coordinates": [square]}
    given = {"name": f"Turf {next(_next)}", "outline": outline, "boundary_code": "2023", "created_at": NOON}
    made = Turf.objects.create(**{"contact_list": of, "team": by, **given, **fields})
    for position, one in enumerate(doors, start=1):
        Door.objects.filter(pk=one.pk).update(turf=made, walk_position=position)
    return made


def contact(of: ContactList, phone: str = "+16135550123", **fields: object) -> Contact:
    """Make somebody to call in Ottawa, a swing riding here, ready now."""
    digest = keyed_hash(phone)
    given = {"name": f"Voter {next(_next)}", "phone": phone, "phone_digest": digest, "household_key": digest}
    place = {"riding_number": RIDING, "zone": "America/Toronto", "zone_source": ZoneSource.RIDING}
    place |= {"priority": Need.SWING}
    return Contact.objects.create(**{"contact_list": of, "next_at": NOON, **given, **place, **fields})


def script_version(channel: Channel = Channel.PHONE) -> ScriptVersion:
    """Make a published script: one question with yes, no, and "never contact me again"."""
    script = Script.objects.create(
        name=f"Script {next(_next)}", channel=channel, purpose=ScriptPurpose.PERSUASION, created_at=NOON
    )
    version = ScriptVersion.objects.create(
        script=script, version=1, opening_en="Hello", opening_fr="Bonjour", created_at=NOON
    )
    question = ScriptQuestion.objects.create(
        version=version, key="support", kind=QuestionKind.ONE, text_en="With us?", text_fr="Avec nous ?"
    )
    for key, effect in {"yes": Effect.SUCCESS, "no": Effect.NONE, "never": Effect.DO_NOT_CONTACT}.items():
        ScriptOption.objects.create(question=question, key=key, label_en=key, label_fr=key, effect=effect)
    ScriptQuestion.objects.create(
        version=version, key="why", kind=QuestionKind.TEXT, text_en="Why?", text_fr="Pourquoi ?", display_order=200
    )  # fmt: skip
    # Nothing is added to what is published.
    version.content_hash, version.published_at = "0" * 64, NOON
    version.save()
    return version


def attempt(channel: Channel = Channel.PHONE, **fields: object) -> Attempt:
    """Make an attempt of nobody in particular: a conversation in the riding, at noon."""
    given = {"channel": channel, "riding_number": RIDING, "outcome": Outcome.ANSWERED, "client_id": uuid4()}
    return Attempt.objects.create(**{**given, "happened_at": NOON, "received_at": NOON, **fields})
