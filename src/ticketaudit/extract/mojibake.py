"""Text in UTF-8 that somebody read as Windows-1252 or Latin-1: ``cafÃ©`` for ``café``.

Such a run of letters, taken back to the bytes that it was made from, is valid UTF-8; text that was
meant as it stands almost never is. "Almost" is why a sequence counts by itself only where it begins
as those of Western letters, punctuation and pictures do, and any other only beside a second one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ticketaudit.inline import CODE_SPAN

#: The byte that a character stands for in Windows-1252, or in Latin-1 where that has no character.
_BYTES = {chr(byte): byte for byte in range(0x80, 0x100)}
_BYTES |= {bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0x100) if byte not in b"\x81\x8d\x8f\x90\x9d"}
_NEXT = f"[{re.escape(''.join(char for char, byte in _BYTES.items() if byte < 0xC0))}]"
_WESTERN = rf"[ÂÃ]{_NEXT}|â{_NEXT}{{2}}|ð{_NEXT}{{3}}"
_ANY = rf"[Â-ß]{_NEXT}|[à-ï]{_NEXT}{{2}}|[ð-ô]{_NEXT}{{3}}"
#: What stands for a character that could not be decoded.
LOST = "\ufffd"
_RUN = re.compile(rf"(?:{_ANY}){{2,}}|{_WESTERN}")


#: What such a run begins with, and that.
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
    for match in () if text.isascii() else _RUN.finditer(text):
        try:
            meant = bytes(_BYTES[char] for char in match[0]).decode()
        except UnicodeDecodeError:
            continue
        if meant.isprintable() or meant.isspace():
            return Mojibake(match[0], meant)
    return None


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
