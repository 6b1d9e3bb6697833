"""Conditions on signatures that the database answers by an index."""

from django.db.models import BooleanField, Func, GenericIPAddressField, Q, Value
from django.db.models.functions import Cast, NullIf

# The address as PostgreSQL's type, as the index `signature_by_network` spells it; an emptied one is none.
ORIGIN_NETWORK = Cast(NullIf("origin", Value("")), GenericIPAddressField())


def is_within(network: str) -> Q:
    """Return the condition that a signature came from this network (CIDR)."""
    inside = Func(
        ORIGIN_NETWORK,
        Cast(Value(network), GenericIPAddressField()),
        arg_joiner=" <<= ",
        template="(%(expressions)s)",
        output_field=BooleanField(),
    )
    return Q(inside) & ~Q(origin="")


def has_suspicion(suspicion: str) -> Q:
    """Return the condition that a signature is looked at for this reason."""
    return Q(suspicion__contains=suspicion) & ~Q(suspicion="")
