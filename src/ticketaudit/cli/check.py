"""``ticketaudit check``: audit tickets and print what is wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import tee
from pathlib import Path
from typing import Annotated

from msgspec.structs import replace

from ticketaudit.baseline import read_baseline
from ticketaudit.cli import options
from ticketaudit.cli.again import keep
from ticketaudit.cli.baseline import apply
from ticketaudit.cli.fix import diff, fixed, mend, refuse_standard_input, say_grown
from ticketaudit.cli.means import Means
from ticketaudit.cli.narrow import narrowed
from ticketaudit.cli.output import is_terminal, rendered, write, write_text
from ticketaudit.cli.overwrite import refuse_to_overwrite
from ticketaudit.cli.renew import answer, base_of, renewed
from ticketaudit.cli.run import choose_settings, read_corpus
from ticketaudit.cli.status import Status
from ticketaudit.cli.step_summary import write_step_summary
from ticketaudit.cli.watch import watching
from ticketaudit.cli.wording import Sum, rule_counts
from ticketaudit.corpus import Corpus
from ticketaudit.errors import UserError
from ticketaudit.replay import ASKED
from ticketaudit.report import Diagnostic, Diagnostics, Report, Tally
from ticketaudit.reporters import BY_DIAGNOSTIC, REPORTERS
from ticketaudit.rule import Level
from ticketaudit.settings import Settings
from ticketaudit.streams import send
from ticketaudit.terminal import ColorChoice, clean, say


def check(
    paths: options.Paths = None,
    output_format: Annotated[
        str | None,
        options.Option(metavar=options.one_of(REPORTERS), help="[default: full on a terminal, else concise]"),
    ] = None,
    output: Annotated[
        list[str] | None,
        options.Option(metavar="FORMAT:FILE", help="Write another format to a file as well; may be repeated."),
    ] = None,
    output_file: options.OutputFile = None,
    select: options.Select = None,
    extend_select: options.ExtendSelect = None,
    ignore: options.Ignore = None,
    fail_on: Annotated[Level, options.Option(help="The lowest level that makes the exit status 1.")] = Level.WARNING,
    exit_zero: Annotated[bool, options.Option("--exit-zero", help="Exit with 0 whatever is found.")] = False,
    corpus: options.Corpus = None,
    source_root: options.SourceRoot = None,
    baseline: Annotated[
        Path | None, options.Option(metavar="FILE", help="Report only what this baseline does not have.")
    ] = None,
    allow_empty: options.AllowEmpty = False,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    trust: options.Trust = False,
    stdin_filename: options.StdinFilename = None,
    as_found: Annotated[
        bool,
        options.Option("--as-found", help="Search as without a PATH, and report only on what is found under them."),
    ] = False,
    since: Annotated[
        str | None,
        options.Option(metavar="REV", help="Report only on tickets that changed since the branch left this revision."),
    ] = None,
    watch: Annotated[bool, options.Option("--watch", help="Check again whenever a file changes.")] = False,
    fix: Annotated[bool, options.Option("--fix", help="Put right what has one right answer, in the files.")] = False,
    show_diff: Annotated[
        bool,
        options.Option("--diff", help="Print what --fix would change instead; exit with 1 where that is anything."),
    ] = False,
    unsafe_fixes: Annotated[
        bool, options.Option("--unsafe-fixes", help="Also change what a person should look at.")
    ] = False,
    show_files: Annotated[
        bool, options.Option("--show-files", help="List the files that are taken and not taken, and why, instead.")
    ] = False,
    show_settings: Annotated[
        bool, options.Option("--show-settings", help="Print the settings that are in force, as YAML, instead.")
    ] = False,
    statistics: Annotated[
        bool, options.Option("--statistics", help="Print how often each rule found something, instead.")
    ] = False,
    cache_dir: options.CacheDir = None,
    no_cache: options.NoCache = False,
    jobs: options.Jobs = None,
    color: options.Color = "auto",
) -> Status:
    """Audit tickets and print what is wrong with them."""
    arguments = dict(locals())
    if watch:
        _refuse_to_drop({"--watch": True, "-o": output_file, "--output": output}, {})
        return watching(partial(check, **{**arguments, "watch": False}), paths)
    _refuse_to_drop(
        {"--diff": show_diff, "--show-files": show_files, "--show-settings": show_settings, "--statistics": statistics},
        {"--output-format": output_format, "--output": output},
    )
    _refuse_alone("--unsafe-fixes", unsafe_fixes, fix or show_diff)
    if fix:
        refuse_standard_input(paths or ())
    name = output_format or ("full" if is_terminal(output_file) else "concise")
    targets = [(_format(name), output_file), *map(_target, output or ())]
    known = read_baseline(baseline) if baseline else None
    chosen = choose_settings(config, isolated, *map(options.split_words, (select, ignore, extend_select)), trust=trust)
    if show_settings:
        from ticketaudit.draft import settings_text  # imports yaml

        refuse_to_overwrite([output_file], [*chosen.files, baseline])
        write_text(settings_text(chosen), output_file)
        return Status.OK
    again = _again(chosen, name, color, lambda tally: _status(tally, fail_on, exit_zero=exit_zero))
    if again is not None:
        return again
    run = read_corpus(
        None if as_found else paths,
        chosen,
        stdin_filename,
        corpus,
        source_root=source_root,
        means=Means.chosen(cache_dir, no_cache, jobs),
    )
    run = narrowed(run, paths, as_found=as_found, since=since)
    run.refuse_to_overwrite(*(file for _, file in targets), baseline=baseline)
    if show_files:
        write_text("".join(f"{clean(line)}\n" for line in run.files()), output_file)
        return run.finish(allow_empty=allow_empty)
    if show_diff:
        changes = mend(run, known, unsafe=unsafe_fixes)[1]
        write_text(diff(changes, for_terminal=is_terminal(output_file)), output_file)
        return run.finish(found=bool(changes) and not exit_zero, allow_empty=allow_empty)
    run, before = fixed(run, known, unsafe=unsafe_fixes) if fix else (run, None)
    report = run.audit()
    if baseline and known:
        report = apply(known, baseline, run, report, paths)
    printed = _show(report, targets, color, statistics=statistics)
    total = Sum.of(report, len(run.loaded.without_ticket))
    if total.tickets or total.found.total or run.narrowed or allow_empty:
        say(total.sentence())
        say_grown(report, before)
    found = _status(total.found, fail_on, exit_zero=exit_zero) is Status.FOUND
    status = run.finish(report, shown=True, found=found, allow_empty=allow_empty)
    if printed is not None and status in (Status.OK, Status.FOUND):
        text = b"".join(printed.values())
        keep(run, lambda: answer(status, text, total, base_of(run, report, printed)), baseline)
    return status


def _status(found: Tally, fail_on: Level, *, exit_zero: bool) -> Status:
    """How a check ends that found so much."""
    bad = any(count for level, count in zip(Level, found.levels, strict=True) if level.rank >= fail_on.rank)
    return Status.FOUND if bad and not exit_zero else Status.OK


def _again(chosen: Settings, name: str, color: ColorChoice, status_of: Callable[[Tally], Status]) -> Status | None:
    """Print what was printed the last time with what a few files that changed make of it, where that can be told."""
    question = ASKED.get()
    if question is None or question.outdated is None:
        return None

    def render(diagnostics: Sequence[Diagnostic]) -> bytes:
        part = Report(Corpus((), chosen.vocabulary), 0, (), diagnostics)
        return next(rendered([partial(REPORTERS[name], part)], color))

    again = renewed(question.outdated, chosen, render)
    if again is None:
        return None
    send(sys.stdout, again.output)
    say(again.base.sum.sentence())
    status = status_of(again.base.sum.found)
    question.renew(question.outdated, partial(again.answer, status))
    return status


def _show(
    report: Report, targets: Sequence[tuple[str, Path | None]], color: ColorChoice, *, statistics: bool
) -> dict[str, bytes] | None:
    """Write a report.

    Gives what was printed of each file, or under no name what was of all, where nothing was done but to print it to
    something that is no terminal.
    """
    (name, output_file), *more = targets
    if statistics:
        write_text(rule_counts(report), output_file)
    elif ASKED.get() and not (output_file or more or name == "github"):
        printed = _printed(report, name, color)
        send(sys.stdout, b"".join(printed.values()))
        return printed
    else:
        for name, file in targets:
            write(partial(REPORTERS[name], report), file, color)
            if name == "github":
                write_step_summary(report)
    return None


def _printed(report: Report, name: str, color: ColorChoice) -> dict[str, bytes]:
    """What is printed of each file, or under no name of all, where a format cannot be taken apart."""
    diagnostics = report.diagnostics
    parts: Iterable[tuple[str, Sequence[Diagnostic]]] = [("", diagnostics)]
    if name in BY_DIAGNOSTIC and isinstance(diagnostics, Diagnostics):
        parts = diagnostics.by_file()
    ones, others = tee(parts)
    texts = rendered((partial(REPORTERS[name], replace(report, diagnostics=part)) for _, part in others), color)
    return dict(zip((path for path, _ in ones), texts, strict=True))


def _format(name: str) -> str:
    return options.known_word(name, REPORTERS, "output format")


def _refuse_to_drop(instead: Mapping[str, object], formats: Mapping[str, object]) -> None:
    """Raise `UserError` where something is asked for instead of diagnostics, and something else as well."""
    given = [option for option, value in instead.items() if value]
    given += [option for option, value in formats.items() if value and given]
    if len(given) > 1:
        raise UserError(f"`{given[0]}` and `{given[1]}` exclude each other")


def _refuse_alone(option: str, given: bool, useful: bool) -> None:
    """Raise `UserError` where an option says how to fix and nothing is to be fixed."""
    if given and not useful:
        raise UserError(f"`{option}` needs `--fix` or `--diff`")


def _target(text: str) -> tuple[str, Path]:
    """The format and the file of ``FORMAT:FILE``."""
    name, _, file = text.partition(":")
    _format(name)
    if not file or file == "-":
        raise UserError(f"`--output {text}` names no file; write FORMAT:FILE, or use --output-format")
    if not Path(file).parent.is_dir():
        raise UserError(f"{file}: cannot be written: there is no such folder")
    return name, Path(file)
