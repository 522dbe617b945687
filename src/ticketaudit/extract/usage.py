"""Claims that something in the code is not used: "never called", "no callers anywhere", "dead code"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ticketaudit.extract.authored import read_document
from ticketaudit.extract.scope import Scope
from ticketaudit.inline import CODE_SPAN, Passage, plain
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

UsageKind = Literal["use", "set", "parameter"]
#: Sections that say what should be, or what other tickets say.
_NO_CLAIMS = ("fix", "verification", "related", "appendix", "category", "resolution")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z`*_(\"'])|\n\n|\s[–—]\s")
_NAME = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
_SPAN = re.compile(rf"^\.?({_NAME})(?:\((?:\.\.\.|…)?\))?$")
#: "Unused channels parameter": there any word is a name.
_UNUSED = re.compile(
    rf"\bunused `?(?P<name>{_NAME})`? "
    r"(?:param(?:eter)?|arg(?:ument)?|field|method|function|class|attribute|constant)\b",
    re.IGNORECASE,
)
#: A name that is one even where nobody marks it as code: with an underscore, a call, a dot inside, a capital inside.
_BARE = re.compile(rf"(?<![\w./`-])(?:{_NAME}(?=\(\))|(?=\w*_|\w+\.\w*_|[A-Z]?[a-z]+\w*[A-Z]){_NAME})(?![\w/]|\.\w)")
#: Words that look like names and say what kind of thing the name before them is.
_NO_NAMES = frozenset({"NamedTuple", "TypedDict"})
_PARAMETER = re.compile(r"\b(?:param(?:eter)?s?|arg(?:ument)?s?)\b", re.IGNORECASE)
_FOLDER = re.compile(r"\b(?:in|within|under|outside|anywhere in) `?((?:[\w.-]+/)+)`?(?![\w.])")


class UsageClaim(NamedTuple):
    """A claim that ``symbol`` is not used (called, read), not set, or a parameter that its function ignores.

    ``scope`` is the folder that the claim is limited to.
    """

    symbol: str
    kind: UsageKind
    scope: str | None
    text: str
    line: int


def read_usage_claims(source: Source, vocabulary: Vocabulary) -> tuple[UsageClaim, ...]:
    """The claims of a ticket's title, summary, description, reviews and investigation, each once."""
    if not _speaks(_unstressed(source.text), vocabulary):  # most tickets make no such claim, and need not be read again
        return ()
    scope = Scope(read_document(source), vocabulary)
    found: dict[tuple[str, UsageKind, str | None], UsageClaim] = {}
    for passage in _passages(scope):
        for claim in _claims(passage, vocabulary):
            found.setdefault((claim.symbol, claim.kind, claim.scope), claim)
    return tuple(found.values())


def _passages(scope: Scope) -> Iterator[Passage]:
    title = next((section for section in scope.sections if section.level), None)
    if title:
        yield Passage(title.title, title.line)
    for index, passage in scope.passages:
        if scope.roles[index] not in _NO_CLAIMS:
            yield passage


def _unstressed(text: str) -> str:
    """The same text without bold marks, offsets kept."""
    return text.replace("**", "  ")


def _speaks(text: str, vocabulary: Vocabulary) -> bool:
    return bool(vocabulary.phrase("never used", text) or vocabulary.phrase("never set", text))


def _claims(passage: Passage, vocabulary: Vocabulary) -> Iterator[UsageClaim]:
    text = _unstressed(passage.raw)
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        sentence, line = text[start:end], passage.line_at(start)
        start = end
        if not _speaks(sentence, vocabulary) or vocabulary.phrase("no usage claim", plain(sentence)):
            continue
        for group in ("never used", "never set"):
            match = vocabulary.phrase(group, sentence)
            claim = match and _claim(sentence, match, group, line, vocabulary)
            if claim:
                yield claim


def _claim(sentence: str, match: re.Match[str], group: str, line: int, vocabulary: Vocabulary) -> UsageClaim | None:
    """The claim that a phrase makes of the nearest name; None without one, and where it is limited to a case."""
    rest = sentence[match.end() :]
    folder = _FOLDER.search(rest)
    if folder is None and vocabulary.phrase("limited usage", rest.replace("`", "")):
        return None
    name = _nearest(sentence, match, vocabulary)
    if name is None:
        return None
    kind: UsageKind = "set" if group == "never set" else "use"
    if kind == "use" and _PARAMETER.search(sentence):
        kind = "parameter"
    text = " ".join(plain(sentence).split())
    return UsageClaim(name, kind, folder[1] if folder else None, text, line)


def _nearest(sentence: str, match: re.Match[str], vocabulary: Vocabulary) -> str | None:
    """The name that a phrase is about: the last one before it, else the next one after it."""
    said = _UNUSED.search(sentence)
    if said:
        return said["name"]
    for name, start, end in reversed(list(_names(sentence))):
        between = sentence[end : match.start()] if end <= match.start() else None
        if between is not None and vocabulary.phrase("said of the name before", between.strip("`*")):
            return name
        between = sentence[match.end() : start] if start >= match.end() else None
        if between is not None and vocabulary.phrase("said of the name after", between.strip("`*")):
            return name
    return None


def _names(sentence: str) -> Iterator[tuple[str, int, int]]:
    """The names in a sentence: those marked as code, and those that can be nothing else."""
    marked = list(CODE_SPAN.finditer(sentence))
    found = [(name[1], *match.span()) for match in marked if (name := _SPAN.match(match[2].strip()))]
    for match in _BARE.finditer(sentence):
        inside = any(span.start() <= match.start() < span.end() for span in marked)
        if not inside and match[0] not in _NO_NAMES:
            found.append((match[0], *match.span()))
    yield from sorted(found, key=lambda each: each[1])
