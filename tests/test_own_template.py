"""A report by a template of the user's own: it gets what the JSON says, and can do nothing but print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TITLE = "Bell <b>rings</b> & [sings]"

Run = Callable[..., Any]
WriteTicket = Callable[..., Path]


@pytest.fixture
def by_template(run: Run, write_ticket: WriteTicket, folder: Path) -> Callable[..., Any]:
    """Runs a report by a template of this text."""

    def go(text: str, name: str = "mine.txt", *arguments: str) -> Any:
        write_ticket()
        (folder / name).write_text(text, "utf-8")
        return run("report", "--template", name, *arguments)

    return go


def test_a_template_gets_what_the_json_says(by_template: Callable[..., Any]) -> None:
    text = "{{ report.title }}\n{% for row in report.tickets %}{{ row.id }} {{ row.severity }}\n{% endfor %}"
    ran = by_template(text, "mine.txt", "--title", "Round one")
    assert (ran.status, ran.out, ran.err) == (0, "Round one\nB1-OPS-01 P1\n", "")


def test_a_template_may_write_to_a_file(by_template: Callable[..., Any], folder: Path) -> None:
    assert by_template("{{ report.summary.tickets }}", "mine.txt", "-o", "out.txt").out == ""
    assert (folder / "out.txt").read_text("utf-8") == "1"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("mine.html", "Bell &lt;b&gt;rings&lt;/b&gt; &amp; [sings]"),
        ("mine.html.j2", "Bell &lt;b&gt;rings&lt;/b&gt; &amp; [sings]"),
        ("mine.txt", TITLE),
    ],
)
def test_what_is_escaped_depends_on_the_name(
    run: Run, write_ticket: WriteTicket, folder: Path, name: str, shown: str
) -> None:
    ticket = write_ticket()
    ticket.write_text(ticket.read_text("utf-8").replace("Ferry bell rings twice", TITLE), "utf-8")
    (folder / name).write_text("{{ report.tickets[0].title }}", "utf-8")
    assert run("report", "--template", name, "bell.md").out == shown


def test_markdown_is_escaped_where_it_is_asked_for(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    ticket = write_ticket()
    ticket.write_text(ticket.read_text("utf-8").replace("Ferry bell rings twice", TITLE), "utf-8")
    (folder / "mine.txt").write_text("{{ report.tickets[0].title|markdown }}", "utf-8")
    assert run("report", "--template", "mine.txt", "bell.md").out == "Bell &lt;b&gt;rings&lt;/b&gt; &amp; \\[sings\\]"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{{ report.tickets.__class__.__mro__ }}", "mine.txt:1: "),
        ("{{ report.__init__.__globals__ }}", "mine.txt:1: "),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "mine.txt:1: "),
        ("{% include '/etc/passwd' %}", "no loader"),
        ("{{ report.clear() }}", "mine.txt:1: "),
        ("{% for i in range(999999999) %}{% endfor %}", "mine.txt:1: "),
        ("\n\n{{ report.nothing }}", "mine.txt:3: "),
        ("\n{% if %}", "mine.txt:2: "),
        ("{{ 1 / 0 }}", "mine.txt:1: division by zero"),
    ],
)
def test_a_template_can_do_nothing_else(by_template: Callable[..., Any], text: str, complaint: str) -> None:
    ran = by_template(text)
    assert (ran.status, ran.out) == (2, "")
    assert complaint in ran.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--output-format", "html"], "`--template` and `--output-format` exclude each other"),
        (["--sections", "rules"], "`--template` and `--sections` exclude each other"),
        (["--group-by", "agent"], "`--template` and `--group-by` exclude each other"),
        (["--check", "a.md"], "`--check` and `--template` exclude each other"),
        (["--verify-summary", "a.md"], "`--verify-summary` and `--template` exclude each other"),
    ],
)
def test_what_excludes_a_template(by_template: Callable[..., Any], arguments: list[str], complaint: str) -> None:
    ran = by_template("", "mine.txt", *arguments)
    assert ran.status == 2
    assert complaint in ran.err


def test_a_template_that_cannot_be_read_is_a_mistake(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    assert "gone.txt: cannot be read" in run("report", "--template", "gone.txt").err
    (folder / "latin.txt").write_bytes(b"\xe4")
    assert "latin.txt: cannot be read: it is no UTF-8" in run("report", "--template", "latin.txt").err
