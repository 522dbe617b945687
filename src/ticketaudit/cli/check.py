"""``ticketaudit check``: audit tickets and print what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

from ticketaudit.baseline import read_baseline
from ticketaudit.cli import options
from ticketaudit.cli.again import keep
from ticketaudit.cli.baseline import apply
from ticketaudit.cli.fix import diff, fixed, mend, refuse_standard_input, say_grown
from ticketaudit.cli.means import Means
from ticketaudit.cli.narrow import narrowed
from ticketaudit.cli.output import is_terminal, rendered, write, write_text
from ticketaudit.cli.overwrite import refuse_to_overwrite
from ticketaudit.cli.run import choose_settings, read_corpus
from ticketaudit.cli.status import Status
from ticketaudit.cli.step_summary import write_step_summary
from ticketaudit.cli.watch import watching
from ticketaudit.cli.wording import rule_counts, summary
from ticketaudit.errors import UserError
from ticketaudit.replay import ASKED, Answer
from ticketaudit.report import Report
from ticketaudit.reporters import REPORTERS, Reporter
from ticketaudit.rule import Level
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
    targets = [(_reporter(name), output_file), *map(_target, output or ())]
    known = read_baseline(baseline) if baseline else None
    chosen = choose_settings(config, isolated, *map(options.split_words, (select, ignore, extend_select)), trust=trust)
    if show_settings:
        from ticketaudit.draft import settings_text  # imports yaml

        refuse_to_overwrite([output_file], [*chosen.files, baseline])
        write_text(settings_text(chosen), output_file)
        return Status.OK
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
    text = _show(report, targets, color, statistics=statistics)
    message = ""
    if report.corpus.tickets or report.diagnostics or run.narrowed or allow_empty:
        message = summary(report, len(run.loaded.without_ticket))
        say(message)
        say_grown(report, before)
    found = any(report.count(level) for level in Level if level.rank >= fail_on.rank)
    status = run.finish(report, shown=True, found=found and not exit_zero, allow_empty=allow_empty)
    if text is not None and status in (Status.OK, Status.FOUND):
        keep(run, Answer(status, text, f"{clean(message)}\n" * bool(message)), baseline)
    return status


def _show(
    report: Report, targets: Sequence[tuple[Reporter, Path | None]], color: ColorChoice, *, statistics: bool
) -> str | None:
    """Write a report; gives the text, where nothing was done but to print it to something that is no terminal."""
    (reporter, output_file), *more = targets
    if statistics:
        write_text(rule_counts(report), output_file)
    elif ASKED.get() and not (output_file or more or reporter is REPORTERS["github"]):
        text = rendered(partial(reporter, report), color)
        write_text(text)
        return text
    else:
        for reporter, file in targets:
            write(partial(reporter, report), file, color)
            if reporter is REPORTERS["github"]:
                write_step_summary(report)
    return None


def _reporter(name: str) -> Reporter:
    return REPORTERS[options.known_word(name, REPORTERS, "output format")]


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


def _target(text: str) -> tuple[Reporter, Path]:
    """The reporter and the file of ``FORMAT:FILE``."""
    name, _, file = text.partition(":")
    reporter = _reporter(name)
    if not file or file == "-":
        raise UserError(f"`--output {text}` names no file; write FORMAT:FILE, or use --output-format")
    if not Path(file).parent.is_dir():
        raise UserError(f"{file}: cannot be written: there is no such folder")
    return reporter, Path(file)
