"""What a heading says of the ticket that it heads: its id, its title, a severity, a status.

``Finding Ticket: Cache never expires``, ``[H-01] Title``, ``🔴 BUG-7: CRITICAL - Title``,
``### [P1] Title``, ``BUG #17: Title - **FIXED in 2.5**``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ticketaudit.paths import stem
from ticketaudit.vocabulary import Vocabulary

#: An id of letters and numbers, as people make them: ``B3-DRL-02``, ``CVE-2024-1``, ``STAB-1.10``, ``RFC0002``.
_PLAIN_ID = re.compile(
    r"(?P<id>(?:[A-Z][A-Za-z0-9]*(?:[-_.][A-Z0-9][A-Za-z0-9]*)*?[-_][A-Z]?\d+|[A-Z]{2,} ?\d+|[A-Z]\d+)"
    r"(?:\.[A-Z]?\d+|\.[A-Z](?=\.))*[A-Za-z]?|GHSA(?:-[a-z0-9]{4}){3})"
    r"(?![\w-])(?P<end>\s*[:：—–]\s*|\s+-{1,2}\s+|\s*$|\s+(?=[(\[]))"
)
#: The key of an issue in a tracker needs nothing between it and the title: ``NAV-12 Bell rings twice``.
_KEY = re.compile(r"(?P<id>[A-Z][A-Z0-9]+-\d+)(?P<end>\s+)(?=[^\W\d_a-z]|[`\"'])")
_BRACKETED = re.compile(r"[\[【(](?P<id>[^\[\]【】()]{1,40})[\]】)]\s*(?:[:：—–]\s*|-\s+)?")
#: A number behind the word for what it numbers: ``BUG #32``, ``Finding 3``.
_NUMBER = re.compile(r"#?\d+(?:\.\d+)*(?![\w-])")
_LEADING_NUMBER = re.compile(r"(?P<id>\d+(?:\.\d+)*)(?:[.)]|\s*[:：、])?\s+(?:[—–-]\s+)?(?=\S)")
_NUMBER_IN_NAME = re.compile(r"\d+(?=[-_ .]|$)")
_LETTERS = re.compile(r"[^\W\d_]+")
_SEPARATOR = re.compile(r"\s*[:：—–]\s*|\s+-\s+|[.)]\s+|\s+")
_SEVERITY_END = re.compile(r"\s*[:：—–]\s*|\s+-\s+")
_TRAILING = re.compile(r"(?:\s*[\[(（](?P<bracketed>[^\[\]()（）]{1,30})[\])）]|\s+[-—–:：]\s+(?P<said>[^-—–]{1,40}))$")
_TRAILING_ID = re.compile(r"\s*[(\[](?P<id>#\d+|[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+)[)\]]$")
#: A symbol and a word behind the title: "… 🟠 High".
_SYMBOL_AND_WORD = re.compile(r"\s+(?P<said>\W{1,3}\s*[^\W\d_]+)$")
_BOLD_END = re.compile(r"\*\*[^*]+\*\*\W*$")
_IN_STEM = re.compile(
    r"(?:(?:[A-Za-z]{2,}[-_ ]|[A-Z]{2,}|[a-z]{2,}(?=\d{3}))\d\w*(?:[-.][A-Z]?\d+|\.[A-Z](?=\.))*|0\d{2,})"
    r"(?=$|[-_. ])"
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_VERSION = re.compile(r"v?\d+(?:\.\d+)+$", re.IGNORECASE)
_MOST_WORDS = 4
#: A heading is a line; one that is longer than this is a text, and has no parts.
_LONGEST = 300


class Heading(NamedTuple):
    """The parts of a heading. ``numbers``: its id is plainly one of a series of findings ("[H-01]", "Issue
    H-1"); ``bracketed``: its severity stands in brackets ("[P1] Title").
    """

    id: str | None = None
    title: str | None = None
    severity: str | None = None
    status: str | None = None
    numbers: bool = False
    bracketed: bool = False

    @property
    def tells(self) -> bool:
        """Whether it says which finding stands below it."""
        return bool(self.id or self.severity)


@lru_cache(maxsize=1024)  # most tickets have the same headings, and several readers ask for the title's
def read_heading(text: str, raw: str, vocabulary: Vocabulary, *, counted: bool = False) -> Heading:
    """Read a heading's plain ``text``; ``raw`` is the same as inline Markdown.

    ``counted``: the heading is one of a finding among others, where a number alone is an id ("3. Title").
    """
    if len(text) > _LONGEST:
        return Heading(title=text.strip())
    rest, decorated = _without_symbols(text)
    kind = _BRACKETED.match(rest)
    if kind and vocabulary.document_type(kind["id"]):
        rest = text = rest[kind.end() :]
    found_id, rest, numbers = _leading_id(rest, vocabulary)
    number = _LEADING_NUMBER.match(rest) if counted and not found_id else None
    if number:
        found_id, rest = number["id"], rest[number.end() :]
    if not found_id and decorated:
        rest = text
    bracketed = rest.startswith(("[", "【"))
    severity, rest = _leading_severity(rest, vocabulary, plainly=bool(found_id) or decorated)
    if not found_id and severity:
        found_id, rest, numbers = _leading_id(rest, vocabulary)
    status, rest = _trailing(rest, raw, vocabulary) if found_id or severity else (None, rest)
    if status and vocabulary.severity_rank(status) is not None:
        severity, status = severity or status, None
    series = numbers and _is_one_of_many(found_id)
    return Heading(found_id, rest.strip() or None, severity, status, series, bracketed and bool(severity))


def id_in_name(path: str) -> str | None:
    """The id that a file's name begins with: ``ADR-11.md``, ``RFC0027-Title.md``, ``0042-title.md``."""
    name = stem(path.replace("\\", "/"))
    match = None if _DATE.search(name) else _IN_STEM.match(name)
    return match[0] if match else None


def is_id(text: str) -> bool:
    """Whether a text can be the id of a ticket: one word with a digit or a hyphen, or a few with a number."""
    words = text.split()
    has_digit = any(char.isdigit() for char in text)
    return bool(words) and (
        has_digit if 1 < len(words) <= _MOST_WORDS else len(words) == 1 and (has_digit or "-" in text)
    )


def _is_one_of_many(name: str | None) -> bool:
    """Whether an id is a word with a number behind it, not a number alone: any guide counts its problems."""
    return name is not None and " " not in name and "#" not in name and name[-1].isdigit()


def _without_symbols(text: str) -> tuple[str, bool]:
    """A text without the emoji that it begins with, and whether it had any."""
    end = 0
    while end < len(text) and (unicodedata.category(text[end]) in ("So", "Sk", "Mn", "Cf") or text[end].isspace()):
        end += 1
    return text[end:], end > 0


def _leading_id(text: str, vocabulary: Vocabulary) -> tuple[str | None, str, bool]:
    """The id, the text behind it, and whether it is plainly one of a series."""
    bracketed = _BRACKETED.match(text)
    if bracketed and _is_bracketed_id(bracketed["id"], vocabulary):
        return bracketed["id"].strip(), text[bracketed.end() :], any(char.isalpha() for char in bracketed["id"])
    plain_id = _plain_id(text, vocabulary)
    if plain_id:
        return plain_id["id"], text[plain_id.end() :], vocabulary.severity_of_letter(plain_id["id"]) is not None
    for length in reversed([match.end() for match in islice(_LETTERS.finditer(text), _MOST_WORDS)]):
        if vocabulary.document_type(text[:length]):
            found = _behind_type(text, length, vocabulary)
            if found:
                return found
    head, colon, rest = text.partition(": ")
    if colon and vocabulary.field("metadata", head) == "id" and is_id(rest.strip()):
        return rest.strip(), "", True
    if colon and len(head.split()) == 1:
        found = _leading_id(rest, vocabulary)
        if found[0] and found[2]:
            return found
    return None, text, False


def _plain_id(text: str, vocabulary: Vocabulary) -> re.Match[str] | None:
    """An id that a text begins with, neither a severity (``SEV-1``) nor the name of a thing (``UTF-8``)."""
    match = _PLAIN_ID.match(text) or _KEY.match(text)
    if match and (vocabulary.severity_rank(match["id"]) is not None or vocabulary.has_number(match["id"])):
        return None
    return match


def _behind_type(text: str, length: int, vocabulary: Vocabulary) -> tuple[str | None, str, bool] | None:
    """What follows the word for what is headed: an id, a number, or only the title."""
    behind = text[length:].lstrip()[:1] if text[length:].lstrip()[:1] in (":", "：") else text[length : length + 1]
    rest = re.sub(r"^\s*(?:[:：—–]\s*|-\s+)?", "", text[length:])
    plain_id = _plain_id(rest, vocabulary)
    if plain_id:
        return plain_id["id"], rest[plain_id.end() :], True
    number = _NUMBER.match(rest)
    if number and behind in (" ", "#"):
        end = _SEPARATOR.match(rest, number.end())
        name = number[0] if "." in number[0] else text[: len(text) - len(rest) + number.end()]
        return name, rest[end.end() if end else number.end() :], True
    if behind in (":", "：") and rest:
        return _leading_id(rest, vocabulary) if _BRACKETED.match(rest) else (None, rest, False)
    return None


def _is_bracketed_id(text: str, vocabulary: Vocabulary) -> bool:
    return (
        is_id(text)
        and any(char.isdigit() for char in text)
        and vocabulary.severity_rank(text) is None
        and not _DATE.search(text)
        and not _VERSION.match(text)
    )


def trailing_id(text: str, path: str) -> str | None:
    """The id in brackets behind a title, where the file is called by it: "Login loops (#12)" in ``12.md``."""
    match = _TRAILING_ID.search(text[-_LONGEST:])
    name = stem(path.replace("\\", "/"))
    return match["id"] if match and name.startswith(match["id"].strip("#")) else None


def file_number(title: str, path: str) -> tuple[str | None, str]:
    """The number that a title begins with where its file is called by it, too, and the title without it.

    "2. Use bells" in ``0002-use-bells.md`` is "2" and "Use bells".
    """
    number, name = _LEADING_NUMBER.match(title), _NUMBER_IN_NAME.match(stem(path.replace("\\", "/")))
    same = number and name and number["id"].lstrip("0") == name[0].lstrip("0")
    return (number["id"], title[number.end() :]) if number and same else (None, title)


def _leading_severity(text: str, vocabulary: Vocabulary, *, plainly: bool) -> tuple[str | None, str]:
    """A severity in brackets or set off; one that is a common word (``Low: …``) only where ``plainly`` no title."""
    bracketed = _BRACKETED.match(text)
    if bracketed and vocabulary.severity_rank(bracketed["id"]) is not None:
        return bracketed["id"].strip(), text[bracketed.end() :]
    end = _SEVERITY_END.search(text)
    word = text[: end.start()] if end else ""
    if end and text[end.end() :] and (plainly or word[-1:].isdigit()) and vocabulary.severity_rank(word) is not None:
        return word, text[end.end() :]
    return None, text


def _trailing(text: str, raw: str, vocabulary: Vocabulary) -> tuple[str | None, str]:
    """A severity or a status behind the title, in brackets or set off and in bold or capitals."""
    marked = _SYMBOL_AND_WORD.search(text)
    if marked and _without_symbols(marked["said"])[1] and vocabulary.severity_rank(marked["said"]) is not None:
        return marked["said"], text[: marked.start()]
    match = _TRAILING.search(text)
    if not match:
        return None, text
    said = match["bracketed"] or match["said"].strip()
    known = vocabulary.severity_rank(said) is not None or vocabulary.state(said) or vocabulary.disposition(said)
    loud = match["bracketed"] or said.isupper() or _BOLD_END.search(raw)
    return (said, text[: match.start()]) if known and loud and len(said.split()) <= _MOST_WORDS else (None, text)
