"""Text in UTF-8 that somebody read as Windows-1252 or Latin-1: ``cafÃ©`` for ``café``.

Such a run of letters, taken back to the bytes that it was made from, is valid UTF-8; text that was
meant as it stands almost never is. "Almost" is why a sequence counts by itself only where it begins
as those of Western letters, punctuation and pictures do, and any other only beside a second one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ticketaudit.inline import CODE_SPAN

#: What stands for a character that could not be decoded.
LOST = "\ufffd"
_NOT_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"
#: What a damaged run begins with, and that.
_SUSPECT = re.compile(f"[Â-ô{LOST}]")


class Mojibake(NamedTuple):
    """A run of damaged text, and the text that it was."""

    text: str
    meant: str


def may_be_damaged(text: str) -> bool:
    """Whether a text has what damage leaves: other letters and punctuation do not look like it."""
    return not text.isascii() and _SUSPECT.search(text) is not None


def find_mojibake(text: str) -> Mojibake | None:
    """The first run of a text that went through the wrong encoding."""
    if not may_be_damaged(text):
        return None
    byte_of, run = _table()
    for match in run.finditer(text):
        try:
            meant = bytes(byte_of[char] for char in match[0]).decode()
        except UnicodeDecodeError:
            continue
        if meant.isprintable() or meant.isspace():
            return Mojibake(match[0], meant)
    return None


@cache
def _table() -> tuple[dict[str, int], re.Pattern[str]]:
    """The byte that a character stands for in Windows-1252, in Latin-1 where that has none, and what runs look like.

    Both take a moment to make, and most texts have nothing that looks damaged.
    """
    byte_of = {chr(byte): byte for byte in range(0x80, 0x100)}
    byte_of |= {bytes([byte]).decode("cp1252"): byte for byte in byte_of.values() if byte not in _NOT_IN_CP1252}
    following = f"[{re.escape(''.join(char for char, byte in byte_of.items() if byte < 0xC0))}]"
    western = rf"[ÂÃ]{following}|â{following}{{2}}|ð{following}{{3}}"
    any_language = rf"[Â-ß]{following}|[à-ï]{following}{{2}}|[ð-ô]{following}{{3}}"
    return byte_of, re.compile(rf"(?:{any_language}){{2,}}|{western}")


def mended(line: str) -> str:
    """A line as it was before the damage, as far as ftfy can tell; the same where ftfy is not installed.

    Code is left as it is, and so is the whole line where code begins or ends on another one.
    """
    try:
        import ftfy
    except ModuleNotFoundError:
        return line
    parts, done = [], 0
    for span in CODE_SPAN.finditer(line):
        parts += [ftfy.fix_encoding(line[done : span.start()]), span[0]]
        done = span.end()
    parts.append(ftfy.fix_encoding(line[done:]))
    return line if any("`" in part for part in parts[::2]) else "".join(parts)
