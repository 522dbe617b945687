"""What an audit makes of the comments in tickets that accept its diagnostics."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ticketaudit.hints import did_you_mean
from ticketaudit.rule import Problem
from ticketaudit.suppression import Suppression
from ticketaudit.text import Source

#: The tool's name, in however many words.
_NAME: Final = re.compile(r"ticket[ _-]?audit", re.IGNORECASE)


class Usage(msgspec.Struct, frozen=True):
    """What an audit made of its suppressions.

    ``known`` are the names of all rules and families; ``ran`` tells by its name whether a rule, or all of a
    family, would have said what is wrong in a file; ``used`` holds each suppression with each of its words that
    accepted something.
    """

    suppressions: Sequence[Suppression]
    known: Collection[str]
    ran: Callable[[str, str], bool]
    used: Collection[tuple[Suppression, str]]


def read_suppressions(source: Source, heads: Collection[int] = ()) -> tuple[Suppression, ...]:
    """The suppressions of a file in the order of their lines; what stands in code or in a quotation is none.

    ``heads`` are the lines of the headings that head a ticket each, where the file holds several.
    """
    text = source.text
    if "<!--" not in text or not _NAME.search(text):
        return ()
    from ticketaudit.comments import suppressions_in  # parses Markdown, which most tickets need not be asked for

    return suppressions_in(source, heads)


def _bare(usage: Usage) -> Iterator[tuple[Suppression, Problem]]:
    for suppression in usage.suppressions:
        if suppression.rules and not suppression.reason:
            yield suppression, Problem(suppression.line, "the suppression gives no reason", subject=suppression.words)


def _unknown(usage: Usage) -> Iterator[tuple[Suppression, Problem]]:
    for suppression in usage.suppressions:
        if not suppression.rules:
            message = f"no suppression: “{suppression.words}”; write `ticketaudit: ignore[rule] reason`"
            yield suppression, Problem(suppression.line, message, subject=suppression.words)
        for rule in suppression.rules:
            if rule not in usage.known:
                message = f"no rule is called `{rule}`{did_you_mean(rule, usage.known)}"
                yield suppression, Problem(suppression.line, message, subject=suppression.words, mark=rule)


def _unused(usage: Usage) -> Iterator[tuple[Suppression, Problem]]:
    for suppression in usage.suppressions:
        for rule in suppression.rules:
            if usage.ran(rule, suppression.path) and (suppression, rule) not in usage.used:
                where = "here" if suppression.alone else "from inside a line"
                message = f"nothing of `{rule}` is suppressed {where}"
                yield suppression, Problem(suppression.line, message, subject=suppression.words, mark=rule)


_RULES: Mapping[str, Callable[[Usage], Iterator[tuple[Suppression, Problem]]]] = {
    "bare-suppression": _bare,
    "unknown-suppression": _unknown,
    "unused-suppression": _unused,
}


def problems_of(rule: str, usage: Usage) -> Iterator[tuple[Suppression, Problem]]:
    """What a rule about suppressions says, when the others are done; nothing of any other rule."""
    return _RULES[rule](usage) if rule in _RULES else iter(())
