"""Proofs of work count once."""

from datetime import datetime

from django.db import connection

SPEND = """
    INSERT INTO supporters_usedproof (digest, expires_at) VALUES (%s, %s) ON CONFLICT DO NOTHING
"""


def use_proof(*, digest: str, expires_at: datetime) -> bool:
    """Spend a proof; say whether it was still unspent."""
    with connection.cursor() as cursor:
        cursor.execute(SPEND, [digest, expires_at])
        return bool(cursor.rowcount == 1)
