"""The providers of mail and of card payments that can be chosen, and what each needs of the settings."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

DEVELOPMENT_BACKEND = "supporters.mailbox.FolderBackend"
SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
SMTP = "smtp"

STARTTLS_PORT = 587
TLS_PORT = 465
# A provider that hangs is left within this time, so that a mail's lease never runs out while it is being sent.
SMTP_TIMEOUT_SECONDS = 8
HTTP_TIMEOUT_SECONDS = 10


class UnknownProvider(ValueError):
    """There is no such provider."""


@dataclass(frozen=True)
class Provider:
    """A provider with an HTTP interface: how Anymail calls its key and secret, and the class that reads its reports."""

    key: str
    reports: str
    secret: str = "WEBHOOK_SECRET"  # noqa: S105 — a setting's name


# Those that carry the key of a mail along and name it in their reports.
PROVIDERS = {
    "brevo": Provider("BREVO_API_KEY", "anymail.webhooks.brevo.BrevoTrackingWebhookView"),
    "mailgun": Provider(
        "MAILGUN_API_KEY",
        "anymail.webhooks.mailgun.MailgunTrackingWebhookView",
        secret="MAILGUN_WEBHOOK_SIGNING_KEY",  # noqa: S106 — a setting's name
    ),
    "mailtrap": Provider("MAILTRAP_API_TOKEN", "anymail.webhooks.mailtrap.MailtrapTrackingWebhookView"),
    "postmark": Provider("POSTMARK_SERVER_TOKEN", "anymail.webhooks.postmark.PostmarkTrackingWebhookView"),
    "sparkpost": Provider("SPARKPOST_API_KEY", "anymail.webhooks.sparkpost.SparkPostTrackingWebhookView"),
}


def mail_settings(provider: str, *, api_key: str, url: str, webhook_secret: str) -> dict[str, object]:
    """Return Django's and Anymail's settings for a provider; the folder of the development mailbox if it is empty.

    Args:
        provider: empty, `smtp`, or a name among `PROVIDERS`.
        api_key: the key of its interface; with SMTP the password.
        url: with SMTP `smtp://user@host:587` (STARTTLS), `smtps://user@host:465` or, within one's own network,
            `smtp://host:25?tls=off`; else only where the interface is at another address than usual.
        webhook_secret: `user:password` with which the provider signs in to deliver its reports; Mailgun's signing key.
    Raises: UnknownProvider.
    """
    if not provider:
        return {"EMAIL_BACKEND": DEVELOPMENT_BACKEND}
    if provider == SMTP:
        return {"EMAIL_BACKEND": SMTP_BACKEND, **_smtp_settings(url, api_key)}
    if provider not in PROVIDERS:
        raise UnknownProvider(f"COOP_MAIL_PROVIDER is {provider!r}: write smtp, {', '.join(PROVIDERS)}.")
    anymail: dict[str, object] = {
        PROVIDERS[provider].key: api_key,
        PROVIDERS[provider].secret: webhook_secret,
        "REQUESTS_TIMEOUT": HTTP_TIMEOUT_SECONDS,
    }
    if url:
        anymail[f"{provider.upper()}_API_URL"] = url
    return {"EMAIL_BACKEND": f"anymail.backends.{provider}.EmailBackend", "ANYMAIL": anymail}


def _smtp_settings(url: str, password: str) -> dict[str, object]:
    parts = urlsplit(url or "smtp://localhost")
    is_tls = parts.scheme == "smtps"
    is_plain = parse_qs(parts.query).get("tls") == ["off"]
    user = unquote(parts.username or "")
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (TLS_PORT if is_tls else STARTTLS_PORT),
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": password if user else "",
        "EMAIL_USE_SSL": is_tls,
        "EMAIL_USE_TLS": not is_tls and not is_plain,
        "EMAIL_TIMEOUT": SMTP_TIMEOUT_SECONDS,
    }


# Whereto a form may lead that sends a giver to the provider's page.
PAYMENT_FORM_HOSTS: dict[str, tuple[str, ...]] = {
    "": (),
    "local": (),
    "stripe": ("https://checkout.stripe.com",),
}


def payment_form_hosts(provider: str) -> list[str]:
    """Return the hosts of the pages on which a provider takes cards, for the content security policy.

    Raises: UnknownProvider.
    """
    if provider not in PAYMENT_FORM_HOSTS:
        raise UnknownProvider(f"COOP_PAYMENT_PROVIDER is {provider!r}: write stripe, local or nothing.")
    return list(PAYMENT_FORM_HOSTS[provider])
