"""General elections whose day and boundaries are known.

Source: Elections Canada, "Past Elections", elections.ca, read 2026-11-23.
"""

from datetime import date

# Ordinal number: polling day and representation order it was held on.
GENERAL_ELECTIONS: dict[int, tuple[date, str]] = {
    38: (date(2004, 6, 28), "2003"),
    39: (date(2006, 1, 23), "2003"),
    40: (date(2008, 10, 14), "2003"),
    41: (date(2011, 5, 2), "2003"),
    42: (date(2015, 10, 19), "2013"),
    43: (date(2019, 10, 21), "2013"),
    44: (date(2021, 9, 20), "2013"),
    45: (date(2025, 4, 28), "2023"),
}
