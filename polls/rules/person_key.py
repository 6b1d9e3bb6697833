"""One key for all gifts of one person, across polls. Pure.

The limits of the law count per person; names are spelled now so, now so, and one e-mail address may serve a couple.

Source: docs/privacy.md: the key stands only beside the name and address it is made of, so it hides nothing.
"""

from hashlib import sha256

from coop4canada.kit.text import plain


def person_key(*, name: str, address_key: str, postal_code: str) -> str:
    """Return 64 hexadecimal digits: of e-mail address and name, or of postal code and name where there is no address.

    Args:
        name: as it was typed; accents, case, dashes and spaces do not count.
        address_key: the e-mail address as `supporters.rules.email` compares it; empty if none was given.
        postal_code: counts only without an e-mail address, because people move.
    """
    # Names in other scripts have no plain form.
    who = plain(name) or " ".join(name.casefold().split())
    where = f"mail:{address_key}" if address_key else f"post:{plain(postal_code).replace(' ', '')}"
    return sha256(f"{where}\n{who}".encode()).hexdigest()
