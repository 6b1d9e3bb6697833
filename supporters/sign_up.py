"""Opening an account by a mailed code: what was typed waits in the session until the code is typed, and nowhere else."""

from dataclasses import asdict
from typing import Any

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.views import ConfirmLoginCodeView
from django.http import HttpRequest, HttpResponse

from coop4canada.kit.clock import now
from supporters.adapters import AccountAdapter, may_log_in_by_code
from supporters.models import User
from supporters.queries.accounts import account_of_mailbox
from supporters.rules.email import read_address
from supporters.services import Details, ensure_supporter, open_account, tie_account

# A form that was sent and never followed by its code is forgotten with its session.
SECONDS_WAITING = 3600
KEPT = "sign_up"


def begin_sign_up(request: HttpRequest, details: Details, *, is_welcome: bool) -> None:
    """Mail a code: to open an account, or to log in where the mailbox has one. Whoever asks is told neither.

    Nothing is mailed to whoever is unwelcome, was switched off, or is staff.
    """
    account = account_of_mailbox(details.address)
    user = account if account and may_log_in_by_code(account) and is_welcome else None
    email = user.email if user else details.address.typed
    process = LoginCodeVerificationProcess(stage=_stage(request, user, email))
    process.state[KEPT] = _kept(details)
    if account is None and is_welcome:
        AccountAdapter(request).send_sign_up_code(email, process.generate_code())
    elif user is not None:
        process.send()
    process.persist()
    request.session.set_expiry(SECONDS_WAITING)


class CodeView(ConfirmLoginCodeView):  # type: ignore[misc]  # the library has no types
    """Takes the code of a log-in or of a sign-up, which then opens the account."""

    template_name = "account/code.html"

    def _verify_form_valid(self, form: Any) -> HttpResponse:  # noqa: ANN401 — allauth's
        """Open the account if that was asked for; tie it to the person whose mailbox this is."""
        kept, process = self._process.state.get(KEPT), self._process
        if kept and process.user is None:
            process._user = open_account(details=_details(kept), now=now())  # noqa: SLF001 — allauth has no setter
        elif kept:
            ensure_supporter(user=process.user, details=_details(kept), now=now())
        elif isinstance(process.user, User):
            tie_account(user=process.user, now=now())
        response: HttpResponse = super()._verify_form_valid(form)
        return response


def _stage(request: HttpRequest, user: User | None, email: str) -> LoginByCodeStage:
    login = Login(user=user, email=email)
    login.state["stages"] = {"current": LoginByCodeStage.key}
    stage = LoginByCodeStage(LoginStageController(request, login), request, login)
    stage.state.update(LoginCodeVerificationProcess.initial_state(user=user, email=email))
    stage.state["initiated_by_user"] = True
    return stage


def _kept(details: Details) -> dict[str, Any]:
    return asdict(details) | {"address": details.address.typed}


def _details(kept: dict[str, Any]) -> Details:
    return Details(**(kept | {"address": read_address(kept["address"])}))
