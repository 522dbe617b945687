"""The same thirty nasty texts in every field of a ticket and in names of files, through every format of every command.

Each format is read by a real parser of it: the text comes back as data, or has lost what made it dangerous.
test_formats.py holds the formats of `check` against their schemas.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree, html
from markdown_it import MarkdownIt

from conftest import TICKET
from nasty import NASTY, tickets
from repositories import Repository
from ticketaudit.reporters import REPORTERS
from ticketaudit.terminal import Output, clean
from ticketaudit.text import Source
from validators import VALIDATORS

Run = Callable[..., Any]

#: What a terminal or a reader of text would obey: all controls but the line feed, marks of direction, half pairs.
OBEYED = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
#: What GitHub's runner takes for a command in whatever a step prints.
COMMAND = re.compile(r"^[^\S\n]*(?:::|##\[)", re.MULTILINE)
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
#: What platforms make links of, and tell people about.
CALLED = re.compile(r"(?<![\w`])(?:@\w|[#!]\d|GH-\d)|\w@\w|://|www\.", re.IGNORECASE)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain_text(text: str) -> None:
    assert not COMMAND.search(text), COMMAND.search(text)
    shown_text(text)


def shown_text(text: str) -> None:
    assert text.endswith("\n") or not text
    assert not OBEYED.search(text), repr(OBEYED.search(text))


def coloured_text(text: str) -> None:
    assert not COMMAND.search(text), COMMAND.search(text)
    shown_text(COLOURS.sub("", text))


def comma_separated(text: str) -> None:
    assert not COMMAND.search(text), COMMAND.search(text)
    head, *rows = csv.reader(io.StringIO(text), strict=True)
    assert rows
    for row in rows:
        assert len(row) == len(head)
        assert not any(cell.startswith(FORMULA) for cell in row), row


def markdown(text: str) -> None:
    """Only what the tool itself writes is more than text: its headings, its tables, its links to tickets."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    assert {"fence", "code_block", "blockquote_open", "hr"}.isdisjoint(token.type for token in tokens)
    pages = [token.content for token in tokens if token.type == "html_block"]
    own = ("<!-- written by ticketaudit report", "<!-- ticketaudit verify:", "<!-- /ticketaudit verify -->")
    assert all(page.startswith(own) and page.count("<!--") == page.count("-->") == 1 for page in pages)
    plain_text(text)
    for token in tokens:
        for child in token.children or ():
            assert child.type not in ("html_inline", "image", "s_open", "em_open"), child
            if child.type == "link_open":
                assert re.fullmatch(r"[\w./%~-]+#L\d+", str(child.attrs["href"])), child
            if child.type == "text":
                assert not CALLED.search(child.content), child.content
    widths = [sum(each.type in ("th_open", "td_open") for each in row) for row in _rows(tokens)]
    heads = [width for width, row in zip(widths, _rows(tokens), strict=True) if any(x.type == "th_open" for x in row)]
    assert set(widths) <= set(heads)


def _rows(tokens: list[Any]) -> Iterator[list[Any]]:
    row: list[Any] = []
    for token in tokens:
        row.append(token)
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield row


def web_page(text: str) -> None:
    page = html.document_fromstring(text)
    assert [script.get("type") for script in page.iter("script")] == SCRIPTS
    for element in page.iter():
        if isinstance(element.tag, str):
            assert element.tag not in ("img", "iframe", "object", "embed", "base")
            assert element.tag != "link" or dict(element.attrib) == {"rel": "icon", "href": "data:,"}
            assert not any(name.startswith("on") or name in ("action", "src") for name in element.attrib)
            assert element.tag == "link" or not re.match(r"\s*\w+:", str(element.get("href", "")))


def any_json(text: str) -> None:
    text.encode("utf-8")
    json.loads(text, parse_constant=lambda name: pytest.fail(name))


def json_lines(text: str) -> None:
    for line in text.split("\n")[:-1]:
        any_json(line)


def any_yaml(text: str) -> None:
    assert yaml.safe_load(text)


#: Arguments, and what reads the output.
FORMATS: Mapping[str, tuple[list[str], Callable[[str], object]]] = {
    "check full": (["check", "--output-format", "full"], plain_text),
    "check full in colour": (["check", "--output-format", "full", "--color", "always"], coloured_text),
    "check concise": (["check", "--output-format", "concise"], plain_text),
    **{f"check {name}": (["check", "--output-format", name], valid) for name, valid in VALIDATORS.items()},
    "check diff": (["check", "--diff", "--unsafe-fixes"], lambda text: None),
    "check files": (["check", "--show-files"], plain_text),
    "check statistics": (["check", "--statistics"], plain_text),
    "parse jsonl": (["parse", "--output-format", "jsonl"], json_lines),
    "parse json": (["parse", "--output-format", "json"], any_json),
    "parse yaml": (["parse", "--output-format", "yaml"], any_yaml),
    "parse csv": (["parse", "--output-format", "csv"], comma_separated),
    "parse table": (["parse", "--output-format", "table"], plain_text),
    "parse table in colour": (["parse", "--output-format", "table", "--color", "always"], coloured_text),
    "parse explain": (["parse", "--explain"], plain_text),
    "report terminal": (["report", "--output-format", "terminal"], plain_text),
    "report markdown": (["report", "--output-format", "markdown"], markdown),
    "report html": (["report", "--output-format", "html"], web_page),
    "report json": (["report", "--output-format", "json"], any_json),
    "report csv": (["report", "--output-format", "csv"], comma_separated),
    "verify table": (["verify", "--output-format", "table"], plain_text),
    "verify json": (["verify", "--output-format", "json"], any_json),
    "verify markdown": (["verify", "--output-format", "markdown"], markdown),
    "show": (["show"], plain_text),
    "show in colour": (["show", "--color", "always"], coloured_text),
}
SCRIPTS: list[str | None] = []


@pytest.fixture(autouse=True, scope="module")
def _scripts() -> None:
    """The scripts of a page are those of the page's own template."""
    template = Path(__file__).parent.parent / "src/ticketaudit/data/report.html"
    SCRIPTS[:] = re.findall(r'<script(?: type="([^"]+)")?', template.read_text("utf-8"))
    SCRIPTS[:] = [kind or None for kind in SCRIPTS]


@pytest.fixture
def arguments(repository: Repository) -> Callable[[str, list[str]], list[str]]:
    """The arguments of a command over all files in the repository."""

    def given(command: str, more: list[str]) -> list[str]:
        files = sorted(f"./{path.name}" for path in repository.root.glob("*.md"))
        return [*more, *files] if command.startswith("verify") else more if "show" not in more else [*more, *files[:1]]

    return given


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_nothing_nasty_is_obeyed(run: Run, repository: Repository, arguments: Any, nasty: str) -> None:
    files = tickets(nasty)
    if sys.platform != "win32":
        name = (
            nasty.replace("/", "_").replace("\0", "_").encode("utf-8", "surrogatepass")[:200].decode("utf-8", "replace")
        )
        files |= {f"x{name}.md": files["named.md"], f"{name or 'y'}.md": TICKET.format(id="B1-OPS-02").encode()}
    for name, data in files.items():
        (repository.root / name).write_bytes(data)
    for name, (command, read) in FORMATS.items():
        ran = run(*arguments(name, command))
        assert ran.status in (0, 1), (name, ran.err)
        read(ran.out)
        plain_text(ran.err)


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_records_hold_the_text_and_all_formats_of_data_the_same(run: Run, folder: Path, nasty: str) -> None:
    for name, data in tickets(nasty).items():
        (folder / name).write_bytes(data)
    (folder / "plain.md").write_text(TICKET.format(id="B1-OPS-02"), "utf-8")
    records = json.loads(run("parse", "--output-format", "json").out)
    assert [json.loads(line) for line in run("parse", "--output-format", "jsonl").out.split("\n")[:-1]] == records
    assert yaml.safe_load(run("parse", "--output-format", "yaml").out) == records
    shown = list(csv.DictReader(io.StringIO(run("parse", "--output-format", "csv").out)))
    for row, record in zip(shown, records, strict=True):
        for key in ("id", "title", "severity", "status", "summary"):
            assert row[key].removeprefix("'") == (record[key] or "").removeprefix("'")


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_a_message_comes_back_as_data(nasty: str) -> None:
    from msgspec.structs import replace

    from test_formats import ERROR, report

    text = Source.from_text("", nasty).text.replace("\n", " ")
    found = report(replace(ERROR, message=f"<{text}>"))

    def written(name: str) -> str:
        stream = io.StringIO()
        REPORTERS[name](found, Output(stream))
        return stream.getvalue()

    whole, shown = f"<{text}>", clean(f"<{text}>")
    assert json.loads(written("json"))["diagnostics"][0]["message"] == whole
    assert json.loads(written("jsonl"))["message"] == whole
    VALIDATORS["sarif"](written("sarif"))
    said = json.loads(written("sarif"))["runs"][0]["results"][0]["message"]["text"]
    assert said.replace("\u200b", "") == whole
    assert json.loads(written("gitlab"))[0]["description"] == whole
    failure = etree.fromstring(written("junit").encode()).find(".//failure")
    assert failure.get("message") == shown.replace("\ufffe", "").replace("\uffff", "")
    command = written("github").split("::", 2)[2]
    for escaped, meant in (("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        command = command.replace(escaped, meant)
    assert command == f"{shown}\n"
    assert written("concise") == f"docs/bell.md:3:18: error: {shown} [severity-disagreement]\n"
    assert f": {shown}" in written("full").split("\n")[0]
    cell = MarkdownIt("commonmark").enable("table").parse(written("markdown"))
    texts = ["".join(child.content for child in token.children or ()) for token in cell if token.type == "inline"]
    wanted = re.sub(r"\s+", " ", shown).replace("`", "")
    assert wanted in [re.sub(r"\s+", " ", text.replace("\u200b", "")).replace("`", "") for text in texts]
