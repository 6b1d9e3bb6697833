"""Logging in by a mailed code; the names are those that allauth asks for, and no other page of its is reachable."""

from django.urls import path

from supporters.views import accounts

urlpatterns = [
    path("", accounts.home, name="account_home"),
    path("login/", accounts.log_in, name="account_login"),
    path("login/", accounts.log_in, name="account_request_login_code"),
    path("code/", accounts.enter_code, name="account_confirm_login_code"),
    path("logout/", accounts.log_out, name="account_logout"),
]
