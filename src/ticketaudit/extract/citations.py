"""Every checkable reference in the text, and the code fences with where they say they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ticketaudit.extract.places import places_in
from ticketaudit.extract.scope import Scope
from ticketaudit.markdown import Fence, Passage, code_spans, without_marks
from ticketaudit.ticket import Citation, Cited, Code

#: 7 to 40 hexadecimal digits; in other text neither a number nor a word.
_HASH = re.compile(r"(?<![\w/#-])[0-9a-f]{7,40}(?![\w/-])")
_COMMIT = re.compile(r"(?<![\w/#-])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}(?![\w/-])")
_URL = re.compile(r"https?://[^\s<>()\[\]`\"']+[^\s<>()\[\]`\"'.,;:!?*_]")
#: The first lines of a fence, where a comment names the file.
_HEAD = 3
_COMMENT = re.compile(r"^\s*(?:#|//|--|;|/\*|\*|<!--|\"\"\"|%)\s*")


def read_citations(scope: Scope) -> tuple[Citation, ...]:
    """The references of the whole ticket in the order of their lines."""
    found = [citation for _, passage in scope.passages() for citation in citations_in(passage, scope)]
    return tuple(dict.fromkeys(found))


def citations_in(passage: Passage, scope: Scope) -> Iterator[Citation]:
    """The references of a run of text: URLs, commands, files, commits."""
    urls = list(_URL.finditer(passage.raw))
    for url in urls:
        yield Citation("url", url[0], None, (), passage.line_at(url.start()))
    text = _URL.sub(lambda match: " " * len(match[0]), passage.raw)
    for command in filter(scope.vocabulary.command, code_spans(text)):
        yield Citation("command", command, None, (), passage.line_at(text.find(command)))
        text = text.replace(command, " " * len(command))
    text = without_marks(text)
    for place in places_in(text):
        written = " ".join(text[place.start : place.end].split())
        yield Citation("path", written, place.path, place.lines, passage.line_at(place.start))
    for commit in _COMMIT.finditer(text):
        yield Citation("commit", commit[0], None, (), passage.line_at(commit.start()))


def commits_in(text: str) -> list[str]:
    """The commit hashes in a text that is known to name commits: there a number may be one, too."""
    return _HASH.findall(text)


def read_code(scope: Scope) -> tuple[Code, ...]:
    """The code fences of the ticket."""
    return tuple(
        Code(
            block.info.split()[0] if block.info else None,
            section.title or None,
            block.line,
            block.end_line,
            _cited(block),
        )
        for _, section, block in scope.blocks()
        if isinstance(block, Fence)
    )


def _cited(fence: Fence) -> Cited | None:
    """The first file that a comment at the top of the fence names."""
    for line in fence.text.split("\n")[:_HEAD]:
        comment = _COMMENT.match(line)
        place = next(places_in(line[comment.end() :]), None) if comment else None
        if place:
            return Cited(place.path, place.lines)
    return None
