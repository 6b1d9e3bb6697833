"""What is known of mail providers: names of one mailbox, slips of the pen, throw-away addresses. Pure."""

# Domains that lead to the same mailbox.
# Source: Google, "Dots don't matter in Gmail addresses" and "Use gmail.com or googlemail.com", 2024.
# Source: Apple, "About your @icloud.com, @me.com, and @mac.com email addresses", support.apple.com/118230, 2024.
# Source: Proton, "Addresses and aliases", proton.me/support/addresses-and-aliases, 2024.
CANONICAL_DOMAINS = {
    "googlemail.com": "gmail.com",
    "me.com": "icloud.com",
    "mac.com": "icloud.com",
    "protonmail.com": "proton.me",
    "protonmail.ch": "proton.me",
    "pm.me": "proton.me",
}

# Domains, in canonical form, that ignore dots before the @; others tell `a.b` from `ab`.
# Source: Google, "Dots don't matter in Gmail addresses", 2024.
DOTLESS_DOMAINS = frozenset({"gmail.com"})

# Where Canadians have their mail, by frequency: of two equally likely corrections the first is offered.
COMMON_DOMAINS = """
    gmail.com hotmail.com yahoo.com outlook.com yahoo.ca icloud.com hotmail.ca live.ca videotron.ca
    sympatico.ca shaw.ca telus.net rogers.com bell.net live.com hotmail.fr outlook.fr yahoo.fr me.com
    msn.com aol.com cogeco.ca eastlink.ca sasktel.net mts.net nb.sympatico.ca globetrotter.net
    protonmail.com proton.me googlemail.com
    """.split()  # noqa: SIM905 — words read better in a row


# Real providers one slip away from another: their users know what they type.
_LOOKALIKES = {"mail.com", "email.com", "ymail.com"}

# No mailbox is given out there, and people type it every day.
_KNOWN_SLIPS = {"gmail.ca": "gmail.com", "gmail.fr": "gmail.com"}

# Endings that no registry runs, whatever stands before them.
# Source: IANA, "Root Zone Database", iana.org/domains/root/db, 2025.
_NO_ENDING = {
    **dict.fromkeys(
        ("con", "cmo", "ocm", "vom", "xom", "comm", "coom", "ccom", "cpm", "clm", "cim", "dom"), "com"
    ),
    **dict.fromkeys(("comn", "comb", "coma", "c0m"), "com"),
    **dict.fromkeys(("cca", "caa", "cq", "xa"), "ca"),
    **dict.fromkeys(("nte", "ner", "nett"), "net"),
}
# Endings that do exist: a slip only behind the name of a provider that has nothing there.
_DOUBTFUL_ENDING = {
    "co": "com",
    "cm": "com",
    "om": "com",
    "come": "com",
    "va": "ca",
    "cs": "ca",
    "ne": "net",
    "bet": "net",
}

_SHORTEST_NAME_WITH_SLIPS = 5  # "me" or "live" with one wrong letter is a word of its own

# Addresses that are thrown away after use: the best known of a list of thousands, for weighing and never for
# refusing. A complete list is a race that only tells robots they were caught.
# Source: github.com/disposable-email-domains, "disposable_email_blocklist.conf", 2024.
_DISPOSABLE_DOMAINS = frozenset(
    """
    mailinator.com guerrillamail.com guerrillamail.net guerrillamail.org guerrillamail.biz guerrillamail.de
    guerrillamailblock.com sharklasers.com grr.la spam4.me 10minutemail.com 10minutemail.net
    20minutemail.com yopmail.com yopmail.fr yopmail.net temp-mail.org tempmail.net tempail.com tempr.email
    discard.email trashmail.com trashmail.de trash-mail.com maildrop.cc getnada.com mailnesia.com
    mailcatch.com mintemail.com dispostable.com throwawaymail.com fakeinbox.com mohmal.com moakt.com
    emailondeck.com spamgourmet.com jetable.org mytemp.email burnermail.io mailsac.com inboxkitten.com
    """.split()  # noqa: SIM905 — words read better in a row
)


def is_disposable(domain: str) -> bool:
    """Tell whether the domain, or one it stands under, hands out addresses to throw away."""
    labels = domain.lower().split(".")
    return any(".".join(labels[start:]) in _DISPOSABLE_DOMAINS for start in range(len(labels)))


def likely_domain(domain: str) -> str | None:
    """Return the provider's domain that was probably meant, or None if the domain looks right.

    Args:
        domain: in lower case, in Unicode rather than punycode: `vidéotron.ca` is one slip from `videotron.ca`.
    """
    if domain in COMMON_DOMAINS or domain in _LOOKALIKES:
        return None
    if domain in _KNOWN_SLIPS:
        return _KNOWN_SLIPS[domain]
    name, _, ending = domain.partition(".")
    slips = [common for common in COMMON_DOMAINS if _is_slip(name, ending, common)]
    # The right name with a wrong ending is likelier than another provider's name.
    slips.sort(key=lambda common: common.partition(".")[0] != name)
    if slips:
        return slips[0]
    stem, _, last = domain.rpartition(".")
    return f"{stem}.{_NO_ENDING[last]}" if last in _NO_ENDING else None


def _is_slip(name: str, ending: str, common: str) -> bool:
    common_name, _, common_ending = common.partition(".")
    if name == common_name:
        return common_ending in {_NO_ENDING.get(ending), _DOUBTFUL_ENDING.get(ending)}
    return (
        common_ending in {ending, _NO_ENDING.get(ending)}
        and len(common_name) >= _SHORTEST_NAME_WITH_SLIPS
        and _is_one_slip(name, common_name)
    )


def _is_one_slip(typed: str, meant: str) -> bool:
    """Tell whether one letter is missing, doubled, wrong, or swapped with its neighbour."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if same is None:
        return typed != meant
    rest_typed, rest_meant = typed[same:], meant[same:]
    swapped = rest_meant[1::-1] + rest_meant[2:]
    return (
        rest_typed[1:] == rest_meant
        or rest_typed == rest_meant[1:]
        or rest_typed[1:] == rest_meant[1:]
        or rest_typed == swapped
    )
