"""What holds for any text: no exception, and everything that the record points at lies in the file."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ticketaudit import markup
from ticketaudit.extract import extract
from ticketaudit.inline import plain
from ticketaudit.markdown import parse
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

VOCABULARY = Vocabulary.builtin()
FIXTURES = sorted((Path(__file__).parent.parent / "fixtures" / "tickets").rglob("*.md"))

#: Pieces that make structure likely, and the characters that break naive readers.
PIECES = st.sampled_from(
    [
        "# Finding Ticket: T\n",
        "## Cross-Review (x)\n",
        "## Resolution\n",
        "## Verification\n",
        "### Status: FIXED\n",
        "| Field | Value |\n|---|---|\n",
        "| **Ticket ID** | `A-1` |\n",
        "| **Severity** | P1 |\n",
        "| **Status** | open |\n",
        "| Verdict | OBJECT |\n|--|--|\n",
        "| Reviewer | Verdict |\n|--|--|\n",
        "| x | y | z |\n",
        "|\n",
        "|||\n",
        "**Verdict:** ENDORSE\n",
        "**Reviewer:** x | **Verdict:** OBJECT\n",
        "- [ ] box\n",
        "  - [x] nested\n",
        "> ",
        "> ## q\n",
        "```python\n",
        "# src/a.py:3-1\n",
        "~~~\n",
        "---\n",
        "===\n",
        "\n",
        "    code\n",
        "<!-- c -->\n",
        "<br>",
        "\\|",
        "`",
        "**",
        "__",
        "[a](b)",
        "![",
        "text P1 from P1 to P4 lines 3-9 ",
        "a.py:99999999999999999999",
        "2025-13-45",
        "1. x\n",
        "\r\n",
        "\r",
        "\t",
        "\x00",
        "\x0c",
        "\u2028",
        "\ufeff",
        "\u202e",
        "\ud800",
        "\U0001f41b",
        "{x}",
        "A-1",
        "0123456789abcdef0",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=20), max_size=60).map("".join)


def everything(value):
    """All structs inside a record."""
    if isinstance(value, msgspec.Struct):
        yield value
        for name in value.__struct_fields__:
            yield from everything(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from everything(item)


def assert_sound(source):
    document = parse(source)
    last = len(source.lines)
    for section in document.sections:
        assert 1 <= section.line <= section.end_line <= last
        for block in section.blocks:
            assert section.line <= block.line <= block.end_line <= section.end_line
    for ticket in extract(source, VOCABULARY):
        for part in everything(ticket):
            if hasattr(part, "line"):
                assert 1 <= part.line <= last, part
        again = msgspec.json.decode(msgspec.json.encode(ticket), type=type(ticket))
        assert again == ticket


@given(TEXTS)
@example(
    "# T\n\n| ID | A-1 |\n|--|--|\n| Severity | P1 |\n\n## Location\n\n| File | a.py |\n|--|--|\n| Lines | 9-3 |\n"
)
def test_any_text_gives_tickets_or_none(text):
    assert_sound(Source.from_text("t.md", text))


@given(st.binary(max_size=400))
def test_any_bytes_give_tickets_or_none(data):
    assert_sound(Source.from_bytes("t.md", data))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_mutated_ticket_is_still_read(path, data):
    lines = path.read_bytes().split(b"\n")
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(lines)))
        end = data.draw(st.integers(start, min(len(lines), start + 8)))
        match data.draw(st.sampled_from(["cut", "double", "splice", "truncate"])):
            case "cut":
                del lines[start:end]
            case "double":
                lines[end:end] = lines[start:end]
            case "splice":
                lines.insert(start, data.draw(PIECES | st.text(max_size=10)).encode("utf-8", "surrogatepass"))
            case "truncate" if start < len(lines):
                lines[start] = lines[start][: len(lines[start]) // 2]
    assert_sound(Source.from_bytes("t.md", b"\n".join(lines)))


@given(st.text(max_size=80))
def test_plain_text_of_anything_is_text(text):
    assert isinstance(plain(text), str)


#: Inline markup, and what decides whether it is any.
INLINE = st.sampled_from(
    [
        *("`", "`c`", "` c `", "**", "**B:**", "**`x`**", "*", "_", "__", "~", "~~", "\\"),
        *("[", "](", "(", ")", "!", "<", "<br>", "&", "&amp;"),
        *("a", "b1", "wörd", "a_b", "_x", "P1", ".", ",", ":", "“", "—", "：", "\U0001f41b"),
        *(" ", "  ", "\t", "\n", " \n", "  \n ", "\n\t", "\xa0", "\x0b", "\x1c", "\x85", "\u2028", "\x00"),
    ]
)


@settings(max_examples=1000)
@given(st.lists(INLINE | st.text(max_size=3), max_size=10).map("".join))
def test_what_is_read_without_markdown_it_reads_as_with_it(text):
    raw = f"`code` {text}".strip()
    assert plain(raw) == markup.read(raw).strip()


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12).filter(
    lambda cell: not set(cell) & set("|`\\")
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_a_table_that_is_written_out_is_read_back(rows):
    text = "| A | B | C |\n|---|---|---|\n" + "".join("| " + " | ".join(row) + " |\n" for row in rows)
    (table,) = parse(Source.from_text("t.md", text)).sections[0].blocks
    assert [row.cells for row in table.rows] == [tuple(row) for row in rows]
