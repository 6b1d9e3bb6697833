"""How long what people entered in public forms is kept. Pure.

Source: docs/privacy.md.
"""

from datetime import timedelta

# Long enough to see an attack, and no longer.
ORIGIN_LIFE = timedelta(days=30)
# A link can be used for 30 days; as long again for those who ask for a fresh one.
UNCONFIRMED_LIFE = timedelta(days=60)
