"""Everything in a ticket that the source tree can confirm or contradict, in the order of its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ticketaudit.code.fences import quotes_in
from ticketaudit.code.languages import language_of
from ticketaudit.code.quote import Quote, read_quote
from ticketaudit.code.verified import Kind, Reference
from ticketaudit.code.wording import shortened, spans
from ticketaudit.extract.places import places_in, read_lines
from ticketaudit.extract.usage import UsageClaim, read_usage_claims
from ticketaudit.text import Source
from ticketaudit.ticket import Location, Ticket
from ticketaudit.vocabulary import Vocabulary

#: A code span in a sentence with fewer tokens is a name, and quotes nothing.
_LEAST_QUOTED = 4
#: A table of locations has so many rows at most.
_ROWS = 8
_SYMBOL = re.compile(r"(?<![\w.])[^\W\d]\w*(?:\.[^\W\d]\w*)*(?P<call>\(\))?")
_NUMBER, _WORD = re.compile(r"\d+"), re.compile(r"\w+")
#: Words in a cell of symbols that name none.
_NO_SYMBOLS = frozenset(
    [
        "a",
        "all",
        "and",
        "any",
        "async",
        "attribute",
        "block",
        "blueprint",
        "class",
        "classes",
        "code",
        "comment",
        "computation",
        "config",
        "constant",
        "constants",
        "constructor",
        "coverage",
        "decorator",
        "definition",
        "docstring",
        "entire",
        "enum",
        "exports",
        "field",
        "fields",
        "file",
        "files",
        "for",
        "function",
        "functions",
        "general",
        "global",
        "helper",
        "helpers",
        "import",
        "imports",
        "in",
        "init",
        "integration",
        "level",
        "main",
        "management",
        "many",
        "method",
        "methods",
        "missing",
        "module",
        "modules",
        "multiple",
        "n/a",
        "na",
        "new",
        "none",
        "of",
        "package",
        "parameter",
        "path",
        "property",
        "registration",
        "section",
        "several",
        "test",
        "tests",
        "the",
        "type",
        "types",
        "variable",
        "various",
        "whole",
    ]
)


class Cited(Reference, frozen=True):
    """Something that a ticket cites, with what there is to look for."""

    quote: Quote | None = None
    claim: UsageClaim | None = None

    @property
    def reference(self) -> Reference:
        """The citation itself."""
        return Reference(*(getattr(self, name) for name in Reference.__struct_fields__))


def collect(ticket: Ticket, source: Source, vocabulary: Vocabulary) -> tuple[Cited, ...]:
    """What a ticket cites, each thing once in each place. ``source`` is the text that it was read from."""
    files = tuple(dict.fromkeys(place.path for place in ticket.locations if place.path and is_path(place.path)))
    found = [
        *_of_locations(ticket, source),
        *_of_text(ticket, files),
        *_commits(ticket, source),
        *_of_reviews(ticket, files),
        *_quotes(ticket, source, files),
        *_claims(ticket, source, vocabulary, files),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda cited: cited.line))


def is_path(text: str) -> bool:
    """Whether a text can be a path: "Multiple" and "N/A" stand in cells of paths as well."""
    return ("." in text or "/" in text) and len(text) > 3


def _of_locations(ticket: Ticket, source: Source) -> Iterator[Cited]:
    for place in ticket.locations:
        paths = (place.path,) if place.path and is_path(place.path) else ()
        if paths:
            yield Cited("path", "location", paths[0], place.line, paths)
        if paths and place.lines:
            text = f"{paths[0]}:{spans(place.lines)}"
            number = str(place.lines[0][0])
            line = _line_with(number, _NUMBER, source, place.line + 1) or place.line
            yield Cited("lines", "location", text, line, paths, place.lines)
        others = [other.path for other in ticket.locations if other.path and is_path(other.path)]
        around = tuple(dict.fromkeys((*paths, *others)))
        yield from _symbols(place, source, around)


def _symbols(place: Location, source: Source, paths: tuple[str, ...]) -> Iterator[Cited]:
    """The names in a cell that names symbols, between words that say what they are."""
    text = place.symbol or ""
    line = _line_with(text.split(",")[0].split(" ")[0], None, source, place.line) if text else None
    written = "".join(source.line(number) for number in range(place.line, place.line + _ROWS))
    for match in _SYMBOL.finditer(text):
        name = match[0].removesuffix("()")
        if name.lower() in _NO_SYMBOLS or any(name == part for path in paths for part in path.split("/")):
            continue
        telling = match["call"] or re.search(r"_|\.|[a-z][A-Z]|^[A-Z]{2,}", name) or f"`{name}`" in written
        if telling or (text == name and text[:1].isalpha()):
            yield Cited("symbol", "location", match[0], line or place.line, paths, symbol=name)


def _of_text(ticket: Ticket, files: tuple[str, ...]) -> Iterator[Cited]:
    for citation in ticket.citations:
        origin = ticket.role_at(citation.line)
        if citation.kind == "path" and citation.path and origin != "location":
            kind: Kind = "lines" if citation.lines else "path"
            yield Cited(kind, origin, shortened(citation.text), citation.line, (citation.path,), citation.lines)


def _commits(ticket: Ticket, source: Source) -> Iterator[Cited]:
    """The commits; a resolution also names some that are numbers to everybody else."""
    known = [citation for citation in ticket.citations if citation.kind == "commit"]
    cited = {citation.text for citation in known}
    paths = tuple(place.path for place in ticket.locations if place.path and is_path(place.path))
    for citation in known:
        origin = ticket.role_at(citation.line)
        yield Cited("commit", origin, citation.text, citation.line, paths, symbol=citation.text)
    resolution = ticket.resolution
    for name in resolution.commits if resolution else ():
        if name not in cited and resolution:
            line = _line_with(name, _WORD, source, 1, len(source.lines)) or resolution.line
            yield Cited("commit", "resolution", name, line, paths, symbol=name)


def _of_reviews(ticket: Ticket, files: tuple[str, ...]) -> Iterator[Cited]:
    """The lines and the pieces of code that reviewers show; they speak of the ticket's own file."""
    for review in ticket.reviews:
        for shown in review.evidence:
            if shown.kind == "line":
                yield Cited("lines", "review", shortened(shown.text), shown.line, files, read_lines(shown.text))
            elif shown.kind == "code" and not any(places_in(shown.text)):
                quote = read_quote(shown.text, language_of(files[0] if files else "a.py"))
                if len(quote.words) >= _LEAST_QUOTED:
                    text = shortened(shown.text)
                    yield Cited("quote", "review", text, shown.line, files, quote=quote, fragment=True)


def _quotes(ticket: Ticket, source: Source, files: tuple[str, ...]) -> Iterator[Cited]:
    lines = {place.path: place.lines for place in ticket.locations if place.path}
    for origin, found in quotes_in(ticket, source):
        paths = (found.path,) if found.path else files
        own = found.lines or (lines.get(paths[0], ()) if paths else ())
        yield Cited(
            "quote",
            origin,
            shortened(found.text),
            found.line,
            paths,
            own,
            quote=found.quote,
            places_itself=bool(found.lines),
        )


def _claims(ticket: Ticket, source: Source, vocabulary: Vocabulary, files: tuple[str, ...]) -> Iterator[Cited]:
    for claim in read_usage_claims(source, vocabulary):
        if ticket.line <= claim.line <= ticket.end_line:
            origin = ticket.role_at(claim.line)
            yield Cited("usage", origin, shortened(claim.text), claim.line, files, symbol=claim.symbol, claim=claim)


def _line_with(text: str, whole: re.Pattern[str] | None, source: Source, start: int, count: int = _ROWS) -> int | None:
    """The first of some lines in which a text stands: anywhere, or as one of the things that a pattern finds."""
    for number in range(start, start + count):
        line = source.line(number)
        if text in line and (whole is None or text in whole.findall(line)):
            return number
    return None
