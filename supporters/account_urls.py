"""Accounts: the names are those that allauth asks for, and no other page of its is reachable."""

from django.urls import path

from supporters.views import accounts, second_factor

urlpatterns = [
    path("", accounts.home, name="account_home"),
    path("login/", accounts.log_in, name="account_login"),
    path("login/", accounts.log_in, name="account_request_login_code"),
    path("login/passkey/", second_factor.passkey_login, name="mfa_login_webauthn"),
    path("signup/", accounts.sign_up, name="account_signup"),
    path("details/", accounts.details, name="account_details"),
    path("code/", accounts.enter_code, name="account_confirm_login_code"),
    path("logout/", accounts.log_out, name="account_logout"),
    path("password/", second_factor.password_again, name="account_reauthenticate"),
    path("second-factor/", second_factor.overview, name="mfa_index"),
    path("second-factor/", second_factor.overview, name="mfa_list_webauthn"),
    path("second-factor/app/", second_factor.app, name="mfa_activate_totp"),
    path("second-factor/app/remove/", second_factor.remove_app, name="mfa_deactivate_totp"),
    path("second-factor/passkey/", second_factor.passkey, name="mfa_add_webauthn"),
    path("second-factor/passkey/<int:pk>/", second_factor.remove_passkey, name="mfa_remove_webauthn"),
    path("second-factor/codes/", second_factor.codes, name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", second_factor.new_codes, name="mfa_generate_recovery_codes"),
    path("second-factor/enter/", second_factor.enter, name="mfa_authenticate"),
    path("second-factor/again/", second_factor.again, name="mfa_reauthenticate"),
    path("second-factor/again/passkey/", second_factor.passkey_again, name="mfa_reauthenticate_webauthn"),
]
