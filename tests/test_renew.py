"""Where a few tickets change, what was printed of them is renewed: it is what a run without a cache prints."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import chdir
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import TICKET, Ran, Run
from mutations import mutated
from test_cached_output import TEXTS, TICK, Write, files, outcome, texts
from ticketaudit import cachefolder
from ticketaudit.cache import caches_in
from ticketaudit.cli import check as check_module

pytestmark = pytest.mark.skipif(os.name == "nt", reason="on Windows every run is worked out")

CACHE = ("--cache-dir", "../kept")
RELATED = "\n## Related Findings\n\n- B9-OPS-99: related\n- B1-OPS-02: duplicate of it\n"
REPORTED = "\n## Appendix\n\n**Report file:** `docs/round.md`\n**Section:** “The deck”\n"
SUPPRESSION = "<!-- ticketaudit: ignore[severity-disagreement] decided in May -->"
Asked = Callable[..., tuple[Ran, bool]]


def ticket(number: int) -> str:
    return TICKET.format(id=f"B1-OPS-0{number}")


@pytest.fixture
def asked(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Runs a check in a folder of three tickets, and says whether it was renewed; it always has to be right."""
    place = folder / "tickets"
    place.mkdir()
    monkeypatch.chdir(place)
    for number in (1, 2, 3):
        Path(f"{number}.md").write_text(ticket(number) + RELATED * (number == 1), encoding="utf-8")
    monkeypatch.setattr(cachefolder, "TICK", 0)
    renewed: list[bool] = []
    original = check_module.renewed

    def watched(*arguments: object) -> object:
        found = original(*arguments)  # type: ignore[arg-type]
        renewed.append(found is not None)
        return found

    monkeypatch.setattr(check_module, "renewed", watched)

    def ask(*arguments: str) -> tuple[Ran, bool]:
        renewed.clear()
        time.sleep(0.02)  # so that whatever was done before is older than the run
        ran = run("check", *arguments, *CACHE)
        was_renewed = any(renewed)
        assert ran == run("check", *arguments, "--no-cache")
        assert ran == run("check", *arguments, *CACHE), "and is told again"
        return ran, was_renewed

    return ask


def edit(old: str, new: str, name: str = "1.md") -> Callable[[], object]:
    """Changes a ticket in its place: a new file would be a change of its folder."""

    def change() -> None:
        text = Path(name).read_text(encoding="utf-8")
        assert old in text
        Path(name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


ONLY_ITS_OWN: dict[str, Callable[[], object]] = {
    "more words": edit("on arrival.", "on arrival, and on departure."),
    "lines in front": edit("# Finding", "\n\n\n# Finding"),
    "lines above what is compared": edit("## Related", "One.\n\nTwo.\n\n## Related"),
    "one problem less": edit("Recommend P3", "Recommend P1"),
    "one problem more": edit("- [ ] The", "- [ ] The mast\n- [ ] The"),
    "another title": edit("rings twice", "rings thrice"),
    "an edit of two files": lambda: [edit("Heard it.", "Saw it.", name)() for name in ("1.md", "3.md")],
}
OF_OTHERS: dict[str, Callable[[], object]] = {
    "another id": edit("B1-OPS-01", "B1-OPS-02"),
    "another relation": edit("duplicate of it", "blocked by it"),
    "one reviewer less": edit("| `bridge` | **ENDORSE** | Heard it. |\n", ""),
    "one field less": edit("| **Severity** | `P1` |\n", ""),
    "one section less": edit("## Summary", "## Words"),
    "a report": edit("## Related", f"{REPORTED}\n## Related"),
    "no ticket": lambda: Path("1.md").write_text("Only words.\n", encoding="utf-8"),
    "no text": lambda: Path("1.md").write_bytes(b""),
    "another encoding": lambda: Path("1.md").write_bytes(ticket(1).encode("utf-16")),
    "no file": lambda: Path("1.md").unlink(),
    "a further file": lambda: Path("4.md").write_text(ticket(1), encoding="utf-8"),
    "a list of tickets": lambda: Path("1.md").write_text(TEXTS[3].format(id="A-1", other="B1-OPS-02"), "utf-8"),
    "a batch report": edit("duplicate of it\n", "duplicate of it\n<!-- written by ticketaudit report -->\n"),
}


@pytest.mark.parametrize("format", ["concise", "jsonl"])
@pytest.mark.parametrize("change", ONLY_ITS_OWN.values(), ids=ONLY_ITS_OWN)
def test_what_changes_nothing_of_others_is_renewed(asked: Asked, format: str, change: Callable[[], object]) -> None:
    asked("--output-format", format)
    change()
    assert asked("--output-format", format)[1]


@pytest.mark.parametrize("change", OF_OTHERS.values(), ids=OF_OTHERS)
def test_what_may_change_something_of_others_is_worked_out(asked: Asked, change: Callable[[], object]) -> None:
    asked()
    change()
    assert not asked()[1]
    edit("Heard it.", "Saw it.", "3.md")()
    assert asked()[1], "and can be renewed from there"


@pytest.mark.skipif(sys.platform == "darwin", reason="file names are text there")
def test_a_file_whose_name_is_no_text_is_renewed(asked: Asked) -> None:
    name = os.fsdecode(b"\xff.md")
    Path(name).write_text(ticket(4), encoding="utf-8")
    asked()
    edit("# Finding", "\n# Finding", name)()
    assert asked()[1]


def test_it_goes_on_from_what_was_renewed(asked: Asked) -> None:
    asked()
    for number in range(4):
        edit("Heard", f"Heard{number}", f"{1 + number % 3}.md")()
        edit("# Finding", "\n# Finding", "2.md")()
        assert asked()[1]


def test_what_is_too_young_to_be_kept_is_renewed_again(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    asked()
    monkeypatch.setattr(cachefolder, "TICK", 2 * 10**9)
    for number in (1, 2):
        edit("# Finding", "\n# Finding", f"{number}.md")()
        assert asked()[1]


def test_how_it_ends_is_decided_anew(asked: Asked) -> None:
    arguments = ("--select", "severity-disagreement", "--fail-on", "error")
    for number in (1, 2, 3):
        edit("Recommend P3", "Recommend P1", f"{number}.md")()
    assert asked(*arguments)[0].status == 0
    edit("Recommend P1", "Recommend P4")()
    ran, renewed = asked(*arguments, "--exit-zero")
    assert (ran.status, renewed) == (0, False)
    ran, renewed = asked("--select", "severity-disagreement")
    assert ran.status == 1
    edit("Recommend P4", "Recommend P1")()
    ran, renewed = asked("--select", "severity-disagreement")
    assert (ran.status, ran.out, renewed) == (0, "", True)
    edit("Recommend P1", "Recommend P4")()
    ran, renewed = asked("--select", "severity-disagreement")
    assert (ran.status, renewed) == (1, True)


def test_what_comments_accept_is_renewed(asked: Asked) -> None:
    edit("## Summary", f"{SUPPRESSION}\n\n## Summary")()
    asked()
    for old, new in (
        ("Recommend P3", "Recommend P1"),
        ("Recommend P1", "Recommend P4"),
        ("decided in May", ""),
        ("ignore[sev", "ignore[verdict-split, sev"),
    ):
        edit(old, new)()
        assert asked()[1], (old, new)
    edit("ticketaudit: ignore", "ignore")()
    assert not asked()[1], "a file in which nothing is accepted is another one"


def test_a_report_that_tickets_come_from_is_no_mere_ticket(asked: Asked) -> None:
    Path("round.md").write_text(ticket(4).replace("## Summary", "## The deck\n\n## Summary"), encoding="utf-8")
    edit("## Related", f"{REPORTED}\n## Related")()
    asked()
    edit("## The deck", "## The mast", "round.md")()
    ran, renewed = asked()
    assert not renewed
    assert "missing-report" in ran.out


def test_formats_that_are_one_piece_are_worked_out(asked: Asked) -> None:
    for format in ("json", "sarif", "gitlab", "markdown", "junit"):
        asked("--output-format", format)
        edit("# Finding", "\n# Finding")()
        assert not asked("--output-format", format)[1]


def test_with_a_baseline_it_is_worked_out(asked: Asked, run: Run) -> None:
    run("baseline", "create", "--baseline", "../accepted.json")
    arguments = ("--baseline", "../accepted.json")
    asked(*arguments)
    edit("- [ ] The", "- [ ] The mast\n- [ ] The")()
    assert not asked(*arguments)[1]


def test_many_changes_are_worked_out(asked: Asked) -> None:
    for number in range(4, 24):
        Path(f"{number}.md").write_text(ticket(number), encoding="utf-8")
    asked()
    for number in range(4, 24):
        edit("# Finding", "\n# Finding", f"{number}.md")()
    assert not asked()[1]


@pytest.mark.parametrize("text", [b"recommends P3", b"dangling-reference"])
def test_what_is_damaged_is_worked_out(asked: Asked, text: bytes) -> None:
    asked()
    (file,) = (file for file in caches_in(Path("../kept")) if file.suffix == ".run")
    kept = file.read_bytes()
    assert text in kept
    file.write_bytes(kept.replace(text, text.swapcase()))
    edit("# Finding", "\n# Finding")()
    assert not asked()[1]


@settings(max_examples=15)
@given(
    first=st.lists(st.builds(Write, files, texts, st.just(False)), min_size=2, max_size=5),
    changes=st.lists(st.lists(st.tuples(files, st.integers(0, 10**6)), min_size=1, max_size=2), min_size=1, max_size=5),
    arguments=st.sampled_from([(), ("--output-format", "jsonl"), ("--select", "reference,suppression")]),
)
def test_nobody_can_tell_whether_it_was_renewed(
    first: Sequence[Write], changes: Sequence[Sequence[tuple[str, int]]], arguments: tuple[str, ...]
) -> None:
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as kept,
        chdir(folder),
    ):
        patch.setattr(cachefolder, "TICK", int(TICK * 10**9))
        for step in first:
            step.do()
        for edits in ((), *changes):
            for name, seed in edits:
                file = Path(name)
                if file.exists():
                    file.write_bytes(mutated(file.read_bytes(), Random(seed), [TICKET.encode()]))
            expected = outcome("check", *arguments, "--no-cache")
            for wait in (0, 2 * TICK):
                time.sleep(wait)
                assert outcome("check", *arguments, "--cache-dir", kept) == expected
