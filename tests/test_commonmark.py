"""The leaves are those of markdown-it-py: over the corpus, the fixtures, and text made of all that is structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ticketaudit.commonmark import Leaf, leaves
from ticketaudit.text import Source

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
STOCK = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table").disable(["inline", "text_join"])

PLACES = ("docs/**/*.md", "fixtures/**/*.md", "fixtures/fuzz/tickets/*")
FILES = sorted({path for place in PLACES for path in ROOT.glob(place)})


def expected(lines: Sequence[str]) -> list[Leaf]:
    """What markdown-it-py's tokens say.

    A text need not end with a line feed. Where it does not, markdown-it-py does not count an empty quoted line
    at the end to the fence that it is in; here it gets one, so that the two agree.
    """
    text = "\n".join(lines)
    return list(walk(STOCK.parse(text + "\n" if lines and lines[-1].strip(" \t") else text)))


def walk(tokens: list[Token]) -> Iterator[Leaf]:
    quotes = lists = tables = 0
    leads = False
    for index, token in enumerate(tokens):
        match token.type:
            case "blockquote_open" | "blockquote_close":
                quotes += token.nesting
            case "bullet_list_open" | "bullet_list_close" | "ordered_list_open" | "ordered_list_close":
                lists += token.nesting
            case "list_item_open" | "list_item_close":
                leads = token.nesting == 1
            case "table_close":
                tables -= 1
        if tables or token.type not in LEAVES:
            continue
        first, end = token.map or (0, 0)
        content = tokens[index + 1].content if token.nesting == 1 else token.content
        kind = LEAVES[token.type]
        if token.type == "table_open":
            content, tables = "", 1
        if kind == "fence" and end - first < content.count("\n") + 2:
            kind = "unclosed fence"
        level = int(token.tag[1:]) if kind == "heading" else 0
        yield Leaf(kind, first + 1, end, content.rstrip("\n"), quotes, lists, leads, token.info, level)
        leads = leads and kind == "rule"


LEAVES = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "table_open": "table",
    "fence": "fence",
    "code_block": "code",
    "html_block": "html",
    "hr": "rule",
}


def lines_of(path: Path) -> tuple[str, ...]:
    return Source.from_bytes(path.name, path.read_bytes()).lines


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_our_own_pages_have_the_leaves_of_markdown_it(path: Path) -> None:
    assert leaves(lines_of(path)) == expected(lines_of(path))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_the_corpus_has_the_leaves_of_markdown_it() -> None:
    paths = sorted(CORPUS.rglob("*.md"))
    assert [path for path in paths if leaves(lines_of(path)) != expected(lines_of(path))] == []


#: What stands around a block, tabs among it, and what is only a little too far in.
AROUND = [
    *("", "", "", " ", "  ", "   ", "    ", "      ", "\t", " \t", "\x0c", "\xa0"),
    *("> ", ">", ">\t", "  > ", "- ", "-\t", "* ", "+   ", "-     ", "-\t\t"),
    *("1. ", "10) ", "2. ", "1)\t", "> - ", "- > "),
]
BLOCKS = [
    *("text", "a\tb", "\\", "x\\", "&amp;", "\x00", "\u2028", "\ufeff", "", "", ""),
    *("# h", "## h ##", "#", "#x", "####### seven", "### a # #b #"),
    *("===", "=", "---", "-", "- - -", "***", "* * *", "__"),
    *("a | b", "--|--", "|---|", "| a | b |", "| a \\| b |", "|-|:-:|", ":--", "|", "||", "|a"),
    *("```", "```py", "~~~", "````", "`` ` ``", "~~~ a`b"),
    *("1.", "10. x", "2) x", "1234567890. x", "*", "+ x", "- [ ] t"),
    *("<div>", "</div>", "<table>", "<a>", "<a b=c>", "<a b='", "'>", "<pre> x", "<script>", "</script>"),
    *("<!-- c", "-->", "<!-- c -->", "<?p", "?>", "<!X", "<![CDATA[", "]]>"),
    *("[a]: b", "[a]:", "[a]: <b c> 'title'", "[a]: javascript:x", "[ ]: x", "[a\\]]: x", "[a]: b \\"),
    *("[a]: b 'x' y", "[a]: b ''", "[a]: b '' y", "'title'", "'' x", '"ti', 'tle" x', "(t)", "[a", "b]: c"),
]
BEHIND = ["", "", "", " ", "  ", "\t"]
LINES = st.builds("{}{}{}{}{}".format, *(st.sampled_from(part) for part in (AROUND, AROUND, AROUND, BLOCKS, BEHIND)))


@settings(max_examples=500)
@given(st.lists(LINES, max_size=12))
@example(["```", " "])
@example([">\t>\t10. x\t"])
@example(["[a]:", "  x\\", "  x\\"])
@example(["[a]: b", "'' x"])
@example(["> ```", "> x", ">"])
@example(["> [a]: b", "> [c]: d", "> | x |", "|---|"])
@example(["- a", "", "", "  > b", "c"])
def test_any_structure_has_the_leaves_of_markdown_it(lines: list[str]) -> None:
    assert leaves(lines) == expected(lines)


@given(st.lists(st.text(st.characters(exclude_characters="\r\n")), max_size=8))
def test_any_text_has_the_leaves_of_markdown_it(lines: list[str]) -> None:
    assert leaves(lines) == expected(lines)


@pytest.mark.parametrize("opening", ["> ", "- ", "1. ", "> - ", "- > "])
def test_what_is_nested_too_deep_is_passed_over_by_both(opening: str) -> None:
    lines = [opening * 150 + "text", "", "after"]
    (over, after) = leaves(lines)
    assert (over.kind, over.line, after.kind, after.line) == ("too deep", 1, "paragraph", 3)
    assert expected(lines) == ([] if opening in ("- ", "1. ") else [after])  # a list takes theirs to the end


def test_a_level_less_than_too_deep_is_read_by_both() -> None:
    for opening, most in (("> ", 99), ("- ", 49), ("> - ", 33)):
        lines = [opening * most + "text", "", "after"]
        assert leaves(lines) == expected(lines)
        assert leaves([opening * (most + 1) + "text"])[0].kind == "too deep"


def test_a_table_that_lacks_too_many_cells_ends_for_both() -> None:
    lines = ["|" + "a|" * 600, "|" + "-|" * 600, *["| b |"] * 150]
    (table, *_) = leaves(lines)
    assert table.end_line == 111
    assert leaves(lines) == expected(lines)
