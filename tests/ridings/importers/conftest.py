"""Three ridings and six parties, for result files of every form."""

import pytest

from campaign.models import Party
from ridings.enums import BoundaryStatus
from ridings.models import BoundarySet, Riding
from tests import make

LABELS = {
    "CPC": ["Conservative/Conservateur", "Conservative/conservateur"],
    "LPC": ["Liberal/Libéral"],
    "NDP": ["N.D.P./N.P.D.", "NDP-New Democratic Party/NPD-Nouveau Parti démocratique"],
    "GPC": ["Green Party/Parti Vert"],
    "BQ": ["Bloc Québécois/Bloc Québécois"],
    "IND": ["Independent/Indépendant(e)", "Independent/Indépendant"],
    "APP": ["Animal Alliance/Environment Voters/Animal Alliance/Environment Voters"],
    "MARJ": ["Marijuana Party/Parti Marijuana", "Radical Marijuana/Radical Marijuana"],
    "OTH": [],
}


@pytest.fixture
def ridings(no_country: None) -> BoundarySet:
    """Avalon, a riding with two names, and one in Quebec, on the boundaries of 2023."""
    make.parties()
    for code, labels in LABELS.items():
        names = {
            f"{field}_{language}": code for field in ("name", "short", "phrase") for language in ("en", "fr")
        }
        Party.objects.update_or_create(code=code, defaults={"ballot_labels": labels}, create_defaults={
            **names, "ballot_labels": labels})  # fmt: skip
    boundaries = make.boundary_set("2023", BoundaryStatus.LIVE)
    make.riding(boundaries, 10001, "Avalon", province="NL")
    make.riding(boundaries, 35075, "Ottawa South", name_fr="Ottawa-Sud")
    make.riding(boundaries, 24038, "Lévis—Bellechasse", province="QC")
    return boundaries


@pytest.fixture
def avalon(ridings: BoundarySet) -> Riding:
    return ridings.ridings.get(number=10001)
