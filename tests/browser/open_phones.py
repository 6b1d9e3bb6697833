"""Phones that are open at whatever hour the tests run; only the site that the browser visits is changed."""

from datetime import date, time

from volunteers.rules import calling_hours
from volunteers.rules.calling_hours import RULES, HoursRule, Window

ALWAYS = (HoursRule(date(2008, 9, 30), Window(time(0), time(23, 59, 59))),)


def open_phones() -> None:
    """Let the rules about hours be without any, wherever they are not named."""
    for function in list(vars(calling_hours).values()):
        defaults = getattr(function, "__defaults__", None)
        if defaults and defaults[-1] is RULES:
            function.__defaults__ = (*defaults[:-1], ALWAYS)
