"""What ``ticketaudit report`` compares a batch with: a committed report, a summary, itself at an earlier moment."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from difflib import unified_diff
from itertools import groupby
from pathlib import Path

from ticketaudit.batch import FORMATS, Batch
from ticketaudit.batch.json import FORMAT_VERSION
from ticketaudit.batch.markdown import MARK
from ticketaudit.cli.output import write_text
from ticketaudit.cli.overwrite import refuse_ticket
from ticketaudit.corpus import Corpus
from ticketaudit.engine import audit
from ticketaudit.errors import UserError, reason
from ticketaudit.past import corpus_at
from ticketaudit.paths import printed
from ticketaudit.report import Report, order
from ticketaudit.rules import summary_mismatch
from ticketaudit.settings import ActiveRule, Settings
from ticketaudit.statistics import Snapshot, Standing, Statistics, summarise
from ticketaudit.summaries import compare_summary
from ticketaudit.terminal import Output, clean, say
from ticketaudit.text import Source
from ticketaudit.told import diagnostic
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.wording import number

_NO_REPORT = "no JSON report of ticketaudit; `ticketaudit report --output-format json -o FILE` writes one"


def differs(file: Path, batch: Batch, vocabulary: Vocabulary) -> bool:
    """Whether a committed report says something else than the batch; prints what, as a diff.

    Raises `UserError` where the file is none that this command wrote: to write it anew would be to lose it.
    """
    refuse_ticket(file, vocabulary)
    name, committed = printed(file), list(_read(file).lines)
    if MARK not in committed:
        raise UserError(f"{name}: no Markdown report that `ticketaudit report` wrote")
    text = io.StringIO()
    FORMATS["markdown"](batch, Output(text))
    current = text.getvalue().split("\n")
    if committed == current:
        say(f"{name} says what the tickets say.")
        return False
    lines = unified_diff(committed, current, name, "what the tickets say", lineterm="")
    write_text("".join(f"{clean(line)}\n" for line in lines))
    say(f"{name} is out of date; `ticketaudit report -o {name}` with the same options writes it anew")
    return True


def summary_report(file: Path, statistics: Statistics, chosen: Settings) -> Report:
    """What is wrong with a summary that somebody wrote, as a report of one rule over one file.

    Raises `UserError` where it claims nothing that can be compared: it would pass whatever the tickets say.
    """
    source = _read(file)
    corpus = Corpus((), chosen.vocabulary, {source.path: source})
    active = next((each for each in chosen.rules if each.rule is summary_mismatch.RULE), None)
    rule = active or ActiveRule(summary_mismatch.RULE, None, summary_mismatch.RULE.options())
    compared = compare_summary(source, statistics, chosen.vocabulary)
    if not compared.claims:
        raise UserError(
            f"{source.path}: it says nothing that can be compared with the tickets: no count, no ticket's id"
        )
    say(f"{source.path}: {number(compared.claims, 'claim')} compared with the tickets.")
    if compared.unread:
        lines = number(len(compared.unread), "line")
        say(f"note: {source.path}: not all numbers and tickets compared in {lines}: {_ranges(compared.unread)}")
    found = sorted((diagnostic(corpus, rule, problem, source.path) for problem in compared.problems), key=order)
    return Report(corpus, 1, (rule.rule,), tuple(found))


def _ranges(lines: Sequence[int]) -> str:
    """Lines in ascending order, as in "3, 7-16"."""
    groups = groupby(enumerate(lines), key=lambda numbered: numbered[1] - numbered[0])
    runs = [[line for _, line in group] for _, group in groups]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def earlier(since: str | None, against: Path | None, paths: Sequence[str], chosen: Settings) -> Snapshot | None:
    """The batch to compare with, if any; raises `UserError` where it cannot be read."""
    if since:
        return summarise(audit(corpus_at(since, paths, chosen), chosen.rules).whole()).snapshot
    if against is None:
        return None
    try:
        return _snapshot(against.read_text("utf-8"))
    except OSError as error:
        raise UserError(f"{against}: cannot be read: {reason(error)}") from None
    except ValueError as error:
        raise UserError(f"{against}: {error}") from None


def _snapshot(text: str) -> Snapshot:
    """The batch of an earlier JSON report; raises `ValueError` where the text is none of this version."""
    try:
        report = json.loads(text)
    except ValueError:
        raise ValueError(_NO_REPORT) from None
    try:
        if report["version"] != FORMAT_VERSION:
            raise ValueError(f"its version is {report['version']}, this ticketaudit reads {FORMAT_VERSION}")
        tickets = tuple(
            Standing(row["path"], row["line"], row["id"], row["final_severity"], row["status"], row["state"])
            for row in report["tickets"]
        )
        return Snapshot(tickets, dict(report["figures"]))
    except (KeyError, TypeError, AttributeError):
        raise ValueError(_NO_REPORT) from None


def _read(file: Path) -> Source:
    try:
        return Source.from_bytes(printed(file), file.read_bytes())
    except OSError as error:
        raise UserError(f"{file}: cannot be read: {reason(error)}") from None
