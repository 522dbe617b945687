"""Tickets made hostile: each function changes the lines of a text in a way that once broke some reader of Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

#: Pieces that make structure likely.
PIECES = (
    "# Finding Ticket: T",
    "## Cross-Review (x)",
    "## Resolution",
    "## Verification",
    "### Status: FIXED",
    "| Field | Value |\n|---|---|",
    "| **Ticket ID** | `A-1` |",
    "| **Severity** | P1 |",
    "| **Status** | open |",
    "| Verdict | OBJECT |\n|--|--|",
    "| Reviewer | Verdict |\n|--|--|",
    "| x | y | z |",
    "|",
    "|||",
    "**Verdict:** ENDORSE",
    "**Reviewer:** x | **Verdict:** OBJECT",
    "- [ ] box",
    "  - [x] nested",
    "> ",
    "> ## q",
    "```python",
    "# src/a.py:3-1",
    "~~~",
    "---",
    "===",
    "+++",
    "",
    "    code",
    "<!-- c -->",
    "<!-- ticketaudit: ignore[all] x -->",
    "<table><tr><td>a</td></tr>",
    "<details>",
    "<br>",
    "\\|",
    "`",
    "**",
    "__",
    "[a](b)",
    "[a]: b",
    "![",
    "&amp;&#0;&#xd800;",
    "text P1 from P1 to P4 lines 3-9",
    "a.py:99999999999999999999",
    "2025-13-45",
    "1. x",
    "2. y",
    "10) x",
    "{x}",
    "A-1",
    "0123456789abcdef0",
    "status: [a, &b *b]",
)
#: Characters and bytes that readers, terminals and other programs stumble over.
CHARACTERS = (
    b"\x00",
    b"\x01",
    b"\x08",
    b"\t",
    b"\x0b",
    b"\x0c",
    b"\x1b[2J",
    b"\x7f",
    "\x85".encode(),
    "\u00a0".encode(),
    "\u00ad".encode(),
    "\u0301".encode(),
    "\u200b".encode(),
    "\u200e".encode(),
    "\u2028".encode(),
    "\u2029".encode(),
    "\u202e".encode(),
    "\u2067".encode(),
    "\u3000".encode(),
    "\ufeff".encode(),
    "\uffff".encode(),
    "\U0001f41b".encode(),
    "\U0010ffff".encode(),
    "İıßſK".encode(),
    "٣²".encode(),
    b"\xed\xa0\x80",  # half of a pair
    b"\xed\xbf\xbf",
    b"\xff",
    b"\xfe\xff",
    b"\xc0\x80",  # a NUL in more bytes than it needs
    b"\xe2\x80",  # a character cut short
)
ENDS = (b"\n", b"\r\n", b"\r", b"\n\r", b"")
#: What a line may stand in.
AROUND = (b"> ", b"- ", b"  ", b"    ", b"1. ", b"# ", b"| ", b"`", b"**", b"[", b"![", b"(", b"<b>", b"- [ ] ", b"\t")

Lines = list[bytes]
Mutation = Callable[[Lines, Random, Sequence[bytes]], None]


def mutated(data: bytes, random: Random, others: Sequence[bytes] = ()) -> bytes:
    """The bytes of a ticket after one to six mutations; ``others`` are texts to take pieces from."""
    lines = data.split(b"\n")
    for _ in range(random.randint(1, 6)):
        random.choice(MUTATIONS)(lines, random, others or (data,))
    return b"\n".join(lines)


def _range(lines: Lines, random: Random, longest: int = 8) -> tuple[int, int]:
    start = random.randint(0, len(lines))
    return start, min(len(lines), start + random.randint(0, longest))


def _cut(lines: Lines, random: Random, others: Sequence[bytes]) -> None:
    start, end = _range(lines, random)
    del lines[start:end]


def _repeat(lines: Lines, random: Random, others: Sequence[bytes]) -> None:
    start, end = _range(lines, random)
    lines[end:end] = lines[start:end] * random.choice((1, 2, 9))


def _move(lines: Lines, random: Random, others: Sequence[bytes]) -> None:
    start, end = _range(lines, random)
    moved = lines[start:end]
    del lines[start:end]
    place = random.randint(0, len(lines))
    lines[place:place] = moved


def _splice(lines: Lines, random: Random, others: Sequence[bytes]) -> None:
    other = random.choice(others).split(b"\n")
    start, end = _range(other, random)
    place = random.randint(0, len(lines))
    lines[place:place] = other[start:end]


def _insert(lines: Lines, random: Random, others: Sequence[bytes]) -> None:
    lines.insert(random.randint(0, len(lines)), random.choice(PIECES).encode())


def _nest(lines: Lines, random: Random, others: Sequence[bytes]) -> None:
    start, end = _range(lines, random)
    prefix = random.choice(AROUND) * random.choice((1, 2, 30))
    lines[start:end] = [prefix + line for line in lines[start:end]]


def _truncate(lines: Lines, random: Random, others: Sequence[bytes]) -> None:
    if lines:
        place = random.randrange(len(lines))
        lines[place] = lines[place][: random.randint(0, len(lines[place]))]


def _end(lines: Lines, random: Random, others: Sequence[bytes]) -> None:
    del lines[random.randint(0, len(lines)) :]


def _inside(lines: Lines, random: Random, others: Sequence[bytes]) -> None:
    """Something in the middle of a line, even in the middle of a character."""
    if lines:
        place = random.randrange(len(lines))
        column = random.randint(0, len(lines[place]))
        piece = random.choice((*CHARACTERS, *AROUND, random.choice(PIECES).encode()))
        lines[place] = lines[place][:column] + piece * random.choice((1, 1, 2, 40)) + lines[place][column:]


def _ends(lines: Lines, random: Random, others: Sequence[bytes]) -> None:
    """Other ends of lines, mixed."""
    start, end = _range(lines, random, 20)
    joined = b"".join(line + random.choice(ENDS) for line in lines[start:end])
    lines[start:end] = [joined]


def _mark(lines: Lines, random: Random, others: Sequence[bytes]) -> None:
    """A byte order mark, in front or where none belongs."""
    if lines:
        place = random.choice((0, random.randrange(len(lines))))
        lines[place] = b"\xef\xbb\xbf" + lines[place]


MUTATIONS: tuple[Mutation, ...] = (
    *(_cut, _repeat, _move, _splice, _insert, _nest),
    *(_truncate, _end, _inside, _ends, _mark),
)
