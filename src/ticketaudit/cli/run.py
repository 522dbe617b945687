"""What every command that reads tickets does: settings, files, tickets, and how it ends."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from ticketaudit.cli.failure import say_failure
from ticketaudit.cli.means import Means, Waiting
from ticketaudit.cli.overwrite import refuse_ticket, refuse_to_overwrite
from ticketaudit.cli.status import Status
from ticketaudit.config import find_config
from ticketaudit.corpus import Corpus
from ticketaudit.discover import STDIN, Discovery, discover
from ticketaudit.engine import audit
from ticketaudit.errors import UserError
from ticketaudit.examined import Examined
from ticketaudit.load import Loaded, load
from ticketaudit.report import Report
from ticketaudit.root import Root, choose_root, root_of_reports
from ticketaudit.settings import Settings, settings
from ticketaudit.terminal import say
from ticketaudit.ticket import Ticket
from ticketaudit.wording import number

_NOTHING = Discovery((), (), ())
#: Without a cache, and in this process.
_ALONE = Means()


class Run(msgspec.Struct, frozen=True):
    """The tickets that a command works on, with the settings and the search that led to them.

    ``rest`` is the search for further tickets that these are compared with; ``root`` is the source tree.
    ``narrowed``: only some of what was found is reported on. ``jobs`` is how many processes may work.
    """

    settings: Settings
    discovery: Discovery
    rest: Discovery
    loaded: Loaded
    root: Root | None = None
    narrowed: bool = False
    jobs: int = 1

    def narrow(self, wanted: Callable[[Path], bool]) -> Run:
        """The run that reports on some of its files only, by where they are; the others are compared with."""
        kept = [file for file in self.discovery.files if file.location is None or wanted(file.location)]
        others = [file for file in self.discovery.files if file not in kept]
        empty = tuple(file for file in self.loaded.without_ticket if file in kept)
        return replace(
            self,
            discovery=replace(self.discovery, files=tuple(kept)),
            rest=replace(self.rest, files=(*self.rest.files, *others)),
            loaded=replace(self.loaded, files=len(kept), without_ticket=empty),
            narrowed=True,
        )

    @property
    def tickets(self) -> Sequence[Ticket]:
        """The tickets that were asked for."""
        return self.loaded.corpus.only(self._paths).tickets

    @property
    def _paths(self) -> frozenset[str]:
        return frozenset(file.path for file in self.discovery.files)

    def audit(self) -> Report:
        """Run the selected rules over the tickets."""
        strays = [file.path for file in self.loaded.without_ticket if file.named]
        corpus = self._with_code()
        report = audit(
            corpus,
            self.settings.rules,
            files=self.loaded.files,
            without_ticket=strays,
            refused=self._refused,
            paths=self._paths,
            examined=self._examined(corpus),
        )
        unread = self._problems or self._unsaid(report) or self.loaded.failures
        return replace(report, complete=report.complete and not unread)

    def _examined(self, corpus: Corpus) -> Mapping[str, Examined]:
        """What rules say of the files whose tickets the source tree leaves as they are."""
        examined = self.loaded.examined or {}
        if corpus.code is None:
            return examined
        pairs = zip(self.loaded.corpus.tickets, corpus.tickets, strict=True)
        changed = {judged.path for ticket, judged in pairs if judged is not ticket}
        return {path: file for path, file in examined.items() if path not in changed}

    @property
    def _refused(self) -> dict[str, str]:
        """The files to report on that are beyond the limits."""
        return {path: reason for path, reason in self.loaded.refused.items() if path in self._paths}

    def _unsaid(self, report: Report | None) -> list[str]:
        """Messages about the files beyond the limits of which no diagnostic tells."""
        refused = self._refused
        said = {each.path for each in (*report.diagnostics, *report.accepted)} if report and refused else ()
        return [f"{path}: not read: {reason}" for path, reason in sorted(refused.items()) if path not in said]

    @property
    def uses_source(self) -> bool:
        """Whether an audit asks a source tree: there is one, and a rule that does."""
        return self.root is not None and any(active.rule.asks_source for active in self.settings.rules)

    def _with_code(self) -> Corpus:
        """The corpus with what the source tree says, where there is one and a rule asks."""
        if self.root is None or not self.uses_source:
            return self.loaded.corpus
        from ticketaudit.verification import with_code

        return with_code(self.loaded.corpus, self.tickets, self.root, self.jobs)

    def records(self) -> Corpus:
        """The corpus with premises as an audit judges them."""
        if self.root is None:
            return self.loaded.corpus
        from ticketaudit.verification import with_premises

        return with_premises(self.loaded.corpus, self.root, self.jobs)

    @property
    def _problems(self) -> list[str]:
        return [*self.discovery.problems, *self.rest.problems, *self.loaded.problems]

    def refuse_to_overwrite(self, *targets: Path | None, baseline: Path | None = None) -> None:
        """Raise `UserError` where a file to write is one that was read, holds a ticket, or is named twice."""
        found = (*self.discovery.files, *self.rest.files)
        files = (file.location for file in found if file not in self.loaded.reports)
        refuse_to_overwrite(targets, (*files, *self.settings.files, baseline))
        for target in filter(None, targets):
            refuse_ticket(target, self.settings.vocabulary)

    def finish(
        self, report: Report | None = None, *, shown: bool = False, found: bool = False, allow_empty: bool = False
    ) -> Status:
        """Say what could not be read, what failed in a report, and how the command ends.

        ``shown``: whether the diagnostics of the report were printed. ``found`` says that something is bad
        enough to make the command fail; that some of the input was not looked at weighs more, and a defect of
        the tool most.
        """
        problems = [*self._problems, *self._unsaid(report if shown else None)]
        expected = self.loaded.corpus.tickets if self.narrowed else self.tickets
        if not (problems or self.loaded.failures or expected or allow_empty):
            read = number(self.loaded.files, "file")
            missing = f"no ticket found in {read}" if self.loaded.files else "no file found to read"
            problems.append(f"{missing}; `check --show-files` with the same paths says what was passed over")
        gap = report.corpus.gap if report else ""
        for warning in (*self.discovery.warnings, *filter(None, [gap])):
            say(f"warning: {warning}")
        for problem in problems:
            say(f"error: {problem}")
        failures = (*self.loaded.failures, *(report.failures if report else ()))
        for failure in failures:
            say_failure(failure.error, failure.path)
        if failures:
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
            elif file in self.loaded.reports:
                line = f"passed over  {file.path}: a batch report"
            elif file.path in self.loaded.corpus.sources and file.path not in empty:
                line = f"passed over  {file.path}: it only lists tickets that have files of their own"
            else:
                why_not = "no ticket in it" if file.path in empty else "could not be read"
                line = f"passed over  {file.path}: {self.loaded.refused.get(file.path, why_not)}"
            lines.append((file.path, line))
        return (line for _, line in sorted(lines))


def choose_settings(
    config: Path | None,
    isolated: bool,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    *,
    trust: bool = False,
) -> Settings:
    """The settings of the configuration that was named, of the nearest one, or of none."""
    if config and isolated:
        raise UserError("`--config` and `--isolated` exclude each other")
    file = None if isolated else config or find_config(Path.cwd())
    return settings(file, select, ignore, extend_select, trusted=trust)


def read_tickets(
    paths: Sequence[str] | None,
    chosen: Settings,
    stdin_name: str | None = None,
    source_root: Path | None = None,
    means: Means = _ALONE,
) -> Run:
    """Find and read the tickets under ``paths``; without any, what the settings include.

    ``source_root`` stands in for the source tree of the settings.
    """
    discovery = _discover(paths or (), chosen, stdin_name)
    with Waiting() as waiting:
        loaded = load(
            discovery.files,
            chosen.vocabulary,
            rules=chosen.rules,
            cache=means.cache(chosen),
            jobs=means.jobs,
            progress=waiting,
            limits=chosen.config.limits,
        )
    return Run(chosen, discovery, _NOTHING, loaded, _source_of(chosen, discovery, source_root), jobs=means.jobs)


def read_corpus(
    paths: Sequence[str] | None,
    chosen: Settings,
    stdin_name: str | None = None,
    corpus: Sequence[str] | None = None,
    *,
    besides: Path | None = None,
    source_root: Path | None = None,
    means: Means = _ALONE,
) -> Run:
    """The same for an audit: with the tickets to compare them with, the reports and the code that they come from.

    The others are those under the paths of ``corpus`` and those that the settings include. ``besides`` is
    a file that is not to be read, whoever finds it: it is compared with the tickets itself.
    ``source_root`` stands in for the source tree of the settings.
    """
    discovery = _without(besides, _discover(paths or (), chosen, stdin_name))
    include = chosen.include if paths else ()
    rest = _without(besides, _found(corpus or (), chosen, include))
    asked = {os.path.realpath(file.location or file.path) for file in discovery.files} if rest.files else set()
    others = [file for file in rest.files if os.path.realpath(file.location or file.path) not in asked]
    files = [*discovery.files, *others]
    complete = bool(corpus) or not all(file.named for file in files)
    with Waiting() as waiting:
        loaded = load(
            discovery.files,
            chosen.vocabulary,
            others=others,
            complete=complete,
            root=root_of_reports((file.location for file in files if file.location), chosen.root, complete),
            listings=False,
            rules=chosen.rules,
            cache=means.cache(chosen),
            jobs=means.jobs,
            progress=waiting,
            limits=chosen.config.limits,
        )
    return Run(chosen, discovery, rest, loaded, _source_of(chosen, discovery, source_root), jobs=means.jobs)


def _without(file: Path | None, discovery: Discovery) -> Discovery:
    if file is None:
        return discovery
    place = os.path.realpath(file)
    kept = (found for found in discovery.files if os.path.realpath(found.location or found.path) != place)
    return replace(discovery, files=tuple(kept))


def _source_of(chosen: Settings, discovery: Discovery, named: Path | None) -> Root | None:
    """The source tree that the command line or the settings name, else the tickets' own repository."""
    configured = chosen.root / chosen.config.source.root if chosen.config.source.root else None
    files = [file.location for file in discovery.files if file.location]
    return choose_root(named, configured, chosen.config.source.strip_prefix, files)


def _discover(paths: Sequence[str], chosen: Settings, stdin_name: str | None) -> Discovery:
    if stdin_name and STDIN not in paths:
        raise UserError(f"`--stdin-filename` needs the path `{STDIN}`")
    if "" in paths:
        raise UserError("an empty path; is a variable unset?")
    if not paths and not chosen.include:
        paths = (".",)
    return _found(paths, chosen, () if paths else chosen.include, stdin_name)


def _found(paths: Sequence[str], chosen: Settings, include: Sequence[str], stdin_name: str | None = None) -> Discovery:
    return discover(
        paths,
        include=include,
        exclude=chosen.exclude,
        root=chosen.root,
        stdin_name=stdin_name,
        trusted=chosen.trusted,
    )
