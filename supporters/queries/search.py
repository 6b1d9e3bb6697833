"""People by what organizers type, among millions: always by an index."""

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection, transaction

from supporters.models import Supporter
from supporters.rules.email import BadAddress, read_address
from supporters.rules.name_search import name_tsquery

MOST_PEOPLE = 1000


def people_called(words: str, most: int = MOST_PEOPLE) -> list[int]:
    """Return the ids of at most so many people whose names have all these words or beginnings of words."""
    query = name_tsquery(words)
    if not query:
        return []
    vector = SearchVector("search_text", config="simple")
    found = Supporter.objects.annotate(words=vector).filter(
        words=SearchQuery(query, search_type="raw", config="simple")
    )
    with transaction.atomic(), connection.cursor() as cursor:
        # For a common name the planner would read the table from its start, parsing name after name.
        cursor.execute("SET LOCAL enable_seqscan = off")
        ids = list(found.values_list("pk", flat=True)[:most])
        cursor.execute("SET LOCAL enable_seqscan = on")
    return ids


def address_key(typed: str) -> str:
    """Return the canonical form of an e-mail address; empty if it is none."""
    try:
        return read_address(typed).key
    except BadAddress:
        return ""


def people_at(typed: str) -> list[int]:
    """Return the ids of the people of an e-mail address, however it is spelled."""
    return list(Supporter.objects.filter(email_key=address_key(typed)).values_list("pk", flat=True))
