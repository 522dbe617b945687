"""What the ticket's own investigation and resolution conclude.

The disposition is taken from the first of these that says one: a metadata entry, an entry or
heading of a resolution section ("Status: Fixed", "Final Disposition: Won't Fix"), the words that
such a section opens with ("Acceptable as-is"), an account of a fix, the status itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ticketaudit.blocks import Block, Item, Section, passages
from ticketaudit.extract.citations import commits_in
from ticketaudit.extract.dates import read_date
from ticketaudit.extract.metadata import Metadata
from ticketaudit.extract.pairs import Pair, pairs
from ticketaudit.extract.refutation import first_sentence, refuting_sentence
from ticketaudit.extract.scope import Scope
from ticketaudit.extract.severity import before, concluded
from ticketaudit.extract.sign_offs import read_sign_offs
from ticketaudit.inline import Passage, plain
from ticketaudit.ticket import Disposition, Refutation, Resolution
from ticketaudit.vocabulary import Vocabulary

#: What separates the words of a heading from what they say: "Status: Fixed", "Resolution (Fixed)".
_HEADING_PARTS = re.compile(r"[:–—(]|\s-\s")
_BRACKETED = re.compile(r"\(([^()]*)\)")
#: Where the words of a disposition end in a text that opens with it.
_FIRST_WORDS_END = re.compile(r"\s[-–—]\s|(?<=\.)\s")


class _Said(NamedTuple):
    """A disposition, the words for it and their line."""

    disposition: Disposition | None
    text: str
    line: int


def read_resolution(scope: Scope, metadata: Metadata, headline: str) -> Resolution | None:
    """The conclusion, None for a ticket that neither investigates nor resolves nor says how it ended."""
    indexes = [index for index, _ in scope.with_role("resolution", "investigation")]
    sections = [scope.sections[index] for index in indexes]
    closing = [scope.sections[index] for index, _ in scope.with_role("resolution")]
    said = next(filter(None, _dispositions(metadata, scope)), None)
    if not sections and said is None:
        return None
    entries = [pair for section in closing for pair in _entries(section, scope.vocabulary)]
    severity, severity_line = _severity(sections, scope.vocabulary)
    return Resolution(
        disposition=said.disposition if said else None,
        text=said.text if said else None,
        severity=severity,
        commits=tuple(dict.fromkeys(_commits(closing, entries, scope.vocabulary))),
        sign_offs=read_sign_offs(closing, scope.vocabulary),
        date=_date(sections, entries, scope.vocabulary),
        line=said.line if said else sections[0].line,
        severity_line=severity_line,
        severity_before=next(filter(None, (before(plain(p.raw), scope.vocabulary) for p in _passages(sections))), None),
        refutation=_refutation(sections, said, headline, scope.vocabulary),
    )


def _dispositions(metadata: Metadata, scope: Scope) -> Iterator[_Said | None]:
    vocabulary = scope.vocabulary
    parts = [list(scope.subtree(index)) for index, _ in scope.with_role("resolution") if scope.begins(index)]
    stated = metadata.get("resolution")
    if stated:
        yield _said(stated.text, stated.line, vocabulary)
    for read in (_stated, _opening, _account_of_fix):
        # Where a ticket was resolved twice, the later one counts.
        for part in reversed(parts):
            for section in part:
                yield from read(section, vocabulary)
    status = metadata.get("status")
    if status:
        yield _said(status.text, status.line, vocabulary)
        if vocabulary.state(status.text) == "closed":
            within = vocabulary.disposition_within(status.text)
            yield _Said(within, status.text, status.line) if within else None


def _stated(section: Section, vocabulary: Vocabulary) -> Iterator[_Said | None]:
    """Entries that say it: in the heading, in a table, in a label."""
    key, *values = map(str.strip, _HEADING_PARTS.split(section.title, maxsplit=1))
    if values and vocabulary.field("resolution", key) == "disposition":
        value = values[0] if "(" in values[0] else values[0].removesuffix(")")
        yield _said(value, section.line, vocabulary)
    for pair in _entries(section, vocabulary):
        if vocabulary.field("resolution", pair.key) == "disposition":
            yield _said(pair.text, pair.line, vocabulary)


def _opening(section: Section, vocabulary: Vocabulary) -> Iterator[_Said | None]:
    """The words that a section opens with, and the ones it says it closes the ticket with."""
    texts = ((plain(passage.raw), passage) for block in _decided(section) for passage in passages(block))
    for number, (text, passage) in enumerate(texts):
        match = vocabulary.phrase("closing as", text)
        # Later on, only what is emphasised decides: "Invalid entries are dropped" tells of a detail.
        if number == 0 or passage.raw.startswith("**"):
            disposition = vocabulary.opening_disposition(text)
            if disposition and (disposition != "fixed" or number == 0):
                yield _Said(disposition, _FIRST_WORDS_END.split(text)[0], passage.line)
                return
        if match:
            yield _said(match["disposition"], Passage(text, passage.line).line_at(match.start()), vocabulary)


def _decided(section: Section) -> Iterator[Block]:
    """The blocks but the boxes that nobody checked: they are choices that were not taken."""
    return (block for block in section.blocks if not (isinstance(block, Item) and block.checked is False))


def _account_of_fix(section: Section, vocabulary: Vocabulary) -> Iterator[_Said | None]:
    """A section that tells what was fixed, or in which commit, concludes that it is."""
    texts = (plain(passage.raw) for passage in _passages([section]))
    told = next((text for text in texts if not vocabulary.nothing(text)), "")
    if _is_told(told, vocabulary) and vocabulary.field("resolution", section.title) == "fix":
        yield _Said("fixed", told, section.line)
    for pair in _entries(section, vocabulary):
        name = vocabulary.field("resolution", pair.key)
        if name == "commit" and commits_in(pair.text):
            yield _Said("fixed", pair.text, pair.line)
        elif name in ("fix", "by") and _is_told(pair.text, vocabulary):
            yield _Said("fixed", f"{pair.key} {pair.text}" if name == "by" else pair.text, pair.line)
    for passage in _passages([section]):
        text = plain(passage.raw)
        if any(commits_in(match[0]) for match in vocabulary.phrases("fixed in commit", text)):
            yield _Said("fixed", text, passage.line)


def _is_told(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text tells something, rather than that it will be told: "TBD – pending the crew's decision"."""
    return not vocabulary.nothing(text) and not vocabulary.phrase("still to come", text)


def _said(text: str, line: int, vocabulary: Vocabulary) -> _Said | None:
    """The disposition of a text; what stands in brackets may say it more exactly ("Won't Fix (False Positive)")."""
    disposition = vocabulary.disposition(text)
    bracket = _BRACKETED.search(text)
    if bracket and disposition == "wont-fix" and vocabulary.disposition(bracket[1]) == "not-a-bug":
        disposition = "not-a-bug"
    return _Said(disposition, text, line) if disposition else None


def _entries(section: Section, vocabulary: Vocabulary) -> list[Pair]:
    def known(key: str) -> str | None:
        return vocabulary.field("resolution", key)

    return [pair for block in section.blocks for pair in pairs(block, known, vocabulary)]


def _severity(sections: list[Section], vocabulary: Vocabulary) -> tuple[tuple[str, ...], int | None]:
    """The severity that the last statement concludes, and the line where it is first concluded."""
    found: list[tuple[str, int]] = []
    for passage in map(_in_plain, _passages(sections)):
        said = concluded(passage.raw, vocabulary)
        if said:
            found.append((said[0], passage.line_at(said[1])))
    if not found:
        return (), None
    final = found[-1][0]
    return (final,), next(line for severity, line in found if severity == final)


def _commits(closing: list[Section], entries: list[Pair], vocabulary: Vocabulary) -> Iterator[str]:
    """Commits cited as the fix: in a commit entry, in the list below one, in "fixed in abc1234"."""
    for pair in entries:
        if vocabulary.field("resolution", pair.key) == "commit":
            yield from commits_in(plain(pair.value.raw))
    for section in closing:
        listed = titled = vocabulary.field("resolution", section.title) == "commit"
        for block in section.blocks:
            if not isinstance(block, Item):
                keys = [pair.key for pair in pairs(block, lambda key: vocabulary.field("resolution", key), vocabulary)]
                listed = titled or any(vocabulary.field("resolution", key) == "commit" for key in keys)
            for text in (plain(passage.raw) for passage in passages(block)):
                if listed and isinstance(block, Item):
                    yield from commits_in(text)
                for match in vocabulary.phrases("fixed in commit", text):
                    yield from commits_in(match[0])


def _date(sections: list[Section], entries: list[Pair], vocabulary: Vocabulary) -> str | None:
    dated = (read_date(pair.text, vocabulary) for pair in entries if vocabulary.field("resolution", pair.key) == "date")
    titled = (read_date(section.title, vocabulary) for section in sections)
    return next(filter(None, (*dated, *titled)), None)


def _refutation(
    sections: list[Section], said: _Said | None, headline: str, vocabulary: Vocabulary
) -> Refutation | None:
    """The sentence that finds a claim false; "not a bug" says it too. What was fixed cannot be denied."""
    if said and said.disposition == "fixed":
        headline = ""
    for section in sections:
        if refuting_sentence(section.title, vocabulary, "team refutes", headline):
            return Refutation(_with_reason(section.title, section), section.line)
        for passage in map(_in_plain, _passages([section])):
            sentence = refuting_sentence(passage.raw, vocabulary, "team refutes", headline)
            if sentence:
                return Refutation(sentence.text, passage.line_at(sentence.start))
    if said and said.disposition == "not-a-bug":
        heads = (section for section in sections if section.line == said.line)
        return Refutation(next((_with_reason(said.text, section) for section in heads), said.text), said.line)
    return None


def _with_reason(heading: str, section: Section) -> str:
    """A heading that refutes, and the first sentence under it, which says why."""
    first = next((first_sentence(plain(passage.raw)) for passage in _passages([section])), "")
    return f"{heading}. {first}" if first else heading


def _in_plain(passage: Passage) -> Passage:
    """The same passage without markup, so that offsets in its text lead to lines."""
    return Passage(plain(passage.raw), passage.line)


def _passages(sections: list[Section]) -> Iterator[Passage]:
    return (passage for section in sections for block in section.blocks for passage in passages(block))
