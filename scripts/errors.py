"""What a user is told when something is wrong: one line, no traceback, exit status not 0."""

from __future__ import annotations

from pathlib import Path

import click


class Problem(click.ClickException):
    """One thing that is wrong, told as `file, place: what was found, what was expected, what to do`.

    `file` is a path or None; `place` a line, field or id inside it; `message` says what was found and
    what was expected; `todo`, where given, says what to do about it.
    """

    exit_code = 1

    def __init__(self, message: str, *, file: Path | str | None = None, place: str = "", todo: str = ""):
        self.file, self.place, self.todo = file, place, todo
        where = ", ".join(str(part) for part in (file, place) if part)
        line = f"{where}: {message}" if where else message
        super().__init__(" ".join((f"{line} → {todo}" if todo else line).splitlines()))

    def __str__(self) -> str:
        return self.message

    def show(self, file=None) -> None:
        click.echo(f"yanxing: {self.message}", err=True, file=file)


class NotAWorkReport(Problem):
    """The text is readable, but it is no government work report."""

    exit_code = 2


class Problems(Problem):
    """Several problems found together, each on its own line."""

    def __init__(self, problems: list[Problem]):
        super().__init__("")
        self.problems = problems
        self.message = "\n".join(problem.message for problem in problems)

    def show(self, file=None) -> None:
        for problem in self.problems:
            problem.show(file)
