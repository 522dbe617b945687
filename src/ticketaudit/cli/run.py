"""What every command that reads tickets does: settings, files, tickets, and how it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ticketaudit.cli.failure import say_failure
from ticketaudit.cli.status import Status
from ticketaudit.cli.wording import number
from ticketaudit.config import find_config
from ticketaudit.discover import STDIN, Discovery, discover
from ticketaudit.engine import audit
from ticketaudit.errors import UserError
from ticketaudit.load import Loaded, load
from ticketaudit.report import Report
from ticketaudit.settings import Settings, settings
from ticketaudit.terminal import say


@dataclass(frozen=True, slots=True)
class Run:
    """The tickets that a command works on, with the settings and the search that led to them."""

    settings: Settings
    discovery: Discovery
    loaded: Loaded

    def audit(self) -> Report:
        """Run the selected rules over the tickets."""
        strays = [file.path for file in self.loaded.without_ticket if file.named]
        return audit(self.loaded.corpus, self.settings.rules, files=self.loaded.files, without_ticket=strays)

    def finish(self, *, found: bool = False, allow_empty: bool = False) -> Status:
        """Say what could not be read, and how the command ends.

        ``found`` says that something is bad enough to make the command fail; that some of the input
        was not looked at weighs more, and a defect of the tool most.
        """
        problems = [*self.discovery.problems, *self.loaded.problems]
        if not (problems or self.loaded.failures or self.loaded.corpus.tickets or allow_empty):
            read = number(self.loaded.files, "file")
            missing = f"no ticket found in {read}" if self.loaded.files else "no file found to read"
            problems.append(f"{missing}; `ticketaudit check --show-files` says what was passed over")
        for problem in problems:
            say(f"error: {problem}")
        for failure in self.loaded.failures:
            say_failure(failure.error, failure.path)
        if self.loaded.failures:
            return Status.FAILED
        if problems:
            return Status.UNUSABLE
        return Status.FOUND if found else Status.OK

    def files(self) -> Iterator[str]:
        """A line for every file or folder that was looked at: what it holds, or why it was passed over."""
        tickets = Counter(ticket.path for ticket in self.loaded.corpus.tickets)
        empty = {file.path for file in self.loaded.without_ticket}
        lines = [(item.path, f"passed over  {item.path}: {item.reason}") for item in self.discovery.passed_over]
        for file in self.discovery.files:
            if tickets[file.path]:
                line = f"taken        {file.path}: {number(tickets[file.path], 'ticket')}"
            else:
                line = f"passed over  {file.path}: {'no ticket in it' if file.path in empty else 'could not be read'}"
            lines.append((file.path, line))
        return (line for _, line in sorted(lines))


def choose_settings(
    config: Path | None, isolated: bool, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> Settings:
    """The settings of the configuration that was named, of the nearest one, or of none."""
    if config and isolated:
        raise UserError("`--config` and `--isolated` exclude each other")
    return settings(None if isolated else config or find_config(Path.cwd()), select, ignore)


def read_tickets(paths: Sequence[str] | None, chosen: Settings, stdin_name: str | None = None) -> Run:
    """Find and read the tickets under ``paths``; without any, what the settings include."""
    paths = paths or ()
    if stdin_name and STDIN not in paths:
        raise UserError(f"`--stdin-filename` needs the path `{STDIN}`")
    if not paths and not chosen.include:
        paths = (".",)
    discovery = discover(
        paths,
        include=() if paths else chosen.include,
        exclude=chosen.exclude,
        root=chosen.root,
        stdin_name=stdin_name,
    )
    return Run(chosen, discovery, load(discovery.files, chosen.vocabulary))
