"""Sentences that several commands say."""

from __future__ import annotations

from collections import Counter

from ticketaudit.report import Report
from ticketaudit.rule import Level
from ticketaudit.wording import number


def summary(report: Report, without_ticket: int) -> str:
    """What an audit found, as in ``Found 3 problems (1 error, 2 warnings) in 12 tickets; 2 suppressed``."""
    counts_by_level = Counter(diagnostic.level for diagnostic in report.diagnostics)
    levels = ", ".join(number(counts_by_level[level], level) for level in Level if counts_by_level[level])
    found = f"{number(len(report.diagnostics), 'problem')} ({levels})" if levels else "no problems"
    accepted = {"suppressed": len(report.suppressed), "in the baseline": len(report.baselined)}
    counts = ", ".join(f"{count} {what}" for what, count in accepted.items() if count)
    if report.passed_over:
        silent = f"{number(len(report.passed_over), 'rule')} passed over for want of a source tree (--source-root)"
        counts = "; ".join(filter(None, (counts, silent)))
    fixable = sum(any(edit.safe for edit in each.edits) for each in report.diagnostics if each.edits)
    if fixable:
        counts = "; ".join(filter(None, (counts, f"{fixable} fixable with --fix")))
    read = tickets(len(report.corpus.tickets), without_ticket)
    return f"Found {found} in {read}{'; ' * bool(counts)}{counts}."


def tickets(count: int, without_ticket: int) -> str:
    """How many tickets were read, and how many files hold none: ``12 tickets; 3 files hold no ticket``."""
    text = number(count, "ticket")
    if without_ticket:
        text += f"; {number(without_ticket, 'file')} {'holds' if without_ticket == 1 else 'hold'} no ticket"
    return text


def rule_counts(report: Report) -> str:
    """A line for every rule that found something: how often, its name, what it is about; the most frequent first."""
    counts = Counter(diagnostic.name for diagnostic in report.diagnostics)
    found = sorted(
        (rule for rule in report.rules if counts[rule.name]), key=lambda rule: (-counts[rule.name], rule.name)
    )
    width = max((len(rule.name) for rule in found), default=0)
    return "".join(f"{counts[rule.name]:6}  {rule.name:{width}}  {rule.summary}\n" for rule in found)
