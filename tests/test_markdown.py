"""Markdown structure with line spans."""

import pytest

from ticketaudit.blocks import Fence, Html, Item, Paragraph, Table
from ticketaudit.htmltables import read_tables
from ticketaudit.inline import Passage, code_spans, plain
from ticketaudit.markdown import parse
from ticketaudit.text import Source


def document(text):
    return parse(Source.from_text("t.md", text))


def blocks(text):
    return [block for section in document(text).sections for block in section.blocks]


def test_sections_know_their_level_lines_and_parent():
    sections = document("intro\n\n# A\n\n## B\ntext\n\n### C\n\n## D\n").sections
    found = [(s.title, s.level, s.line, s.end_line, s.parent) for s in sections]
    assert found == [
        ("", 0, 1, 2, None),
        ("A", 1, 3, 11, None),
        ("B", 2, 5, 9, 1),
        ("C", 3, 8, 9, 2),
        ("D", 2, 10, 11, 1),
    ]


def test_setext_headings_are_headings_and_front_matter_is_none():
    read = document("---\nid: 010\nclosed: no\ntags: [a, b]\n---\n\nTitle\n=====\n")
    assert [(entry.key, entry.value, entry.line) for entry in read.front] == [
        ("id", "010", 2),
        ("closed", "no", 3),
        ("tags", "a", 4),
        ("tags", "b", 4),
    ]
    assert [section.title for section in read.sections] == ["", "Title"]


@pytest.mark.parametrize("text", ["---\njust words\n---\n", "---\nid: 1\n"])
def test_a_block_that_is_no_yaml_mapping_stays_in_the_text(text):
    assert document(text).front == ()


def test_a_quoted_or_listed_heading_opens_no_section():
    read = document("# A\n\n> ## quoted\n\n- # listed\n")
    assert [section.title for section in read.sections] == ["", "A"]
    assert [block.passage.raw for block in read.sections[1].blocks] == ["quoted", "listed"]
    assert read.sections[1].blocks[0].quoted


def test_task_items_are_read_and_boxes_in_code_are_not():
    found = blocks("- [ ] open\n- [x] done\n  - [X] nested\n- [y] none\n- plain\n\n```\n- [ ] code\n```\n")
    items = [(block.passage.raw, block.checked, block.depth, block.line) for block in found if isinstance(block, Item)]
    assert items == [
        ("open", False, 1, 1),
        ("done", True, 1, 2),
        ("nested", True, 2, 3),
        ("[y] none", None, 1, 4),
        ("plain", None, 1, 5),
    ]


def test_fences_keep_their_text_and_lines():
    (fence,) = blocks("~~~python title\nx = 1\n\n# no heading\n~~~\n")
    assert fence == Fence("python title", "x = 1\n\n# no heading", 1, 5, False, 0)


def test_an_unclosed_fence_is_an_oddity():
    assert [tuple(o) for o in document("text\n\n```\ncode\n").oddities] == [("a code fence is never closed", 3, False)]


def test_comments_are_html_blocks():
    (html,) = blocks("<!-- a\nb -->\n")
    assert html == Html("<!-- a\nb -->", 1, 2, False, 0)


class TestTables:
    def test_cells_lines_and_escaped_pipes(self):
        (table,) = blocks("| A | B |\n|---|:-:|\n| 1 | x \\| y |\n| 2 |\n")
        assert (table.header.cells, table.line, table.end_line) == (("A", "B"), 1, 4)
        assert [(row.cells, row.line) for row in table.rows] == [(("1", "x | y"), 3), (("2",), 4)]
        assert table.rows[1].passage(1).raw == ""

    def test_a_pipe_in_a_code_span_does_not_cut_the_cell_off(self):
        read = document("| A | B |\n|---|---|\n| x | `a | b` stays |\n")
        assert read.sections[0].blocks[0].rows[0].cells == ("x", "`a | b` stays")
        assert [tuple(o) for o in read.oddities] == [("a table row has 3 cells, its header 2", 3, True)]

    def test_excess_cells_are_kept_in_the_last_one(self):
        (table,) = blocks("| A | B |\n|---|---|\n| x | y | z |\n")
        assert table.rows[0].cells == ("x", "y | z")

    def test_a_line_without_pipes_under_a_table_is_text_and_later_rows_belong_to_the_table(self):
        before, text, after = blocks("| A | B |\n|---|---|\n| 1 | 2 |\nwords\n| 3 | 4 |\n")
        assert [row.cells for row in before.rows] == [("1", "2")]
        assert text == Paragraph(Passage("words", 4), 4, 4, False, 0)
        assert (after.detached, [row.cells for row in after.rows], after.line) == (True, [("3", "4")], 5)

    def test_a_row_without_its_last_pipe_is_read_and_is_an_oddity_where_the_header_has_one(self):
        read = document("| A | B |\n|---|---|\n| 1 | 2  \n| 3 | 4 \\|\n| 5 | 6 |\n")
        assert [row.cells for row in read.sections[0].blocks[0].rows] == [("1", "2"), ("3", "4 |"), ("5", "6")]
        message = "a table row is not closed by a pipe"
        assert [tuple(o) for o in read.oddities] == [(message, 3, True), (message, 4, True)]
        assert not document("A | B\n--|--\n1 | 2\n").oddities

    def test_rows_apart_from_their_table_belong_to_it(self):
        read = document("| A | B |\n|---|---|\n| 1 | 2 |\n\nwords\n\n| 3 | 4 |\n")
        table = read.sections[0].blocks[-1]
        assert isinstance(table, Table)
        assert (table.detached, table.header.cells, table.rows[0].cells) == (True, ("A", "B"), ("3", "4"))
        assert [tuple(o) for o in read.oddities] == [("a table row stands apart from its table", 7, True)]

    def test_a_table_without_rows(self):
        (table,) = blocks("| A | B |\n|---|---|\n")
        assert (table.rows, table.end_line) == ((), 2)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("**P1**", "P1"),
        ("`P1`", "P1"),
        ("a_b_c and snake_case", "a_b_c and snake_case"),
        ("`__init__` in src/__init__.py of __all__", "__init__ in src/__init__.py of __all__"),
        ("__bold words__", "bold words"),
        ("[text](http://x.y/z) and ![alt](i.png)", "text and alt"),
        ("~~gone~~", "gone"),
        ("a\\|b \\*", "a|b *"),
        ("one<br>two", "one\ntwo"),
        ("dict<str, int>", "dict<str, int>"),
        ("AT&amp;T &lt;b&gt;", "AT&T <b>"),
        ("``a`b``", "a`b"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("[brackets] stay", "[brackets] stay"),
    ],
)
def test_plain_text_is_the_text_without_its_markup(raw, text):
    assert plain(raw) == text


def test_code_spans():
    assert code_spans("`a` and ``b`c`` not `open") == ["a", "b`c"]


@pytest.mark.parametrize("mark", ["<![tr>", "<![CDATA[x]]>", "<![if gte mso 9]>", "<!["])
def test_a_marked_section_in_a_table_is_a_comment(mark: str) -> None:
    (table,) = read_tables(f"<table><tr><td>Severity</td><td>P1</td></tr>{mark}</table>", 1)
    assert [row.cells for row in table.rows] == [("Severity", "P1")]
