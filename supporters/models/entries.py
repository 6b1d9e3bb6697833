"""What signatures and pledges have in common: entered in a public form, confirmed by the link in a mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from supporters.enums import EntryState, Method, RidingSource


class Entry(models.Model):
    """One person's entry, with what they wrote then; an erased person leaves riding, dates and state, so that counts hold.

    Ridings are FED numbers on the boundaries in force.
    """

    state = models.CharField(_("state"), max_length=9, choices=EntryState, default=EntryState.PENDING)
    postal_code = models.CharField(_("postal code"), max_length=6, blank=True)
    riding_number = models.PositiveIntegerField(_("riding (FED number)"), null=True, blank=True)
    riding_source = models.CharField(
        _("how the riding is known"), max_length=8, choices=RidingSource, default=RidingSource.UNKNOWN
    )
    language = models.CharField(_("language"), max_length=2, default="en")
    method = models.CharField(_("method"), max_length=8, choices=Method, default=Method.WEB)
    suspicion = models.CharField(_("why it is looked at"), max_length=80, blank=True)
    origin = models.CharField(_("internet address"), max_length=43, blank=True)
    email_domain = models.CharField(_("mail domain"), max_length=254, blank=True)
    referred_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("came by the link of"),
    )
    created_at = models.DateTimeField(_("entered"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    mailed_at = models.DateTimeField(_("last mail"), null=True)
    mail_count = models.PositiveSmallIntegerField(_("mails"), default=0)

    class Meta:
        abstract = True
