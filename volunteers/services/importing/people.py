"""People to call of a file into a list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from coop4canada.kit.signing import keyed_hash
from coop4canada.kit.text import plain
from ridings.queries.clocks import riding_clocks
from ridings.queries.codes import CodeShare, ridings_of_codes
from ridings.queries.lookup import LIKELY_SHARE
from volunteers.enums import ContactState, ZoneSource
from volunteers.enums.importing import RowFault
from volunteers.models import Contact, ContactList
from volunteers.rules.contact_files import FileRow
from volunteers.rules.contact_rows import BadRow, PersonRow, RowReader
from volunteers.services.importing.taking import Known, Taker, Wanted, address_digest


class PersonTaker(Taker):
    """Recognises somebody by the number in the source, else by phone and name; their riding tells by which clock they live.

    All of one number are one household, whatever their addresses: the telephone rings once for them all.
    """

    model = Contact
    fields = (
        "source_id", "name", "language", "phone", "phone_digest", "address_digest", "household_key",
        "riding_number", "zone", "zone_source", "state",
    )  # fmt: skip

    def __init__(self, contact_list: ContactList, reader: RowReader, now: datetime) -> None:
        """Read the list, and the ridings with their clocks."""
        self._households: dict[str, str] = {}
        super().__init__(contact_list, reader, now)
        self._clocks = riding_clocks()
        self._names = {
            plain(name): number
            for number, clock in self._clocks.items()
            for name in (clock.name_en, clock.name_fr)
        }
        self._shares: dict[str, tuple[CodeShare, ...]] = {}
        self._people: dict[int, PersonRow | BadRow] = {}

    def first_values(self) -> dict[str, Any]:
        """They may be called from now on."""
        return {"next_at": self.now}

    def look_up(self, chunk: Sequence[FileRow]) -> None:
        """Read the rows, and ask for the ridings of their postal codes at once."""
        self._people = {row.line: self._read(row) for row in chunk}
        codes = {one.place.postal_code for one in self._people.values() if isinstance(one, PersonRow)}
        self._shares = ridings_of_codes(codes - {""})

    def identity_of(self, values: Sequence[Any]) -> tuple[str, str]:
        """Return phone and name; notes on the way which household a number is of."""
        self._households.setdefault(values[4], values[6])
        return values[3], values[1]

    def wanted(self, row: FileRow) -> Wanted:
        """Return somebody to call with riding, clock and household."""
        person = self._people[row.line]
        if isinstance(person, BadRow):
            raise person
        riding = self._riding_of(person)
        phone, address = keyed_hash(person.phone), address_digest(person.place)
        household = self._households.setdefault(phone, address or phone)
        is_suppressed = phone in self.phones or address in self.addresses
        state = ContactState.SUPPRESSED if is_suppressed else ContactState.READY
        zone = self._clocks[riding].clock.zone
        values = (
            person.source_id, person.name, person.language, person.phone, phone, address, household,
            riding, zone, ZoneSource.RIDING.value, state.value,
        )  # fmt: skip
        return Wanted((person.phone, person.name), person.source_id, values, is_suppressed)

    def merged(self, wanted: Wanted, known: Known) -> tuple[Any, ...]:
        """Let the file say what it tells; what it leaves blank stays, and what came of calls unless the number is new."""
        old, new = known.values, list(wanted.values)
        new[0] = old[0] or new[0]
        new[2] = new[2] or old[2]
        new[5] = new[5] or old[5]
        if not (wanted.is_suppressed or new[5] in self.addresses):
            is_open_again = old[-1] == ContactState.SUPPRESSED or (
                old[-1] == ContactState.INVALID and old[4] != new[4]
            )
            new[-1] = ContactState.READY.value if is_open_again else old[-1]
        else:
            new[-1] = ContactState.SUPPRESSED.value
        return tuple(new)

    def _read(self, row: FileRow) -> PersonRow | BadRow:
        try:
            return self.reader.person(row.cells)
        except BadRow as error:
            return error

    def _riding_of(self, person: PersonRow) -> int:
        number = self._riding_told(person)
        if self.contact_list.riding_number not in {None, number}:
            raise BadRow(RowFault.OUTSIDE, person.riding or person.place.postal_code)
        return number

    def _riding_told(self, person: PersonRow) -> int:
        of_list = self.contact_list.riding_number
        if person.riding:
            number = (
                int(person.riding) if person.riding.isdecimal() else self._names.get(plain(person.riding))
            )
            if number not in self._clocks:
                raise BadRow(RowFault.RIDING, person.riding)
            return number
        code = person.place.postal_code
        if not code:
            if of_list is None:
                raise BadRow(RowFault.WHERE)
            return of_list
        return self._riding_of_code(code)

    def _riding_of_code(self, code: str) -> int:
        shares = self._shares.get(code)
        if shares is None:
            raise BadRow(RowFault.UNKNOWN_CODE, code)
        of_list = self.contact_list.riding_number
        if of_list is not None and any(share.number == of_list for share in shares):
            return of_list
        if len(shares) > 1 and shares[0].share < LIKELY_SHARE:
            raise BadRow(RowFault.SEVERAL, code)
        return shares[0].number
