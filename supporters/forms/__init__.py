"""Forms in which people say who they are."""

from supporters.forms.accounts import AskCodeForm, EnterCodeForm, SignUpForm
from supporters.forms.fields import AddressField, PersonNameField, PhoneField
from supporters.forms.own import AskForm, ConsentsForm, CorrectionForm, UnsubscribeForm
from supporters.forms.public import PersonForm, WaryForm

__all__ = [
    "AddressField",
    "AskCodeForm",
    "AskForm",
    "ConsentsForm",
    "CorrectionForm",
    "EnterCodeForm",
    "PersonForm",
    "PersonNameField",
    "PhoneField",
    "SignUpForm",
    "UnsubscribeForm",
    "WaryForm",
]
