"""A crowd: as many signatures as wanted, written by the database itself.

For measuring at the size of the biggest petition ever. People, signatures and consents look like real ones; the order of
ids is the order in time. Triggers and foreign keys rest meanwhile, and the counts are filled in afterwards.
"""

import datetime as dt
from typing import Any

from django.db import connection, transaction

from petitions.models import Petition
from supporters.models import ConsentWording
from tests import make

FIRST_NAMES = """Marie Jean Zoë Amara Dev Chantal Bruno Edith Noah Liam Olivia Émile Léa Wei Priya Ahmed Fatima Anh Mikhail
Kateri Nuka Sarah Thomas Geneviève François Siobhán Carlos Inés Yuki Min""".split()  # noqa: SIM905
LAST_NAMES = """Tremblay Gagnon Roy Côté Bouchard Smith Brown Martin Wilson MacDonald Nguyễn Singh Patel Kaur Li Wong Kim Chen
O'Brien Diallo Papineau Lévesque Morin Fortin Gauthier Campbell Stewart Fraser Ivanov Rossi Silva García Khan Ali Hassan Cardinal
Bear Obomsawin Qumaq Ouellet Pelletier Thériault LeBlanc Arsenault Bélanger Dubé Poirier Lapointe Girard Simard Boucher Caron
Beaulieu Cloutier Dubois Poulin Mercier Nadeau Turgeon""".split()  # noqa: SIM905
# Most mail goes to a few domains; one signer in twenty has another one.
DOMAINS = """gmail.com gmail.com gmail.com gmail.com gmail.com hotmail.com hotmail.com outlook.com yahoo.ca icloud.com
videotron.ca bell.net rogers.com shaw.ca telus.net sympatico.ca live.ca me.com protonmail.com""".split()  # noqa: SIM905
RIDINGS = [35001 + number for number in range(122)] + [24001 + number for number in range(78)]

# What is drawn from a number by multiplying with a prime is spread evenly, and the same in every run.
PEOPLE = """
    INSERT INTO supporters_supporter (id, email, email_key, household_place, name, search_text, postal_code, riding_number,
        riding_source, language, phone, email_confirmed_at, created_at)
    SELECT %(people)s + n, email, email, 1, first || ' ' || last, plain_first || ' ' || plain_last, postal_code, riding,
        'postal', CASE WHEN n %% 5 = 0 THEN 'fr' ELSE 'en' END, '', CASE WHEN n %% 7 > 0 THEN at END, at
    FROM crowd
"""
SIGNATURES = """
    INSERT INTO petitions_signature (id, petition_id, supporter_id, state, name, postal_code, riding_number, riding_source,
        language, is_public, method, suspicion, origin, email_domain, created_at, confirmed_at, mailed_at, mail_count,
        state_before)
    SELECT %(signatures)s + n, %(petition)s, %(people)s + n, state, first || ' ' || last, postal_code, riding, 'postal',
        CASE WHEN n %% 5 = 0 THEN 'fr' ELSE 'en' END, n %% 3 = 0, 'web', CASE state WHEN 'held' THEN 'honeypot'
        WHEN 'invalid' THEN 'too_fast' ELSE '' END, origin, domain, at, CASE WHEN state = 'confirmed' THEN at END, at, 1, ''
    FROM crowd
"""
CONSENTS = """
    INSERT INTO supporters_consentevent (supporter_id, address_hash, purpose, decision, wording_id, language, method, page, at,
        origin, user_agent)
    SELECT %(people)s + n, encode(sha256(email::bytea), 'hex'), 'news', 'given', %(wording)s, 'en', 'web',
        '/petitions/cooperate/sign/', at, origin, 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0'
    FROM crowd WHERE n %% 5 < 2
"""
CROWD = """
    CREATE TEMPORARY TABLE crowd AS
    SELECT n, email, domain, postal_code, riding, state, origin, at,
        first, last, lower(translate(first, 'ëÉéèçáûñ', 'eEeecaun')) AS plain_first,
        lower(translate(last, 'ôéèễíç', 'oeeeic')) AS plain_last
    FROM (
        SELECT n, %(start)s + n * %(step)s AS at,
            (%(first_names)s::text[])[1 + (n * 7919) %% %(first_count)s] AS first,
            (%(last_names)s::text[])[1 + (n * 104729) %% %(last_count)s] AS last,
            (%(ridings)s::int[])[1 + (n * 15485863) %% %(riding_count)s] AS riding,
            'K' || n %% 10 || 'A' || n / 10 %% 10 || 'B' || n / 100 %% 10 AS postal_code,
            CASE WHEN n %% 100 < 80 THEN 'confirmed' WHEN n %% 100 < 96 THEN 'pending' WHEN n %% 100 < 97 THEN 'held'
                WHEN n %% 100 < 99 THEN 'invalid' ELSE 'withdrawn' END AS state,
            CASE WHEN n %% 50 = 0 THEN '203.0.113.' || n / 50 %% 4 || '/32'
                ELSE '24.' || (n * 31) %% 256 || '.' || (n * 37) / 256 %% 256 || '.' || n / 7 %% 256 || '/32' END AS origin,
            CASE WHEN n %% 20 = 0 THEN 'firm' || n %% 5000 || '.example' ELSE (%(domains)s::text[])[1 + n %% %(domain_count)s]
                END AS domain,
            'person' || %(people)s + n || '@' || CASE WHEN n %% 20 = 0 THEN 'firm' || n %% 5000 || '.example'
                ELSE (%(domains)s::text[])[1 + n %% %(domain_count)s] END AS email
        FROM generate_series(1::bigint, %(count)s) AS n
    ) AS drawn
"""
COUNTS = """
    DELETE FROM petitions_countchange WHERE petition_id = %(petition)s;
    INSERT INTO petitions_tally (petition_id, riding_number, confirmed, pending)
    SELECT petition_id, coalesce(riding_number, 0), count(*) FILTER (WHERE state = 'confirmed'),
        count(*) FILTER (WHERE state = 'pending' AND suspicion = '')
    FROM petitions_signature WHERE petition_id = %(petition)s GROUP BY 1, 2
    ON CONFLICT (petition_id, riding_number) DO UPDATE SET confirmed = excluded.confirmed, pending = excluded.pending;
    INSERT INTO petitions_petitioncount (petition_id, confirmed, pending, counted_at)
    SELECT petition_id, sum(confirmed), sum(pending), %(end)s FROM petitions_tally WHERE petition_id = %(petition)s GROUP BY 1
    ON CONFLICT (petition_id) DO UPDATE SET confirmed = excluded.confirmed, pending = excluded.pending
"""
TABLES = ("supporters_supporter", "petitions_signature", "supporters_consentevent")


@transaction.atomic
def make_signatures(
    count: int, *, petition: Petition | None = None, end: dt.datetime = make.NOON, days: int = 20
) -> Petition:
    """Add `count` signatures of as many new people, evenly over the last `days` days before `end`; return the petition.

    One in twenty-five hundred comes from each of 203.0.113.0 to .3; of a hundred 80 are confirmed, 16 pending, one held.
    Needs a database superuser, because triggers and foreign keys rest.
    """
    if petition is None:
        petition = Petition.objects.first() or make.petition()
    wording = ConsentWording.objects.first() or make.wording()
    with connection.cursor() as cursor:
        values: dict[str, Any] = {
            "count": count, "petition": petition.pk, "wording": wording.pk, "people": _last_id(cursor, TABLES[0]),
            "signatures": _last_id(cursor, TABLES[1]), "start": end - dt.timedelta(days=days), "end": end,
            "step": dt.timedelta(days=days) / max(count, 1), "first_names": FIRST_NAMES, "last_names": LAST_NAMES,
            "first_count": len(FIRST_NAMES), "last_count": len(LAST_NAMES), "domains": DOMAINS,
            "domain_count": len(DOMAINS), "ridings": RIDINGS, "riding_count": len(RIDINGS),
        }  # fmt: skip
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in (CROWD, PEOPLE, SIGNATURES, CONSENTS, *COUNTS.split(";\n"), "DROP TABLE crowd"):
            cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")
        for table in TABLES[:2]:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")
    return petition


def _last_id(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
    return int(cursor.fetchone()[0])
