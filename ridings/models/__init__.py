"""Electoral geography, votes, polls and the classes of the map."""

from ridings.models.classes import (
    ClassificationRun,
    ClassOverride,
    Preset,
    RecomputeRequest,
    RidingVerdict,
)
from ridings.models.geography import (
    BoundarySet,
    GeometryDocument,
    Place,
    PlaceRiding,
    PostalCode,
    Riding,
    RidingBoundary,
    RidingOverlap,
)
from ridings.models.positions import Issue, PartyPosition
from ridings.models.votes import (
    Candidate,
    Election,
    LocalPoll,
    LocalPollShare,
    PollingAverage,
    Result,
    Turnout,
)

__all__ = [
    "BoundarySet",
    "Candidate",
    "ClassOverride",
    "ClassificationRun",
    "Election",
    "GeometryDocument",
    "Issue",
    "LocalPoll",
    "LocalPollShare",
    "PartyPosition",
    "Place",
    "PlaceRiding",
    "PollingAverage",
    "PostalCode",
    "Preset",
    "RecomputeRequest",
    "Result",
    "Riding",
    "RidingBoundary",
    "RidingOverlap",
    "RidingVerdict",
    "Turnout",
]
