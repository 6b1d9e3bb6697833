"""Finding the ridings and parties that a result file speaks of."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from campaign.models import Party
from campaign.services import create_party
from coop4canada.kit.text import plain
from ridings.importers.files import FileRefused, Row, Table
from ridings.importers.results.entries import Entry, RidingKey
from ridings.models import BoundarySet, Riding
from ridings.rules.ballot_line import BallotLine, UnknownLabel, label_key, labels_by_key, parse_ballot_line
from ridings.rules.provinces import province_named
from ridings.rules.search_text import tidy_name

EXAMPLES = 5


class RidingFinder:
    """Finds a riding of one boundary set by number, or by name within its province."""

    def __init__(self, boundary_set: BoundarySet) -> None:
        """Read the ridings of the set once."""
        self.code = boundary_set.code
        self.other_names: dict[int, set[str]] = defaultdict(set)
        self._by_number = {riding.number: riding for riding in boundary_set.ridings.all()}
        self._by_name: dict[tuple[str, str], Riding] = {}
        for riding in self._by_number.values():
            for name in (riding.name_en, riding.name_fr, *riding.other_names):
                self._by_name[riding.province, plain(name)] = riding

    @property
    def all_ids(self) -> set[int]:
        """Ids of every riding of the set."""
        return {riding.pk for riding in self._by_number.values()}

    def number_of(self, riding_id: int) -> int:
        """FED number of the riding with this id."""
        return next(riding.number for riding in self._by_number.values() if riding.pk == riding_id)

    def find(self, key: RidingKey) -> Riding | None:
        """Return the riding, or None; a name that differs from ours is kept as another name of it."""
        if key.number is None:
            province = province_named(key.province)
            names = [key.name, *key.name.split("/")]
            return next(
                (r for name in names if (r := self._by_name.get((province or "", plain(name))))), None
            )
        riding = self._by_number.get(key.number)
        if riding and key.name:
            self._note_names(riding, key.name)
        return riding

    def find_or_refuse(self, table: Table, row: Row, key: RidingKey) -> Riding:
        """Return the riding; the error names the line."""
        riding = self.find(key)
        if riding is None:
            name = f"{key.number or ''} {key.name}".strip()
            raise table.refuse(
                row,
                f"riding “{name}” is not in boundary set {self.code}. Choose the set the file was made for "
                "with "
                "--boundary-set, or, if the riding was renamed, add the name to its other names.",
            )
        return riding

    def _note_names(self, riding: Riding, text: str) -> None:
        known = {plain(name) for name in (riding.name_en, riding.name_fr, *riding.other_names)}
        if plain(text) not in known:
            self.other_names[riding.pk] |= {
                name for part in text.split("/") if plain(name := tidy_name(part)) not in known
            }


class PartyFinder:
    """Finds a party by its code or by any label under which it stood on ballots."""

    def __init__(self) -> None:
        """Read the parties once."""
        self.reload()

    def reload(self) -> None:
        """Read the parties anew, after some were created."""
        self.by_code = {party.code: party.pk for party in Party.objects.all()}
        labels = {
            party.code: list(_labels(party)) for party in Party.objects.order_by("-display_order", "code")
        }
        self._known = labels_by_key(labels)
        self._glued = labels_by_key(
            {party.code: party.ballot_labels for party in Party.objects.order_by("code")}
        )
        self.unknown: Counter[str] = Counter()

    def line(self, entry: Entry) -> BallotLine | None:
        """Return who stands for what; None, noted under `unknown`, if the party is not known."""
        if entry.glued:
            try:
                return parse_ballot_line(entry.glued, self._glued)
            except UnknownLabel as error:
                self.unknown[error.label] += 1
                return None
        code = entry.party_code or self._known.get(label_key(entry.party_label), "")
        if code not in self.by_code:
            self.unknown[entry.party_code or entry.party_label] += 1
            return None
        return BallotLine(entry.person, entry.party_label, code, entry.is_incumbent)


def _labels(party: Party) -> Iterable[str]:
    yield from (party.name_en, party.name_fr, party.short_en, party.short_fr)
    for label in party.ballot_labels:
        parts = label.split("/")
        yield label
        # One party's own label has slashes: the English half ends in the middle.
        yield "/".join(parts[: max(len(parts) // 2, 1)])


def create_missing_parties(labels: Iterable[str]) -> list[str]:
    """Create a party for each label, as one to be completed in the admin; return their codes."""
    return [create_party(label=label).code for label in labels]


def refuse_unknown_parties(table: Table, unknown: "Counter[str]") -> FileRefused:
    """Return the error that lists the labels no party has."""
    labels = ", ".join(f"“{label}” ({count} rows)" for label, count in unknown.most_common(EXAMPLES))
    more = f" and {len(unknown) - EXAMPLES} more" if len(unknown) > EXAMPLES else ""
    return FileRefused(
        f"{table.name} has party labels not known here: {labels}{more}. Add them to the ballot labels of a "
        "party, or "
        "use --create-parties."
    )
