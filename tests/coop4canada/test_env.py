"""Settings from the environment: typed, and wrong ones named."""

import pytest

from coop4canada import env


def test_a_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COOP_TEST", raising=False)

    with pytest.raises(env.BadSetting, match="COOP_TEST"):
        env.text("COOP_TEST")


@pytest.mark.parametrize(("word", "value"), [("true", True), ("1", True), ("No", False), ("", False)])
def test_flags_are_words(monkeypatch: pytest.MonkeyPatch, word: str, value: bool) -> None:
    monkeypatch.setenv("COOP_TEST", word)

    assert env.flag("COOP_TEST", default=not value) is value


def test_what_is_no_flag_and_no_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOP_TEST", "perhaps")

    with pytest.raises(env.BadSetting, match="true or false"):
        env.flag("COOP_TEST", default=False)
    with pytest.raises(env.BadSetting, match="whole number"):
        env.whole("COOP_TEST", 1)


def test_a_database_address_may_name_a_socket() -> None:
    settings = env.database("postgresql://us%40er:p%2Fw@/site?host=/run/pg&connect_timeout=3")

    assert settings == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "site",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "/run/pg",
        "PORT": "",
        "OPTIONS": {"connect_timeout": "3"},
    }


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(env.BadSetting, match="postgresql"):
        env.database("mysql://localhost/site")


def test_lists_are_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOP_TEST", " a, b ,,c ")

    assert env.words("COOP_TEST") == ["a", "b", "c"]
