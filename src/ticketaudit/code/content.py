"""The text of a file of the source tree, and what is worked out from it once."""

from __future__ import annotations

import re
from functools import cached_property

from ticketaudit.code.languages import Language, language_of
from ticketaudit.code.tokens import Stream, tokenize
from ticketaudit.text import Source

#: A file with more bytes is data; nobody quotes it, and to read it would only cost time.
LIMIT = 2 * 1024 * 1024
#: So many bytes tell whether a file is text.
_HEAD = 8192
_IMPORT = re.compile(r"import\b")
#: What stands before the word on its line, and what is imported.
_FROM = re.compile(r"[ \t]*(?:from[ \t]+\S+[ \t]+)?")
_IMPORTED = re.compile(r"[ \t]*\([^)]*\)|[^\n(]*")
_NAME = re.compile(r"[^\W\d]\w*")


class Content:
    """A text file: its lines, its tokens. ``name`` is a path that it stands under, for the language.

    Nothing is worked out before somebody asks: of most files nobody wants to know more than whether a name
    stands in them, and that their bytes tell.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._data = data
        self._held: dict[str, bool] = {}

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their ends."""
        return tuple(self.text.split("\n"))

    @property
    def last_line(self) -> int:
        """The number of the last line; the end of the last line begins no further one."""
        return len(self.lines) - (self.lines[-1] == "")

    @cached_property
    def text(self) -> str:
        """The lines joined by a line feed."""
        try:
            text = self._data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = "\r"
        return Source.from_bytes(self.name, self._data).text if "\r" in text else text

    def holds(self, text: str) -> bool:
        """Whether a piece of a line stands in the file; the trees of all moments ask it of the same content."""
        held = self._held.get(text)
        if held is None:
            held = self._held[text] = text.encode() in self._data if text.isascii() else text in self.text
        return held

    @cached_property
    def imported(self) -> frozenset[str]:
        """The names in the import statements of a Python file."""
        text, found = self.text, set[str]()
        for match in _IMPORT.finditer(text):
            if _FROM.fullmatch(text, text.rfind("\n", 0, match.start()) + 1, match.start()):
                statement = _IMPORTED.match(text, match.end())
                found.update(_NAME.findall(statement[0]) if statement else ())
        return frozenset(found)

    @property
    def language(self) -> Language:
        """What the file is written in, by the ending of its name."""
        return language_of(self.name)

    @cached_property
    def tokens(self) -> Stream:
        """The code without layout and comments."""
        return tokenize(self.text, self.language)

    def line(self, number: int) -> str:
        """The text of a 1-based line, empty outside the file."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""


def read_content(name: str, data: bytes | None) -> Content | None:
    """The content that some bytes are; None for what is no text, is too large, or could not be read."""
    if data is None or len(data) > LIMIT or b"\0" in data[:_HEAD]:
        return None
    return Content(name, data)
