"""Sentences that several commands say."""

from __future__ import annotations

from collections import Counter

import msgspec

from ticketaudit.report import Report, Tally
from ticketaudit.rule import Level
from ticketaudit.wording import number


class Sum(msgspec.Struct, frozen=True):
    """What an audit comes to: of diagnostics, of tickets, of files without one, of rules that were passed over."""

    found: Tally
    suppressed: int
    baselined: int
    passed_over: int
    tickets: int
    without_ticket: int

    @classmethod
    def of(cls, report: Report, without_ticket: int) -> Sum:
        """What a report comes to."""
        accepted = len(report.suppressed), len(report.baselined)
        return cls(report.tally, *accepted, len(report.passed_over), len(report.corpus.tickets), without_ticket)

    def sentence(self) -> str:
        """As in ``Found 3 problems (1 error, 2 warnings) in 12 tickets; 2 suppressed``."""
        counted = zip(Level, self.found.levels, strict=True)
        levels = ", ".join(number(count, level) for level, count in counted if count)
        found = f"{number(self.found.total, 'problem')} ({levels})" if levels else "no problems"
        accepted = {"suppressed": self.suppressed, "in the baseline": self.baselined}
        counts = ", ".join(f"{count} {what}" for what, count in accepted.items() if count)
        if self.passed_over:
            silent = f"{number(self.passed_over, 'rule')} passed over for want of a source tree (--source-root)"
            counts = "; ".join(filter(None, (counts, silent)))
        if self.found.fixable:
            counts = "; ".join(filter(None, (counts, f"{self.found.fixable} fixable with --fix")))
        read = tickets(self.tickets, self.without_ticket)
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
