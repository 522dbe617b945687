"""Fixes: what is put right, that nothing else changes, and that a second run has nothing to do."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketaudit import read, verification
from ticketaudit.cli import fix
from ticketaudit.corpus import Corpus
from ticketaudit.edits import Edit, apply_edits, edit_of, replacing
from ticketaudit.engine import audit
from ticketaudit.extract import extract
from ticketaudit.hints import misspelt
from ticketaudit.rule import Rule
from ticketaudit.rules import ALL
from ticketaudit.settings import settings
from ticketaudit.terminal import clean
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

Run = Callable[..., Any]

TICKET = """\
# Finding Ticket: Winter timetable hides the island

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-07` |
| **Severity** | `P2` |
| **Status** | `{status}` |
| **Created** | {created} |
| **Updated** | {updated} |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `{file}` |

## Description

{text}

## Investigation Notes (2025-03-19)

The stop is there.

## Resolution

### Final Disposition: Fixed

Printed again.
"""
GOOD = {"status": "closed", "created": "2025-03-04", "updated": "2025-03-19", "file": "src/stops.py", "text": "Gone."}


def ticket(**values: str) -> str:
    return TICKET.format(**{**GOOD, **values})


@pytest.fixture
def fixed(run: Run, folder: Path) -> Callable[..., bytes]:
    """What `check --fix` makes of a file."""
    (folder / "ticketaudit.yaml").write_text("source: {strip-prefix: [/home/anna/saltway/]}\n", encoding="utf-8")

    def go(data: str | bytes, *options: str) -> bytes:
        file = folder / "bugs" / "stop.md"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        assert run("check", "bugs", "--fix", *options).status in (0, 1)
        return file.read_bytes()

    return go


# --- what is put right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"status": "clsoed"}, {"status": "closed"}),
        ({"status": "Cloesd"}, {"status": "Closed"}),
        ({"file": "/home/anna/saltway/src/stops.py"}, {"file": "src/stops.py"}),
        ({"created": "4 March 2025"}, {"created": "2025-03-04"}),
        ({"created": "2025/03/04"}, {"created": "2025-03-04"}),
        ({"updated": "19.3.2025, by Anna"}, {"updated": "2025-03-19, by Anna"}),
        ({"text": "BlÃ¥vik â€” `Ã¥` â€” gone"}, {"text": "Blåvik — `Ã¥` — gone"}),
        ({"text": "BlÃ¥vik â€” `Ã¥`, `b` â€” gone"}, {"text": "Blåvik — `Ã¥`, `b` — gone"}),
        ({"text": "BlÃ¥vik â€” ` gone"}, {"text": "BlÃ¥vik â€” ` gone"}),
    ],
)
def test_safe_fixes(fixed: Callable[..., bytes], wrong: dict[str, str], right: dict[str, str]) -> None:
    if "text" in wrong:
        pytest.importorskip("ftfy")
    assert fixed(ticket(**wrong)).decode() == ticket(**right)


@pytest.mark.parametrize(
    "unclear",
    [
        {"status": "sailing"},
        {"created": "3/4/2025"},
        {"file": "/home/ben/elsewhere/src/stops.py"},
        {"file": "/home/anna/saltway2/src/stops.py"},
        {"status": "open"},
        {"updated": "2025-03-04"},
    ],
)
def test_what_has_no_one_right_answer_is_left_alone(fixed: Callable[..., bytes], unclear: dict[str, str]) -> None:
    assert fixed(ticket(**unclear)).decode() == ticket(**unclear)


@pytest.mark.parametrize(("wrong"), [{"status": "open"}, {"updated": "2025-03-04"}, {"updated": "4 March 2025"}])
def test_unsafe_fixes(fixed: Callable[..., bytes], wrong: dict[str, str]) -> None:
    assert fixed(ticket(**wrong), "--unsafe-fixes").decode() == ticket()


def test_the_date_in_a_path_is_that_of_no_note(fixed: Callable[..., bytes]) -> None:
    cited = ticket(updated="2025-03-04", text="See `docs/plans/2025-12-25-stops.md`.")
    assert fixed(cited, "--unsafe-fixes").decode() == cited.replace(
        "**Updated** | 2025-03-04", "**Updated** | 2025-03-19"
    )
    alone = cited.replace("Notes (2025-03-19)", "Notes")
    assert fixed(alone, "--unsafe-fixes").decode() == alone


@pytest.mark.parametrize(
    ("updated", "becomes"), [("2025-03-04 (Anna)", "2025-03-19 (Anna)"), ("4 March 2025", "2025-03-19")]
)
def test_of_an_update_only_the_date_is_replaced(fixed: Callable[..., bytes], updated: str, becomes: str) -> None:
    done = fixed(ticket(updated=updated), "--unsafe-fixes", "--select", "date-anomaly")
    assert done.decode() == ticket(updated=becomes)


def test_an_update_that_only_the_change_log_tells_is_left_alone(fixed: Callable[..., bytes]) -> None:
    told = ticket().replace("| **Updated** | 2025-03-19 |\n", "")
    told += "\n## History\n\n| Date | What |\n|------|------|\n| 2025-03-04 | seen |\n| 2025-03-11 | printed |\n"
    assert fixed(told, "--unsafe-fixes").decode() == told


@pytest.mark.parametrize(
    ("filed", "concluded", "status"),
    [
        ("fixed", "Already Fixed", "closed"),
        ("fixed", "Fixed", "closed"),
        ("fixed", "Won't Fix", "open"),
        ("wontfix", "Won't Fix", "closed"),
    ],
)
def test_folder_and_resolution_have_to_agree_on_a_status(
    run: Run, folder: Path, filed: str, concluded: str, status: str
) -> None:
    file = folder / filed / "stop.md"
    file.parent.mkdir()
    file.write_text(ticket(status="open").replace("Disposition: Fixed", f"Disposition: {concluded}"), encoding="utf-8")
    assert run("check", "--fix", "--unsafe-fixes").status in (0, 1)
    assert f"| `{status}` |" in file.read_text("utf-8")


def test_a_status_becomes_the_teams_word_for_how_the_ticket_ended(fixed: Callable[..., bytes], folder: Path) -> None:
    (folder / "ticketaudit.yaml").write_text(
        "vocabulary:\n"
        "  statuses: {open: [todo], closed: [filed, fixed, dropped]}\n"
        "  dispositions: {wont-fix: [dropped]}\n"
    )
    dropped = ticket(status="todo").replace("Disposition: Fixed", "Disposition: Won't Fix")
    assert b"| `fixed` |" in fixed(ticket(status="todo"), "--unsafe-fixes")
    assert b"| `dropped` |" in fixed(dropped, "--unsafe-fixes")


def test_what_is_accepted_is_not_fixed(fixed: Callable[..., bytes]) -> None:
    text = ticket(status="clsoed").replace("\n\n|", "\n\n<!-- ticketaudit: ignore[unknown-status] a joke -->\n\n|", 1)
    assert fixed(text).decode() == text


@pytest.mark.parametrize(
    ("word", "meant"),
    [("clsoed", "closed"), ("closedd", "closed"), ("CLOSD", "CLOSED"), ("opan", "open"), ("pen", None), ("xyzw", None)],
)
def test_one_slip(word: str, meant: str | None) -> None:
    assert misspelt(word, ["open", "closed"]) == meant


def test_where_two_words_could_be_meant_none_is() -> None:
    assert misspelt("late", ["later", "plate"]) is None


# --- that nothing else changes


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("last", [b"", b"\nno line end", b"\n\xff\xfe odd bytes \x00\x0c\n\n\n"])
def test_every_other_byte_stays(fixed: Callable[..., bytes], end: str, bom: bytes, last: bytes) -> None:
    before, after = (
        bom + ticket(status=status, created=created).replace("\n", end).encode() + last
        for status, created in (("clsoed", "4 March 2025"), ("closed", "2025-03-04"))
    )
    assert fixed(before) == after


def test_a_fix_on_the_first_line_knows_of_the_byte_order_mark() -> None:
    edit = edit_of(1, "abc", "aXc", safe=True)
    assert edit == Edit(1, 2, 3, "X")
    assert apply_edits(b"\xef\xbb\xbfabc", [edit]) == (b"\xef\xbb\xbfaXc", 1)


def test_of_edits_that_overlap_the_first_is_made() -> None:
    assert apply_edits(b"abcdef", [Edit(1, 2, 4, "X"), Edit(1, 3, 5, "Y"), Edit(1, 5, 6, "Z")]) == (b"aXdZf", 2)


def test_nothing_is_written_in_the_place_of_bytes_that_are_no_text() -> None:
    assert edit_of(1, "a b", "a \ufffd", safe=True) is None
    assert edit_of(1, "\ufffd b", "\ufffd c", safe=True) == Edit(1, 3, 4, "c")


def test_a_word_that_stands_twice_on_its_line_is_left_alone() -> None:
    change = replacing("open", "closed")
    assert change("| open | it is open |") == "| open | it is open |"
    assert change("| opened | open |") == "| opened | closed |"


@given(before=st.text(), after=st.text())
def test_an_edit_makes_the_one_line_of_the_other_and_is_the_smallest(before: str, after: str) -> None:
    before, after = (Source.from_text("", text).line(1) for text in (before, after))
    edit = edit_of(1, before, after, safe=True)
    if edit is None:
        assert before == after or "\ufffd" in after
        return
    assert apply_edits(before.encode(), [edit]) == (after.encode(), 1)
    replaced = before[edit.column - 1 : edit.end_column - 1]
    assert not (replaced and edit.text and (replaced[0] == edit.text[0] or replaced[-1] == edit.text[-1]))


WORDS = st.sampled_from(
    [
        "clsoed",
        "open",
        "4 March 2025",
        "2025/03/04",
        "/home/anna/saltway/src/a.py",
        "Ã¥",
        "â€”",
        "`",
        "|",
        "\r",
        "\n",
        "\x00",
        "é",
    ]
) | st.text(max_size=5)
VALUES = st.lists(WORDS, max_size=4).map(" ".join)


@given(st.builds(lambda *values: TICKET.format(**dict(zip(GOOD, values, strict=True))), *[VALUES] * len(GOOD)))
def test_a_second_run_changes_nothing_and_columns_lie_in_the_line(text: str) -> None:
    data = text.encode("utf-8", errors="surrogatepass")
    once = mended(data)
    assert mended(once) == once
    assert len(once.splitlines()) == len(data.splitlines())


def mended(data: bytes) -> bytes:
    """A file's bytes after all fixes, the unsafe ones included, as `check --fix` makes them."""
    chosen = settings(None, select=["all"])
    vocabulary = Vocabulary.builtin().with_words({"strip_prefix": ["/home/anna/saltway"]})
    for _ in range(fix._ROUNDS):
        source = Source.from_bytes("fixed/a.md", data)
        corpus = Corpus(tuple(extract(source, vocabulary)), vocabulary, {source.path: source})
        edits = [edit for diagnostic in audit(corpus, chosen.rules).diagnostics for edit in diagnostic.edits]
        for edit in edits:
            assert 1 <= edit.column <= edit.end_column <= len(source.line(edit.line)) + 1
        data, count = apply_edits(data, edits)
        if not count:
            return data
    raise AssertionError("the fixes go in a circle")


# --- how it is asked for


def test_diff_prints_what_would_change_and_changes_nothing(run: Run, folder: Path) -> None:
    file = folder / "stop.md"
    file.write_text(ticket(status="clsoed"), encoding="utf-8")
    ran = run("check", "--diff")
    assert ran.status == 1
    assert ran.out == (
        "--- a/stop.md\n+++ b/stop.md\n@@ -4,7 +4,7 @@\n"
        " |-------|-------|\n | **Ticket ID** | `B1-NAV-07` |\n | **Severity** | `P2` |\n"
        "-| **Status** | `clsoed` |\n+| **Status** | `closed` |\n"
        " | **Created** | 2025-03-04 |\n | **Updated** | 2025-03-19 |\n \n"
    )
    assert file.read_text("utf-8") == ticket(status="clsoed")
    file.write_text(ticket(), encoding="utf-8")
    assert run("check", "--diff").status == 0


def test_a_diff_has_nothing_that_a_terminal_obeys_and_a_path_stays_on_its_line(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = ticket(status="clsoed").replace("| **Created**", "| \x1b]0;gone\x07\x1b[2J | x |\r| **Created**")
    (folder / "stop\x1b[8m\n+++ b.md").write_text(text, encoding="utf-8", newline="")
    piped = run("check", "--diff").out
    monkeypatch.setattr(import_module("ticketaudit.cli.check"), "is_terminal", lambda file: file is None)
    shown = run("check", "--diff").out
    assert shown.startswith("--- a/stop[8m +++ b.md\n+++ b/stop[8m +++ b.md\n@@")
    assert (piped.count("\x1b"), shown.count("\x1b")) == (2, 0)
    assert shown == "".join(f"{clean(line)}\n" for line in piped.split("\n")[:-1])
    run("check", "--diff", "-o", "stop.diff")
    assert (folder / "stop.diff").read_bytes() == piped.encode()


@pytest.mark.parametrize("there", [True, False])
def test_diff_of_standard_input(run: Run, folder: Path, there: bool) -> None:
    if there:
        (folder / "stop.md").write_text(ticket(), encoding="utf-8")
    ran = run("check", "--diff", "--stdin-filename", "stop.md", "-", stdin=ticket(status="clsoed").encode())
    assert (ran.status, ran.err) == (1, "Would fix 1 place in 1 file.\n")
    assert ran.out.startswith("--- a/stop.md\n+++ b/stop.md\n")
    assert "-| **Status** | `clsoed` |\n+| **Status** | `closed` |\n" in ran.out


def test_fix_says_where_it_brings_more_to_light(run: Run, folder: Path) -> None:
    file = folder / "fixed" / "stop.md"
    file.parent.mkdir()
    text = ticket(status="open").partition("\n## Resolution")[0]
    command = ["check", "--fix", "--unsafe-fixes", "--select", "status-conflict"]
    for more, end in ((",missing-resolution,missing-sign-off", True), ("", False)):
        file.write_text(text, encoding="utf-8")
        ran = run(*command[:-1], command[-1] + more)
        assert "| `closed` |" in file.read_text("utf-8")
        assert ran.err.endswith("That is 1 more than before the fixes: what changed has more to answer for.\n") == end


def test_fix_reports_what_is_left(run: Run, folder: Path) -> None:
    (folder / "stop.md").write_text(ticket(status="clsoed", created="3/4/2025"), encoding="utf-8")
    ran = run("check", "--fix", "--select", "unknown-status,date-anomaly")
    assert ran.out == "stop.md:8:17: warning: the date `3/4/2025` cannot be read [date-anomaly]\n"
    assert ran.err.startswith("Fixed 1 place in 1 file.\nFound 1 problem")
    assert run("check", "--fix", "--select", "unknown-status").err.startswith("Fixed 0 places in 0 files.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--unsafe-fixes"], "error: `--unsafe-fixes` needs `--fix` or `--diff`\n"),
        (["--diff", "--output-format", "json"], "error: `--diff` and `--output-format` exclude each other\n"),
        (
            ["--fix", "-"],
            "error: standard input cannot be fixed; name the file, or see what would change with `--diff`\n",
        ),
    ],
)
def test_what_cannot_be_asked_for(run: Run, folder: Path, arguments: list[str], message: str) -> None:
    ran = run("check", *arguments, stdin=ticket(status="clsoed").encode())
    assert (ran.status, ran.out, ran.err) == (2, "", message)


def test_a_file_that_changed_while_it_was_read_is_left_alone(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "stop.md"
    file.write_text(ticket(status="clsoed"), encoding="utf-8")
    contents = read.contents

    def meanwhile(*asked: Any) -> Any:
        found = contents(*asked)
        file.write_text(ticket(status="opne"), encoding="utf-8")
        return found

    monkeypatch.setattr(read, "contents", meanwhile)
    ran = run("check", "--fix")
    assert (ran.status, ran.err) == (2, "error: stop.md: changed meanwhile; run it again\n")
    assert file.read_text("utf-8") == ticket(status="opne")


@pytest.mark.parametrize(
    ("happens", "message"),
    [
        (Path.unlink, "cannot be read: no such file or directory"),
        (lambda file: file.write_bytes(b"another"), "changed meanwhile; run it again"),
    ],
)
def test_what_happens_to_a_file_before_it_is_written_is_told(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, happens: Callable[[Path], object], message: str
) -> None:
    file = folder / "stop.md"
    file.write_text(ticket(status="clsoed"), encoding="utf-8")
    fix = import_module("ticketaudit.cli.fix")
    mended = fix.mend

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        found = mended(*arguments, **options)
        happens(file)
        return found

    monkeypatch.setattr(fix, "mend", meanwhile)
    ran = run("check", "--fix")
    assert (ran.status, ran.err) == (2, f"error: stop.md: {message}\n")
    assert not file.exists() or file.read_bytes() == b"another"


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
def test_a_fixed_file_keeps_its_mode_and_its_link(run: Run, folder: Path) -> None:
    real = folder / "real.txt"
    real.write_text(ticket(status="clsoed"), encoding="utf-8")
    real.chmod(0o640)
    (folder / "stop.md").symlink_to(real)
    run("check", "--fix")
    assert (folder / "stop.md").is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert real.read_text("utf-8") == ticket()
    assert sorted(path.name for path in folder.iterdir()) == ["real.txt", "stop.md"]


def test_without_ftfy_damage_is_reported_and_left_alone(
    fixed: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ftfy", None)
    damaged = ticket(text="BlÃ¥vik")
    assert fixed(damaged).decode() == damaged


def test_every_rule_that_can_fix_says_so_in_its_manual() -> None:
    fixing = {rule.name for rule in ALL if "fix`" in rule.manual or "fixes`" in rule.manual}
    assert {"date-anomaly", "date-format", "encoding-damage", "machine-path", "status-conflict", "unknown-status"} <= (
        fixing
    )


# --- what is said about it


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_a_rule_that_makes_fixes_says_so(rule: Rule) -> None:
    module = import_module(f"ticketaudit.rules.{rule.name.replace('-', '_')}")
    assert rule.fixes == hasattr(module, "Fix")


def test_a_check_says_what_could_be_fixed(run: Run, folder: Path) -> None:
    (folder / "stop.md").write_text(ticket(created="4 March 2025", status="open"), encoding="utf-8")
    assert "; 1 fixable with --fix" in run("check", "stop.md").err
    assert run("check", "stop.md", "--diff").err == "Would fix 1 place in 1 file.\n"
    assert run("check", "stop.md", "--fix").err.startswith("Fixed 1 place in 1 file.\n")
    assert run("check", "stop.md", "--diff").err == "Nothing to fix.\n"


def test_the_source_tree_is_not_asked_for_fixes(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    (folder / "stop.md").write_text(ticket(created="4 March 2025"), encoding="utf-8")
    asked = []
    monkeypatch.setattr(verification, "with_code", lambda corpus, *_: asked.append(corpus) or corpus)
    assert run("check", "stop.md", "--fix").err.startswith("Fixed 1 place in 1 file.\n")
    assert len(asked) == 1
