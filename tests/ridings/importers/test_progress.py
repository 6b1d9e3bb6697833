"""The progress bar."""

import io

from ridings.importers.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_a_bar() -> None:
    screen = Terminal()
    progress = Progress(screen)

    progress.show("reading", 1, 4)
    progress.show("too soon to draw again", 2, 4)
    progress.show("done", 4, 4)

    assert screen.getvalue().split("\r")[1:] == [
        "██████·················· 1/4 reading" + " " * 33,
        "████████████████████████ 4/4 done" + " " * 36 + "\n",
    ]


def test_a_log_sees_nothing() -> None:
    log = io.StringIO()

    Progress(log).show("reading", 1, 4)

    assert log.getvalue() == ""
