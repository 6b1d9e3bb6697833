"""People."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportersConfig(AppConfig):
    """Configuration of the supporters app."""

    name = "supporters"
    verbose_name = _("People")
    first_words = ["supporters.importers.first_words.install_mail_words"]
    # Lent to the app below, which cannot import them: see coop4canada/kit/senders.py.
    name_fields = ["supporters.forms.PersonNameField"]
    address_fields = ["supporters.forms.AddressField"]
    sender_judges = ["supporters.queries.address_rules.verdict_on_sender"]
    proof_spenders = ["supporters.services.proofs.use_proof"]
    letter_carriers = ["supporters.services.outbox.queue_letter"]
    personal_records = ["supporters.queries.accounts.account_records"]
    address_records = ["supporters.queries.accounts.account_records"]
    erasures = ["supporters.services.accounts.forget_account"]
    address_erasures = ["supporters.services.accounts.forget_loose_accounts"]
    letter_removers = ["supporters.services.outbox.remove_letters"]

    def ready(self) -> None:
        """Listen to what the mail provider reports; the one signal of the site, for Anymail offers no other way."""
        from supporters import provider_reports  # noqa: F401
