"""Which provider takes cards, and what of it is seen from outside."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as current
from django.test import Client

from polls.gateways import card_gateway, gateway_of
from polls.gateways.local import LocalGateway
from polls.gateways.stripe import StripeGateway

PRINT_TARGETS = (
    "from coop4canada import settings; print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
)


def test_the_setting_chooses_the_gateway(settings: Any) -> None:
    gateway_of.cache_clear()
    found = {}
    for name in ("", "local", "stripe"):
        settings.PAYMENT_PROVIDER = name
        found[name] = type(card_gateway())

    assert found == {"": type(None), "local": LocalGateway, "stripe": StripeGateway}


@pytest.mark.parametrize(
    ("provider", "targets"),
    [("stripe", ["'self'", "https://checkout.stripe.com"]), ("local", ["'self'"]), ("", ["'self'"])],
)
def test_the_policy_lets_forms_lead_to_the_provider(provider: str, targets: list[str]) -> None:
    environment = os.environ | {"COOP_PAYMENT_PROVIDER": provider}
    command = [sys.executable, "-c", PRINT_TARGETS]
    printed = subprocess.run(
        command, env=environment, cwd=current.BASE_DIR, check=True, capture_output=True, text=True
    )

    assert printed.stdout.strip() == str(targets)


@pytest.mark.django_db
def test_in_production_the_trial_provider_has_no_page(client: Client) -> None:
    assert client.get("/dev/pay/desk/").status_code == 404
