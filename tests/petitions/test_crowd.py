"""The generated crowd is like one that signed by the form."""

import pytest

from petitions.models import PetitionCount, Signature
from petitions.services import recount_signatures
from supporters.models import ConsentEvent, Supporter
from tests import make
from tests.crowd import make_signatures


@pytest.mark.usefixtures("no_country")
def test_a_crowd_is_counted_rightly_and_people_sign_after_it() -> None:
    petition = make_signatures(1000)
    again = make_signatures(1000, petition=petition)
    make.signed(petition)

    assert (again, Signature.objects.count(), Supporter.objects.count()) == (petition, 2001, 2001)
    assert ConsentEvent.objects.count() == 800
    assert recount_signatures(now=make.NOON) == []
    count = PetitionCount.objects.get(petition=petition)
    assert (count.confirmed, count.pending) == (1600, 321)
