"""Which reasons signatures are looked at for, alone and together."""

from django.db import connection

# Steps through the index from one text to the next: there are dozens of texts and maybe a million rows.
SEEN = """
    WITH RECURSIVE seen AS (
        (SELECT suspicion FROM petitions_signature WHERE suspicion > '' AND suspicion <> '' ORDER BY suspicion LIMIT 1)
        UNION ALL
        SELECT (
            SELECT suspicion FROM petitions_signature
            WHERE suspicion > seen.suspicion AND suspicion <> '' ORDER BY suspicion LIMIT 1
        ) FROM seen WHERE seen.suspicion IS NOT NULL
    ) SELECT suspicion FROM seen WHERE suspicion IS NOT NULL
"""


def texts_with(suspicion: str) -> list[str]:
    """Return every text of the column `suspicion` in use that holds this reason."""
    with connection.cursor() as cursor:
        cursor.execute(SEEN)
        return [text for (text,) in cursor.fetchall() if suspicion in text.split()]
