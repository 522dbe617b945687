"""``ticketaudit baseline``: write, mend and show the file of what is accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

from ticketaudit.baseline import Baseline, Entry, Judge, baseline_of, read_baseline
from ticketaudit.cli import options
from ticketaudit.cli.means import Means
from ticketaudit.cli.output import write_text
from ticketaudit.cli.run import Run, choose_settings, read_corpus
from ticketaudit.cli.status import Status
from ticketaudit.errors import UserError
from ticketaudit.paths import native, printed
from ticketaudit.report import Report
from ticketaudit.rules import ALL
from ticketaudit.settings import Settings
from ticketaudit.terminal import clean, say
from ticketaudit.wording import number

FILE_NAME = "ticketaudit-baseline.json"

File = Annotated[
    Path | None,
    options.Option(
        "--baseline",
        metavar="FILE",
        help=f"The baseline. [default: {FILE_NAME} beside the configuration, else in the working folder]",
        show_default=False,
    ),
]


def create(
    paths: options.Paths = None,
    file: File = None,
    force: Annotated[bool, options.Option("--force", help="Replace a baseline that is there.")] = False,
    select: options.Select = None,
    extend_select: options.ExtendSelect = None,
    ignore: options.Ignore = None,
    corpus: options.Corpus = None,
    source_root: options.SourceRoot = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    trust: options.Trust = False,
    cache_dir: options.CacheDir = None,
    no_cache: options.NoCache = False,
    jobs: options.Jobs = None,
) -> Status:
    """Accept all that is found now."""
    chosen = choose_settings(config, isolated, *map(options.split_words, (select, ignore, extend_select)), trust=trust)
    target = file or _default(chosen)
    if target.exists() and not force:
        raise UserError(
            f"{printed(target)}: there already; `ticketaudit baseline update` brings it up to date, --force replaces it"
        )
    run = read_corpus(
        paths, chosen, corpus=corpus, source_root=source_root, means=Means.chosen(cache_dir, no_cache, jobs)
    )
    return _save(run, target, lambda found: found)


def _mending(change: Callable[[Baseline, Baseline, Judge], Baseline], manual: str) -> Callable[..., Status]:
    """The command that makes a new baseline of the old one, of what is found, and of what was looked at."""

    def command(
        paths: options.Paths = None,
        file: File = None,
        select: options.Select = None,
        extend_select: options.ExtendSelect = None,
        ignore: options.Ignore = None,
        corpus: options.Corpus = None,
        source_root: options.SourceRoot = None,
        config: options.ConfigFile = None,
        isolated: options.Isolated = False,
        trust: options.Trust = False,
        cache_dir: options.CacheDir = None,
        no_cache: options.NoCache = False,
        jobs: options.Jobs = None,
    ) -> Status:
        chosen = choose_settings(
            config, isolated, *map(options.split_words, (select, ignore, extend_select)), trust=trust
        )
        target = file or _default(chosen)
        known = read_baseline(target)
        run = read_corpus(
            paths, chosen, corpus=corpus, source_root=source_root, means=Means.chosen(cache_dir, no_cache, jobs)
        )
        return _save(run, target, lambda found: change(known, found, judge(run, target, paths)), known)

    command.__doc__ = manual
    return command


def show(file: File = None, config: options.ConfigFile = None, isolated: options.Isolated = False) -> Status:
    """Print what the baseline accepts."""
    known = read_baseline(file or _default(choose_settings(config, isolated)))
    write_text("".join(f"{_line(entry)}\n" for entry in known.diagnostics))
    tickets = {entry.ticket or entry.path for entry in known.diagnostics}
    say(f"{number(known.total, 'diagnostic')} of {number(len(tickets), 'ticket')}.")
    return Status.OK


baseline = options.Group(
    "Write and mend the file that `check --baseline` reads.",
    {
        "create": create,
        "update": _mending(Baseline.update, "Accept what is new as well, and drop what is gone."),
        "prune": _mending(Baseline.prune, "Drop what is gone, and accept nothing."),
        "show": show,
    },
)


def judge(run: Run, file: Path, paths: Sequence[str] | None) -> Judge:
    """Whether a run would have found again what an entry of a baseline stands for.

    It would not where the rule did not run or had nothing to compare with, and where only some ``paths`` were
    looked at and the ticket was not among them: it is neither one that was read, nor did it lie in a folder
    that was searched and is now nowhere else.
    """
    complete = run.loaded.corpus.complete
    awake = {active.rule.name for active in run.settings.rules if complete or not active.rule.compares}
    asleep = {rule.name for rule in ALL} - awake
    ids = {ticket.id for ticket in run.tickets if ticket.id}
    elsewhere = {ticket.id for ticket in run.loaded.corpus.tickets} - ids
    files = {each.location.resolve() for each in run.discovery.files if each.location}
    folders = [Path(path).resolve() for path in paths or () if Path(path).is_dir()]

    def would(entry: Entry) -> bool:
        if entry.rule in asleep:
            return False
        place = (file.parent / native(entry.path)).resolve()
        searched = any(place.is_relative_to(folder) for folder in folders) and entry.ticket not in elsewhere
        return (not paths and not run.narrowed) or entry.ticket in ids or place in files or searched

    return would


def apply(known: Baseline, file: Path, run: Run, report: Report, paths: Sequence[str] | None) -> Report:
    """The report without what the baseline accepts; says how much of the baseline is gone."""
    found = baseline_of(report.diagnostics, file.parent)
    gone = known.total - known.prune(found, judge(run, file, paths)).total
    if gone:
        what = f"{number(gone, 'diagnostic')} of {printed(file)} {'is' if gone == 1 else 'are'} gone"
        say(f"{what}; `ticketaudit baseline prune` takes {'it' if gone == 1 else 'them'} out")
    return known.apply(report)


def _default(chosen: Settings) -> Path:
    return chosen.root / FILE_NAME


def _save(run: Run, file: Path, make: Callable[[Baseline], Baseline], known: Baseline | None = None) -> Status:
    """Write what ``make`` makes of what is found; nothing where some of the input could not be read."""
    run.refuse_to_overwrite(file)
    status = run.finish()
    if status is Status.OK:
        made = make(baseline_of(run.audit().whole().diagnostics, file.parent))
        write_text(made.text(), file)
        say(f"{printed(file)}: {_change(known, made) if known else number(made.total, 'diagnostic')}")
    return status


def _change(before: Baseline, after: Baseline) -> str:
    old, new = (Counter({entry.fingerprint: entry.count for entry in each.diagnostics}) for each in (before, after))
    return f"{(new - old).total()} added, {(old - new).total()} removed, {(old & new).total()} kept"


def _line(entry: Entry) -> str:
    place = entry.path if entry.line is None else f"{entry.path}:{entry.line}"
    ticket = f"{entry.ticket}: " if entry.ticket else ""
    times = f" ({entry.count} times)" if entry.count > 1 else ""
    return clean(f"{place}: {ticket}{entry.message} [{entry.rule}]{times}")
