"""``ticketaudit report``: print or write the batch report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import msgspec

from ticketaudit.batch import FORMATS, WHOLE, Batch, by_template
from ticketaudit.batch.contents import SECTIONS, TITLE
from ticketaudit.cli import options
from ticketaudit.cli.comparisons import differs, earlier, summary_report
from ticketaudit.cli.means import Means
from ticketaudit.cli.output import is_terminal, write
from ticketaudit.cli.overwrite import is_markdown, refuse_hand_written, refuse_to_overwrite
from ticketaudit.cli.run import choose_settings, read_corpus
from ticketaudit.cli.status import Status
from ticketaudit.cli.wording import Sum
from ticketaudit.errors import UserError
from ticketaudit.paths import printed
from ticketaudit.reporters import REPORTERS
from ticketaudit.rule import Level
from ticketaudit.statistics import ATTRIBUTES, compare, summarise
from ticketaudit.terminal import say

Title = Annotated[str, options.Option(metavar="TEXT", help="The title of the report.")]
Sections = Annotated[
    list[str] | None,
    options.Option(
        metavar="NAME,...",
        help=f"The sections to write, in this order: {', '.join(SECTIONS)}. "
        "[default: all; on a terminal all but diagnostics]",
        show_default=False,
    ),
]
GroupBy = Annotated[
    str | None, options.Option(metavar=options.one_of(ATTRIBUTES), help="List the tickets in groups of one value.")
]
AsOf = Annotated[
    str | None,
    options.Option(
        metavar="YYYY-MM-DD",
        help="The day that ages count to. [default: the latest that the tickets name]",
        show_default=False,
    ),
]


Check = Annotated[
    Path | None,
    options.Option(
        "--check",
        metavar="FILE",
        help="Compare a committed Markdown report with the tickets instead; exit with 1 where it is out of date.",
    ),
]
VerifySummary = Annotated[
    Path | None,
    options.Option(
        metavar="FILE",
        help="Compare a summary that somebody wrote with the tickets instead, and print what they contradict.",
    ),
]

Template = Annotated[
    Path | None,
    options.Option(
        metavar="FILE",
        help="Write by a Jinja template of your own, which gets what --output-format json prints as `report`.",
    ),
]
Since = Annotated[
    str | None, options.Option(metavar="REV", help="Add what changed since a git revision, read with today's rules.")
]
Against = Annotated[
    Path | None, options.Option(metavar="OLD.json", help="Add what changed since an earlier report in JSON.")
]


#: Options that cannot be given together: each wants to decide what is printed.
_EXCLUDING = (
    ("--check", "--verify-summary"),
    ("--check", "--template"),
    ("--check", "-o"),
    ("--verify-summary", "--template"),
    ("--since", "--against"),
    ("--template", "--output-format"),
    ("--template", "--sections"),
    ("--template", "--group-by"),
)


def report(
    paths: options.Paths = None,
    output_format: Annotated[
        str | None,
        options.Option(
            metavar=options.one_of(FORMATS),
            help="[default: terminal on a terminal, else markdown; of --verify-summary the formats of check]",
        ),
    ] = None,
    output_file: options.OutputFile = None,
    title: Title = TITLE,
    sections: Sections = None,
    group_by: GroupBy = None,
    template: Template = None,
    as_of: AsOf = None,
    since: Since = None,
    against: Against = None,
    check: Check = None,
    verify_summary: VerifySummary = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    corpus: options.Corpus = None,
    source_root: options.SourceRoot = None,
    allow_empty: options.AllowEmpty = False,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    trust: options.Trust = False,
    stdin_filename: options.StdinFilename = None,
    cache_dir: options.CacheDir = None,
    no_cache: options.NoCache = False,
    jobs: options.Jobs = None,
    color: options.Color = "auto",
) -> Status:
    """Sum up a batch: its figures, its tickets, its reviewers."""
    _refuse_together(
        {
            "--check": check,
            "--verify-summary": verify_summary,
            "--template": template,
            "--since": since,
            "--against": against,
            "--output-format": output_format,
            "--sections": sections,
            "--group-by": group_by,
            "-o": output_file,
        }
    )
    name = _output_format(output_format, output_file, check, verify_summary)
    chosen_sections = _sections(sections, group_by, name)
    if "changes" in (chosen_sections or ()) and not (since or against):
        raise UserError("the section `changes` needs `--since REV` or `--against OLD.json`")
    day = _day(as_of)
    chosen = choose_settings(config, isolated, options.split_words(select), options.split_words(ignore), trust=trust)
    run = read_corpus(
        paths,
        chosen,
        stdin_filename,
        corpus,
        besides=verify_summary,
        source_root=source_root,
        means=Means.chosen(cache_dir, no_cache, jobs),
    )
    run.refuse_to_overwrite(output_file)
    refuse_to_overwrite([output_file], [verify_summary, template, against])
    if output_file and not verify_summary:
        refuse_hand_written(output_file)
    if not run.tickets and not allow_empty:
        return run.finish()
    before = earlier(since, against, paths or (), chosen)
    audited = run.audit()
    statistics = summarise(audited, day, group_by)
    if before:
        comparison = compare(since or str(against), before, statistics.snapshot, chosen.vocabulary)
        statistics = replace(statistics, comparison=comparison)
    target = check or output_file
    batch = Batch(statistics, title, chosen_sections, printed(target.parent) if target else ".")
    if verify_summary:
        said = summary_report(verify_summary, statistics, chosen)
        write(partial(REPORTERS[name], said), output_file, color)
        say(Sum.of(msgspec.structs.replace(said, corpus=run.loaded.corpus), 0).sentence())
        return run.finish(audited, found=any(found.level is not Level.NOTE for found in said.diagnostics))
    if check:
        return run.finish(audited, found=differs(check, batch, chosen.vocabulary))
    batch_format = by_template(template, marked=is_markdown(output_file)) if template else FORMATS[name]
    write(partial(batch_format, batch), output_file, color)
    return run.finish(audited, allow_empty=allow_empty)


def _refuse_together(given: Mapping[str, object]) -> None:
    """Raise `UserError` where two options are given that exclude each other."""
    for one, other in _EXCLUDING:
        if given[one] and given[other]:
            raise UserError(f"`{one}` and `{other}` exclude each other")


def _output_format(name: str | None, output_file: Path | None, check: Path | None, verify_summary: Path | None) -> str:
    """The format to write; raises `UserError` for one that is unknown or that nothing can be compared with."""
    if check:
        if name not in (None, "markdown"):
            raise UserError("`--check` compares Markdown reports only")
        return "markdown"
    formats, defaults = (REPORTERS, ("full", "concise")) if verify_summary else (FORMATS, ("terminal", "markdown"))
    return options.known_word(name or defaults[not is_terminal(output_file)], formats, "output format")


def _sections(sections: list[str] | None, group_by: str | None, output_format: str) -> tuple[str, ...] | None:
    """The sections that were asked for; raises `UserError` for an unknown one, and where there is nothing to choose."""
    if group_by:
        options.known_word(group_by, ATTRIBUTES, "field")
    for option, given in (("sections", sections), ("group-by", group_by)):
        if given and output_format in WHOLE:
            raise UserError(f"`--{option}` says nothing to the format {output_format}, which always holds everything")
    chosen = [options.known_word(word, SECTIONS, "section") for word in options.split_words(sections)]
    return tuple(dict.fromkeys(chosen)) or None


def _day(text: str | None) -> str | None:
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        raise UserError(f"`--as-of {text}` is no day; write it as in 2025-03-31") from None
