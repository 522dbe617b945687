"""From files to the corpus: what is read, and that one bad file costs nothing but itself."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from ticketaudit.discover import File
from ticketaudit.extract import extract
from ticketaudit.load import load, match_reports
from ticketaudit.read import LIMIT
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

TICKET = """\
# {title}

| Field | Value |
|-------|-------|
| **Ticket ID** | {id} |
| **Severity** | P1 |
| **Status** | open |
"""


def file(path: Path, data: bytes | str, *, named: bool = False) -> File:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return File(path.name, path, named)


def ticket(path: Path, id: str = "B1-OPS-01") -> File:
    return file(path, TICKET.format(title="Bell", id=id))


def test_tickets_come_with_their_sources_and_the_files_without_one_are_told_apart(folder: Path) -> None:
    files = [
        ticket(folder / "a.md"),
        file(folder / "b.md", "# A guide\n\nWords.\n"),
        file(folder / "c.md", "", named=True),
        ticket(folder / "d.md", "B1-OPS-02"),
    ]
    loaded = load(files, Vocabulary.builtin())
    assert [ticket.id for ticket in loaded.corpus.tickets] == ["B1-OPS-01", "B1-OPS-02"]
    assert loaded.files == 4
    assert loaded.without_ticket == (files[1], files[2])
    assert set(loaded.corpus.sources) == {"a.md", "c.md", "d.md"}
    assert loaded.corpus.sources["a.md"].line(1) == "# Bell"
    assert not loaded.problems
    assert not loaded.failures


def test_a_file_larger_than_the_limit_is_not_read(folder: Path) -> None:
    files = [
        file(folder / "big.md", b"x" * (LIMIT + 1)),
        file(folder / "full.md", b"x" * LIMIT),
        ticket(folder / "good.md"),
    ]
    loaded = load(files, Vocabulary.builtin())
    assert loaded.files == 2
    assert len(loaded.corpus.tickets) == 1
    assert (loaded.problems, loaded.refused) == ((), {"big.md": "it is larger than 10 MiB"})


def test_a_file_that_went_away_is_a_problem(folder: Path) -> None:
    loaded = load([File("gone.md", folder / "gone.md", False), ticket(folder / "a.md")], Vocabulary.builtin())
    assert len(loaded.corpus.tickets) == 1
    assert loaded.problems == ("gone.md: cannot be read: no such file or directory",)


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
def test_what_is_no_regular_file_is_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")  # opening it would wait for a writer for ever
    loaded = load([File("pipe.md", folder / "pipe.md", True)], Vocabulary.builtin())
    assert loaded.problems == ("pipe.md: cannot be read: no regular file",)


def test_standard_input_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"\xef\xbb\xbf" + TICKET.format(title="B\u00e4ll", id="B1-OPS-01").encode().replace(b"\n", b"\r\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
    loaded = load([File("in.md", None, True)], Vocabulary.builtin())
    assert [(ticket.path, ticket.title) for ticket in loaded.corpus.tickets] == [("in.md", "B\u00e4ll")]


def test_a_defect_of_the_parser_costs_only_the_file_it_happens_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(source: Source, vocabulary: Vocabulary) -> Any:
        if source.path == "b.md":
            raise IndexError("off by one")
        return extract(source, vocabulary)

    monkeypatch.setattr("ticketaudit.read.extract", breaking)
    loaded = load([ticket(folder / "a.md"), ticket(folder / "b.md"), ticket(folder / "c.md")], Vocabulary.builtin())
    assert [ticket.path for ticket in loaded.corpus.tickets] == ["a.md", "c.md"]
    assert [(failure.path, str(failure.error)) for failure in loaded.failures] == [("b.md", "off by one")]


# --- what tickets are compared with

REPORTED = TICKET + "\n## Appendix\n\n**Report file:** `{report}`\n"


def reported(path: Path, report: str) -> File:
    return file(path, REPORTED.format(title="Bell", id="B1-OPS-01", report=report))


def test_other_tickets_are_in_the_corpus_and_count_for_nothing_else(folder: Path) -> None:
    others = [ticket(folder / "a.md", "B1-OPS-02"), file(folder / "c.md", "words")]
    loaded = load([ticket(folder / "b.md")], Vocabulary.builtin(), others=others)
    assert [each.path for each in loaded.corpus.tickets] == ["a.md", "b.md"]
    assert set(loaded.corpus.sources) == {"a.md", "b.md"}
    assert (loaded.files, loaded.without_ticket) == (1, ())
    assert loaded.corpus.complete
    assert not load([], Vocabulary.builtin(), complete=False).corpus.complete


def test_another_file_that_cannot_be_read_is_a_problem_too(folder: Path) -> None:
    gone = File("gone.md", folder / "gone.md", False)
    loaded = load([ticket(folder / "a.md")], Vocabulary.builtin(), others=[gone])
    assert loaded.problems == ("gone.md: cannot be read: no such file or directory",)


def test_reports_are_found_wherever_they_were_moved(folder: Path) -> None:
    (folder / "archive" / "rounds").mkdir(parents=True)
    (folder / "archive" / "rounds" / "1.md").write_text("# Round one\n", encoding="utf-8")
    (folder / "1.md").write_text("# Another one\n", encoding="utf-8")
    files = [reported(folder / "a.md", "docs/rounds/1.md"), reported(folder / "b.md", "docs/rounds/2.md")]
    reports = load(files, Vocabulary.builtin(), root=folder).corpus.reports
    found = reports["docs/rounds/1.md"]
    assert found
    assert found.path == "archive/rounds/1.md"
    assert reports["docs/rounds/2.md"] is None


def test_nobody_looks_for_reports_without_a_folder_to_look_in(folder: Path) -> None:
    files = [reported(folder / "a.md", "docs/rounds/1.md")]
    assert load(files, Vocabulary.builtin()).corpus.reports == {}


@pytest.mark.parametrize("path", ["../../secret.md", "/etc/secret.md", "C:\\rounds\\secret.md"])
def test_a_cited_path_never_leads_out_of_the_folder(folder: Path, path: str) -> None:
    (folder / "in").mkdir()
    (folder / "secret.md").write_text("# S\n", encoding="utf-8")
    files = [reported(folder / "in" / "a.md", path)]
    assert list(load(files, Vocabulary.builtin(), root=folder / "in").corpus.reports.values()) == [None]


def test_a_report_that_git_ignores_or_that_cannot_be_read_is_not_there(folder: Path) -> None:
    (folder / ".gitignore").write_text("tmp/\n", encoding="utf-8")
    (folder / "tmp").mkdir()
    (folder / "tmp" / "1.md").write_text("# Round one\n", encoding="utf-8")
    (folder / "2.md").write_bytes(b"x" * (LIMIT + 1))
    files = [reported(folder / "a.md", "docs/1.md"), reported(folder / "b.md", "docs/2.md")]
    assert load(files, Vocabulary.builtin(), root=folder).corpus.reports == {"docs/1.md": None, "docs/2.md": None}


def test_of_reports_that_match_alike_none_is_taken() -> None:
    vocabulary = Vocabulary.builtin()
    cited = extract(Source.from_text("a.md", REPORTED.format(title="Bell", id="B1", report="docs/1.md")), vocabulary)
    sources = {path: Source.from_text(path, "# R\n") for path in ("x/1.md", "y/1.md")}
    assert match_reports(cited, sources, vocabulary) == {}
