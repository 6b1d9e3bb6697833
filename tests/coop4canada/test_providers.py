"""Settings of the mail provider, and the checks of a production."""

from typing import Any

import pytest
from django.core.mail import get_connection
from django.utils.module_loading import import_string

from coop4canada.checks import mail_leaves_the_house
from coop4canada.kit.providers import PROVIDERS, UnknownProvider, mail_settings, payment_form_hosts


def read(provider: str, url: str = "") -> dict[str, Any]:
    return mail_settings(provider, api_key="key", url=url, webhook_secret="user:secret")


def test_without_a_provider_mails_go_into_a_folder() -> None:
    assert read("") == {"EMAIL_BACKEND": "supporters.mailbox.FolderBackend"}


@pytest.mark.parametrize(
    ("url", "host", "port", "login", "tls"),
    [
        ("", "localhost", 587, ("", ""), (True, False)),
        ("smtp://me%40x@mail.example", "mail.example", 587, ("me@x", "key"), (True, False)),
        ("smtp://mail.example:2525?tls=off", "mail.example", 2525, ("", ""), (False, False)),
        ("smtps://me@mail.example", "mail.example", 465, ("me", "key"), (False, True)),
    ],
)
def test_smtp(url: str, host: str, port: int, login: tuple[str, str], tls: tuple[bool, bool]) -> None:
    found = read("smtp", url)

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == login
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == tls
    assert 0 < found["EMAIL_TIMEOUT"] < 25


@pytest.mark.parametrize("name", sorted(PROVIDERS))
def test_every_provider_can_be_set_up_and_reports_to_a_view_that_asks_for_the_secret(
    name: str, settings: Any
) -> None:
    for setting, value in read(name, "https://api.example/").items():
        setattr(settings, setting, value)

    assert get_connection().esp_name.lower() == name
    import_string(PROVIDERS[name].reports).as_view()
    assert "user:secret" in settings.ANYMAIL.values()
    assert settings.ANYMAIL[f"{name.upper()}_API_URL"] == "https://api.example/"


def test_an_unknown_provider_is_named() -> None:
    with pytest.raises(UnknownProvider, match="'pigeon'.*postmark"):
        read("pigeon")


@pytest.mark.parametrize(
    ("provider", "sender", "secret", "errors"),
    [
        ("", "a@localhost", "", ["coop.E002", "coop.E003"]),
        ("smtp", "a@coop.example", "", []),
        ("postmark", "a@coop.example", "", ["coop.E004"]),
        ("postmark", "a@coop.example", "user:secret", []),
    ],
)
def test_a_production_that_cannot_mail_is_refused(
    settings: Any, provider: str, sender: str, secret: str, errors: list[str]
) -> None:
    settings.MAIL_PROVIDER, settings.MAIL_FROM, settings.MAIL_WEBHOOK_SECRET = provider, sender, secret

    assert [found.id for found in mail_leaves_the_house()] == errors


@pytest.mark.parametrize(
    ("provider", "hosts"), [("", []), ("local", []), ("stripe", ["https://checkout.stripe.com"])]
)
def test_forms_lead_to_the_payment_provider_only_where_it_takes_cards(
    provider: str, hosts: list[str]
) -> None:
    assert payment_form_hosts(provider) == hosts


def test_an_unknown_payment_provider_is_refused() -> None:
    with pytest.raises(UnknownProvider, match="COOP_PAYMENT_PROVIDER is 'paypal'"):
        payment_form_hosts("paypal")
