"""Reasons in plain words, in the active language."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from campaign.models import Party, active_language
from ridings.enums import RidingClass

Parties = Mapping[str, Party]
Sentence = Callable[[Mapping[str, Any], Parties], str]


def sentence(reason: Mapping[str, Any], parties: Parties) -> str:
    """Return one reason, `{"code", "values"}` as a run keeps it, as a sentence."""
    return SENTENCES[reason["code"]](reason["values"], parties)


def points(share: float) -> str:
    """Return a share or a lead 0–1 in percentage points with one decimal, written as the language does."""
    return number_format(round(share * 100, 1), decimal_pos=1)


def _phrase(code: str | None, parties: Parties) -> str:
    party = parties.get(code or "")
    return party.phrase if party else code or ""


def _last_result(values: Mapping[str, Any], parties: Parties) -> str:
    filled = {
        "winner": _phrase(values["winner"], parties),
        "runner_up": _phrase(values["runner_up"], parties),
        "lead": points(values["lead"]),
        "year": values["year"],
    }
    if values["runner_up"] is None:
        return capfirst(_("%(winner)s won without an opponent in %(year)s.") % filled)
    if values["third"] is None:
        return capfirst(_("%(winner)s won by %(lead)s points over %(runner_up)s in %(year)s.") % filled)
    filled |= {"third": _phrase(values["third"], parties), "third_share": points(values["third_share"])}
    text = _(
        "%(winner)s won by %(lead)s points over %(runner_up)s in %(year)s; %(third_share)s points went to %(third)s."
    )
    return capfirst(text % filled)


def _target_lead_small(values: Mapping[str, Any], parties: Parties) -> str:
    text = _("That is a lead of less than %(limit)s points with %(runner_up)s, a cooperating party, second.")
    return text % {"limit": points(values["limit"]), "runner_up": _phrase(values["runner_up"], parties)}


def _partner_lead_small(values: Mapping[str, Any], parties: Parties) -> str:
    text = _("That is a cooperating party’s lead of less than %(limit)s points with %(target)s second.")
    return text % {"limit": points(values["limit"]), "target": _phrase(values["target"], parties)}


def _projected_drop(values: Mapping[str, Any], parties: Parties) -> str:
    filled = {
        "target": _phrase(values["target"], parties),
        "drop": points(values["drop"]),
        "lead": points(abs(values["lead"])),
    }
    if values["lead"] < 0:
        text = _(
            "Recent projections show %(target)s down by %(drop)s points here, now %(lead)s points behind."
        )
    else:
        text = _(
            "Recent projections show %(target)s down by %(drop)s points here, their lead cut to %(lead)s points."
        )
    return text % filled


def _leverage(values: Mapping[str, Any], parties: Parties) -> str:
    text = _(
        "By today’s projection the chance that %(target)s win here is %(chance)s %%; if %(moved)s %% of the other "
        "partners’ voters moved to %(best)s, it would be %(together)s %%."
    )
    return text % {
        "target": _phrase(values["target"], parties),
        "best": _phrase(values["best"], parties),
        "chance": round(values["chance"] * 100),
        "together": round(values["together"] * 100),
        "moved": round(values["moved"] * 100),
    }


def _scenario(values: Mapping[str, Any], _parties: Parties) -> str:
    return _("A change of %(shift)s points in the polls would make cooperation count here.") % {
        "shift": points(values["shift"])
    }


def _local_poll(values: Mapping[str, Any], parties: Parties) -> str:
    filled = {
        "firm": values["firm"],
        "day": date_format(dt.date.fromisoformat(values["ended_on"]), "DATE_FORMAT"),
        "sample": number_format(values["sample"], force_grouping=True),
    }
    if values["count"] == 1:
        text = _(
            "A local poll counts here: %(firm)s, in the field until %(day)s, %(sample)s decided and leaning voters."
        )
    else:
        text = _(
            "%(count)s local polls count here, the newest by %(firm)s, in the field until %(day)s, %(sample)s decided "
            "and leaning voters."
        )
    told = text % {**filled, "count": values["count"]}
    return told if values["share"] is None else f"{told} {_polled_share(values, parties)}"


def _polled_share(values: Mapping[str, Any], parties: Parties) -> str:
    text = _(
        "%(target)s: %(share)s %% by local polling, which weighs %(weight)s %% against the swing of the region; that moves "
        "the projection from %(before)s to %(after)s %%."
    )
    numbers = {name: points(values[name]) for name in ("share", "before", "after")}
    target = capfirst(_phrase(values["target"], parties))
    return text % {**numbers, "target": target, "weight": round(values["weight"] * 100)}


def _waiting(values: Mapping[str, Any], _parties: Parties) -> str:
    return _(
        "The newest numbers alone say “%(computed)s”; the map changes when the next ones confirm it."
    ) % {"computed": RidingClass(values["computed"]).label}


def _override(values: Mapping[str, Any], _parties: Parties) -> str:
    return _("Decided by the organizers: %(reason)s") % {"reason": values[active_language()]}


def _rule_not_met(_values: Mapping[str, Any], _parties: Parties) -> str:
    return _("Vote splitting is less likely to decide this riding.")


def _leverage_small(_values: Mapping[str, Any], _parties: Parties) -> str:
    return _("Cooperation would change little here.")


def _no_votes(_values: Mapping[str, Any], _parties: Parties) -> str:
    return _("There is no count of votes for this riding, so it cannot be classified.")


SENTENCES: Mapping[str, Sentence] = {
    "last_result": _last_result,
    "target_lead_small": _target_lead_small,
    "partner_lead_small": _partner_lead_small,
    "projected_drop": _projected_drop,
    "rule_not_met": _rule_not_met,
    "leverage": _leverage,
    "leverage_small": _leverage_small,
    "scenario": _scenario,
    "waiting": _waiting,
    "local_poll": _local_poll,
    "override": _override,
    "no_votes": _no_votes,
}
