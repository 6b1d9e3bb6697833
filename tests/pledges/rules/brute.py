"""A second count, written another way: lists of ballots, recursion, fractions. It shares no code with the first."""

from fractions import Fraction


def marks(papers: list[tuple[str, ...]], option: str) -> int:
    return sum(1 for paper in papers if option in paper)


def favourites(papers: list[tuple[str, ...]], option: str) -> int:
    return sum(1 for paper in papers if paper[:1] == (option,))


def without(papers: list[tuple[str, ...]], gone: set[str]) -> list[tuple[str, ...]]:
    return [tuple(option for option in paper if option not in gone) for paper in papers]


def instant_winner(
    papers: list[tuple[str, ...]], options: set[str], history: tuple[dict[str, int], ...] = ()
) -> str | None:
    """Who wins the run-off, None if it is level or empty."""
    standing = {option: favourites(papers, option) for option in options}
    in_play = sum(standing.values())
    for option in options:
        if in_play and Fraction(standing[option], in_play) > Fraction(1, 2):
            return option
    if len(options) <= 2 or not in_play:
        return None
    goes = leaving(standing, history)
    return instant_winner(without(papers, goes), options - goes, (*history, standing)) if goes else None


def leaving(standing: dict[str, int], history: tuple[dict[str, int], ...]) -> set[str]:
    by_votes = sorted(standing, key=lambda option: standing[option])
    worst = {option for option in standing if standing[option] == standing[by_votes[0]]}
    if len(worst) == 1:
        return worst
    better = [standing[option] for option in by_votes if option not in worst]
    if better and sum(standing[option] for option in worst) < better[0]:
        return worst
    # As a key: votes of the latest former round first. The smallest key goes, if it is the smallest alone.
    keys = sorted((tuple(past[option] for past in reversed(history)), option) for option in worst)
    return {keys[0][1]} if keys[0][0] != keys[1][0] else set()


def winners_of_all_orders(papers: list[tuple[str, ...]], options: set[str]) -> set[str | None]:
    """Every winner that some order among those level at the bottom leads to, one leaving at a time."""
    standing = {option: favourites(papers, option) for option in options}
    in_play = sum(standing.values())
    best = max(standing, key=lambda option: standing[option])
    if 2 * standing[best] > in_play:
        return {best}
    if len(options) == 2:
        return {None}
    fewest = min(standing.values())
    return {
        winner
        for option in options
        if standing[option] == fewest
        for winner in winners_of_all_orders(without(papers, {option}), options - {option})
    }
