"""How far the reviewers agree, and how good their judgement was."""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.batch import wording
from ticketaudit.batch.blocks import Block, Column, Heading, Table, Text
from ticketaudit.batch.wording import NOTHING
from ticketaudit.statistics import Agreement, Coefficient, Statistics
from ticketaudit.wording import number

_ABOUT = {
    "verdict": "the verdicts endorse, refine, neutral and object",
    "severity": "the severities that reviewers say the tickets should have",
    "severity, implied": "the same, where an endorsement that names none stands for the ticket's own",
}


def agreement_blocks(statistics: Statistics) -> Iterator[Block]:
    """The coefficients for each scale, then the pairs of reviewers."""
    for found in statistics.agreement:
        if found.tickets:
            yield from _agreement(found)


def _agreement(found: Agreement) -> Iterator[Block]:
    yield Heading(f"{found.scale.name.capitalize()} ({found.scale.metric})")
    left_out = f", {number(found.scale.left_out, 'review')} left out" if found.scale.left_out else ""
    raters = number(len(found.raters), "reviewer")
    about = f"{number(found.ratings, 'rating')} of {number(found.tickets, 'ticket')} by {raters}{left_out}"
    yield Text(f"{about}: {_ABOUT[found.scale.name]}.")
    reasons = {each.reason for each in found.coefficients}
    if len(reasons) == 1 and None not in reasons:
        yield Text(f"No coefficient: {reasons.pop()}.")
        return
    yield Table(
        (Column("Coefficient"), Column("Value", right=True), Column("95% interval"), Column("n", right=True)),
        tuple((each.name, wording.decimal(each.value), _interval(each), each.n) for each in found.coefficients),
    )
    if found.pairs:
        kappa = "Cohen's kappa" if found.scale.metric == "nominal" else "Cohen's kappa, weighted"
        columns = (Column("Reviewers"), Column("Same", right=True), Column(kappa, right=True), Column("n", right=True))
        rows = (
            (
                " and ".join(pair.raters),
                NOTHING if pair.raw is None else wording.percent(pair.raw),
                wording.decimal(pair.kappa),
                pair.n,
            )
            for pair in found.pairs
        )
        yield Table(columns, tuple(rows))


def _interval(found: Coefficient) -> str:
    if found.low is not None:
        return f"{wording.decimal(found.low)} to {wording.decimal(found.high)}"
    return found.reason or "too few resamples have a value"


def reviewer_blocks(statistics: Statistics) -> Iterator[Block]:
    """A row per reviewer."""
    if not statistics.reviewers:
        return
    yield Text(
        "Endorsed in error: endorsements of tickets whose premise was later refuted. Alone and right: of the "
        "objections that no other reviewer shared, and that the team settled, those that it followed. Evidence: "
        "reviews that show something that can be checked. Severity: severities named that are the ones concluded."
    )
    yield Table(
        (
            Column("Reviewer"),
            Column("Reviews", right=True),
            Column("Verdicts", wide=True),
            Column("Endorsed in error"),
            Column("Alone and right"),
            Column("Evidence"),
            Column("Severity", wide=True),
        ),
        tuple(
            (
                reviewer.name,
                reviewer.reviews,
                ", ".join(f"{count} {verdict}" for verdict, count in reviewer.verdicts),
                wording.rate(reviewer.refuted),
                wording.rate(reviewer.lone_right),
                wording.rate(reviewer.evidence),
                wording.rate(reviewer.severity),
            )
            for reviewer in statistics.reviewers
        ),
    )
