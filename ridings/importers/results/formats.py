"""Which reader a result file needs, found by its header and never by its name."""

from collections.abc import Mapping
from pathlib import Path

from ridings.importers.files import FileRefused, Table, read_text, table_of
from ridings.importers.results import official, tidy, transposition
from ridings.importers.results.entries import VoteFile

# By these words the header line is known where others stand above it; nothing else in those files has them.
HEADERS_BELOW_A_PREAMBLE = (transposition.NUMBER_2013, "Electoral district number - ")


def read_votes(path: Path, *, election: int, codes: Mapping[str, int]) -> VoteFile:
    """Return the entries of a result file of any known format.

    Args:
        path: the file, gzip-compressed or not.
        election: ordinal number, for files that hold several elections.
        codes: {party code: id}, by which a table with one column a party is known.

    Raises: FileRefused if the header is of no known format, or a row cannot be read.
    """
    text = read_text(path)
    preamble = next((words for words in HEADERS_BELOW_A_PREAMBLE if words in text[:2000]), None)
    table = table_of(text, path.name, header_has=preamble)
    file = _read(table, election, codes)
    if file is None:
        raise FileRefused(
            f"{path.name} is no result table known here: its header reads “{', '.join(table.columns[:6])}…”. "
            "See docs/operations.md for the files that can be loaded."
        )
    if not file.entries and not file.turnouts:
        raise FileRefused(f"{path.name} has no row for election {election}.")
    return file


def _read(table: Table, election: int, codes: Mapping[str, int]) -> VoteFile | None:
    with_election = ((tidy.is_candidates, tidy.read_candidates), (tidy.is_turnout, tidy.read_turnout))
    for fits, read_of in with_election:
        if fits(table):
            return read_of(table, election)
    if tidy.is_wide(table, codes):
        return tidy.read_wide(table, codes)
    plain = (
        (tidy.is_long, tidy.read_long),
        (official.is_results_service, official.read_results_service),
        (official.is_table_12, official.read_table_12),
        (official.is_table_11, official.read_table_11),
        (transposition.is_long, transposition.read_long),
        (transposition.is_2011, transposition.read_2011),
    )
    return next((read(table) for fits, read in plain if fits(table)), None)
