"""Who may see and do what: the doors of the organizers' own pages."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from petitions.models import Petition
from supporters.models import User

VIEW_PETITION = "petitions.view_petition"
VIEW_SIGNATURE = "petitions.view_signature"
CHANGE_SIGNATURE = "petitions.change_signature"
EXPORT_SIGNATURE = "petitions.export_signature"


def organizer_with(request: HttpRequest, permission: str) -> User:
    """Return who asks.

    Raises: PermissionDenied if they lack the permission.
    """
    if not isinstance(request.user, User) or not request.user.has_perm(permission):
        raise PermissionDenied
    return request.user


def petition_for(request: HttpRequest, pk: int, permission: str = VIEW_PETITION) -> Petition:
    """Return a petition, published or not.

    Raises: PermissionDenied, Http404.
    """
    organizer_with(request, permission)
    petition = Petition.objects.filter(pk=pk).first()
    if petition is None:
        raise Http404
    return petition
