"""The baseline: what it accepts, what it survives, and how its file is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ticketaudit.baseline import Baseline, Entry, baseline_of, read_baseline
from ticketaudit.corpus import Corpus
from ticketaudit.errors import UserError
from ticketaudit.report import Diagnostic, Report
from ticketaudit.rule import Level
from ticketaudit.text import Span
from ticketaudit.vocabulary import Vocabulary

Run = Callable[..., Any]
WriteTicket = Callable[..., Path]

FILE = "ticketaudit-baseline.json"
#: Rules that say four things about the ticket of conftest, two of them about one reviewer each.
RULES = ("--select", "unchecked-verification,severity-disagreement,verdict-split,malformed-table")


def diagnostic(fingerprint: str, line: int = 1, path: str = "a.md") -> Diagnostic:
    span = Span(line, 1, line, 2)
    return Diagnostic("a-rule", Level.WARNING, f"line {line}", path, span, "B1-OPS-01", None, fingerprint, "")


def entry(fingerprint: str, count: int = 1, rule: str = "a-rule") -> Entry:
    return Entry("B1-OPS-01", rule, "a message", "a.md", count, fingerprint)


def baseline(*entries: Entry) -> Baseline:
    return Baseline(1, entries)


def report(*diagnostics: Diagnostic) -> Report:
    return Report(Corpus((), Vocabulary.builtin()), 1, (), diagnostics)


def everything(entry: Entry) -> bool:
    return True


def nothing(entry: Entry) -> bool:
    return False


# --- what is new


def test_known_diagnostics_stay_in_the_report_marked() -> None:
    found = baseline(entry("known")).apply(report(diagnostic("known", 1), diagnostic("new", 2)))
    assert [(each.fingerprint, each.baselined) for each in found.diagnostics] == [("new", False)]
    assert [(each.fingerprint, each.baselined) for each in found.accepted] == [("known", True)]
    assert found.baselined == found.accepted
    assert found.suppressed == ()


def test_of_several_alike_the_ones_beyond_the_count_are_new() -> None:
    alike = [diagnostic("one", line) for line in (1, 2, 3)]
    found = baseline(entry("one", 2)).apply(report(*alike))
    assert [each.span.line for each in found.accepted] == [1, 2]
    assert [each.span.line for each in found.diagnostics] == [3]


def test_what_is_accepted_stays_in_order() -> None:
    suppressed = [diagnostic("x", 2)]
    found = baseline(entry("known", 2)).apply(
        Report(
            Corpus((), Vocabulary.builtin()),
            1,
            (),
            (diagnostic("known", 1), diagnostic("known", 3)),
            accepted=tuple(suppressed),
        )
    )
    assert [each.span.line for each in found.accepted] == [1, 2, 3]


# --- keeping it


def test_like_diagnostics_make_one_entry_with_their_count(tmp_path: Path) -> None:
    made = baseline_of([diagnostic("b", 4), diagnostic("a", 2), diagnostic("a", 3)], tmp_path)
    assert [(each.fingerprint, each.count, each.message) for each in made.diagnostics] == [
        ("a", 2, "line 2"),
        ("b", 1, "line 4"),
    ]
    assert made.total == 3


def test_paths_are_relative_to_the_folder_of_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [diagnostic("a", path="open/a.md")]
    assert baseline_of(found, folder).diagnostics[0].path == "open/a.md"
    assert baseline_of(found, folder / "ci").diagnostics[0].path == "../open/a.md"
    assert baseline_of(found, Path("open")).diagnostics[0].path == "a.md"


def test_update_takes_what_was_found_and_keeps_what_could_not_be_judged() -> None:
    known = baseline(entry("gone"), entry("more", 1))
    found = baseline(entry("more", 2), entry("new"))
    assert {each.fingerprint: each.count for each in known.update(found, everything).diagnostics} == {
        "more": 2,
        "new": 1,
    }
    assert {each.fingerprint for each in known.update(found, nothing).diagnostics} == {"gone", "more", "new"}


def test_prune_takes_away_and_adds_nothing() -> None:
    known = baseline(entry("gone"), entry("fewer", 3), entry("more", 1))
    found = baseline(entry("fewer", 1), entry("more", 2), entry("new"))
    assert {each.fingerprint: each.count for each in known.prune(found, everything).diagnostics} == {
        "fewer": 1,
        "more": 1,
    }
    assert known.prune(found, nothing).total == known.total


def test_the_file_is_the_same_whatever_the_order(tmp_path: Path) -> None:
    found = [diagnostic("b"), diagnostic("a"), diagnostic("c", path="b.md")]
    assert baseline_of(found, tmp_path).text() == baseline_of(found[::-1], tmp_path).text()
    file = tmp_path / "x.json"
    file.write_text(baseline_of(found, tmp_path).text(), encoding="utf-8")
    assert read_baseline(file) == baseline_of(found, tmp_path)


def test_entries_that_a_merge_left_twice_are_added_up(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(baseline(entry("a", 1), entry("a", 2)).text(), encoding="utf-8")
    assert [(each.fingerprint, each.count) for each in read_baseline(file).diagnostics] == [("a", 3)]


# --- files that are none


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ":1:1: no baseline: expecting value"),
        ('{"version": 1,\n"diagnostics": [}', ":2:17: no baseline: expecting value"),
        ("<<<<<<< HEAD\n", ":1:1: no baseline: expecting value"),
        ("[]", ": no baseline: expected `object`, got `array`"),
        ("{}", ": no baseline: object missing required field `version`"),
        ('{"version": 2, "findings": []}', ": a baseline of version 2; this ticketaudit reads 1"),
        ('{"version": "1"}', ': a baseline of version "1"; this ticketaudit reads 1'),
        (
            '{"version": 1, "diagnostics": [{"rule": 3}]}',
            ": no baseline: expected `str`, got `int` - at `$.diagnostics[0].rule`",
        ),
        (
            baseline(entry("a")).text().replace('"count": 1', '"count": 0'),
            ": no baseline: expected `int` >= 1 - at `$.diagnostics[0].count`",
        ),
        ("[" * 100_000, ": no baseline: maximum recursion depth exceeded"),
    ],
    ids=["empty", "cut off", "conflict", "list", "no version", "other version", "text", "type", "count", "deep"],
)
def test_a_damaged_baseline_is_refused_with_the_place(folder: Path, text: str, message: str) -> None:
    (folder / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_baseline(folder / "x.json")
    assert str(caught.value).startswith(f"x.json{message}")


def test_what_cannot_be_read_at_all(folder: Path) -> None:
    (folder / "bytes.json").write_bytes(b'{"version": 1, "diagnostics": "\xff"}')
    for name, message in (
        ("none.json", "none.json: no such baseline; `ticketaudit baseline create` writes one"),
        (".", ".: cannot be read: is a directory"),
        ("bytes.json", "bytes.json: no baseline: 'utf-8' codec can't decode"),
    ):
        with pytest.raises(UserError) as caught:
            read_baseline(folder / name)
        assert str(caught.value).startswith(message)


# --- the commands


def test_create_accepts_what_is_there_and_check_reports_what_is_new(
    run: Run, write_ticket: WriteTicket, folder: Path
) -> None:
    file = write_ticket()
    ran = run("baseline", "create", *RULES)
    assert (ran.status, ran.out, ran.err) == (0, "", f"{FILE}: 3 diagnostics\n")
    ran = run("check", *RULES, "--baseline", FILE)
    assert (ran.status, ran.out, ran.err) == (0, "", "Found no problems in 1 ticket; 3 in the baseline.\n")
    text = file.read_text("utf-8")
    file.write_text(text.replace("| Heard it. |", "| Heard it. Recommend P2. |"), encoding="utf-8")
    ran = run("check", *RULES, "--baseline", FILE)
    assert (ran.status, ran.out) == (
        1,
        "bell.md:22:3: warning: `bridge` recommends P2, the ticket says P1 [severity-disagreement]\n",
    )


def test_json_lists_what_the_baseline_has(run: Run, write_ticket: WriteTicket) -> None:
    write_ticket()
    run("baseline", "create", *RULES)
    found = json.loads(run("check", *RULES, "--baseline", FILE, "--output-format", "json").out)
    assert (found["diagnostics"], found["summary"]["baselined"], found["summary"]["suppressed"]) == ([], 3, 0)
    assert {(each["suppressed_by"], each["reason"]) for each in found["suppressed"]} == {("baseline", None)}


def test_a_ticket_may_be_moved_renamed_and_longer(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    file = write_ticket("open/bell.md")
    run("baseline", "create", *RULES)
    (folder / "done").mkdir()
    text = file.read_text("utf-8").replace("## Summary", "Some words.\n\n## Summary")
    (folder / "done" / "ringing.md").write_text(text, encoding="utf-8")
    file.unlink()
    ran = run("check", *RULES, "--baseline", FILE)
    assert (ran.status, ran.out, ran.err) == (0, "", "Found no problems in 1 ticket; 3 in the baseline.\n")


def test_one_of_two_fixed_and_another_added_is_seen(run: Run, write_ticket: WriteTicket) -> None:
    file = write_ticket()
    rows = ["| `cook` | **NEUTRAL** | Tea | cake. |\n", "| `mate` | **NEUTRAL** | Rope | tar. |\n"]
    text = file.read_text("utf-8")
    file.write_text(text + "".join(rows), encoding="utf-8")
    run("baseline", "create", *RULES)
    fixed = rows[0].replace("Tea |", "Tea,")
    file.write_text(text + fixed + rows[1] + "| `purser` | **NEUTRAL** | Pen | ink. |\n", encoding="utf-8")
    ran = run("check", *RULES, "--baseline", FILE)
    assert (ran.status, ran.out) == (
        1,
        "bell.md:25:1: warning: a table row has 4 cells, its header 3 [malformed-table]\n",
    )
    assert ran.err == (
        f"1 diagnostic of {FILE} is gone; `ticketaudit baseline prune` takes it out\n"
        "Found 1 problem (1 warning) in 1 ticket; 4 in the baseline.\n"
    )


def test_create_replaces_nothing_without_force(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    (folder / FILE).write_text("mine", encoding="utf-8")
    ran = run("baseline", "create", *RULES)
    assert (ran.status, (folder / FILE).read_text("utf-8")) == (2, "mine")
    assert "there already" in ran.err
    assert run("baseline", "create", "--force", *RULES).status == 0
    assert read_baseline(folder / FILE).total == 3


def test_no_ticket_is_overwritten(run: Run, write_ticket: WriteTicket) -> None:
    file = write_ticket()
    text = file.read_bytes()
    assert run("baseline", "create", "--force", "--baseline", "bell.md").status == 2
    assert file.read_bytes() == text


def test_update_and_prune_say_what_they_did(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    file = write_ticket()
    run("baseline", "create", *RULES)
    text = file.read_text("utf-8")
    file.write_text(text.replace("- [ ]", "- [x]").replace("Heard it.", "Recommend P2."), encoding="utf-8")
    assert run("baseline", "prune", *RULES).err == f"{FILE}: 0 added, 1 removed, 2 kept\n"
    assert run("baseline", "update", *RULES).err == f"{FILE}: 1 added, 0 removed, 2 kept\n"
    assert read_baseline(folder / FILE).total == 3


@pytest.mark.parametrize("command", ["update", "prune"])
def test_what_was_not_looked_at_is_kept(run: Run, write_ticket: WriteTicket, folder: Path, command: str) -> None:
    bell = write_ticket("bell.md", "B1-OPS-01")
    write_ticket("horn.md", "B1-OPS-02")
    run("baseline", "create", *RULES)
    bell.write_text(bell.read_text("utf-8").replace("- [ ]", "- [x]").replace("P3", "P1"), encoding="utf-8")
    kept = run("baseline", command, "horn.md", *RULES)
    assert kept.err == f"{FILE}: 0 added, 0 removed, 6 kept\n"
    kept = run("baseline", command, "--select", "verdict-split")
    assert kept.err == f"{FILE}: 0 added, 0 removed, 6 kept\n"
    assert run("baseline", command, "bell.md", *RULES).err == f"{FILE}: 0 added, 2 removed, 4 kept\n"
    bell.unlink()
    assert run("baseline", command, *RULES).err == f"{FILE}: 0 added, 1 removed, 3 kept\n"


@pytest.mark.parametrize("paths", [[], ["."], ["bugs"]])
def test_what_was_deleted_from_a_folder_that_is_searched_is_gone(
    run: Run, write_ticket: WriteTicket, paths: list[str]
) -> None:
    write_ticket("bugs/bell.md", "B1-OPS-01")
    horn = write_ticket("bugs/old/horn.md", "B1-OPS-02")
    run("baseline", "create", *RULES)
    horn.unlink()
    ran = run("check", *paths, *RULES, "--baseline", FILE)
    assert ran.err.startswith(f"3 diagnostics of {FILE} are gone; `ticketaudit baseline prune` takes them out\n")
    assert run("baseline", "prune", *paths, *RULES).err == f"{FILE}: 0 added, 3 removed, 3 kept\n"


def test_what_moved_out_of_the_folder_that_is_searched_is_kept(
    run: Run, write_ticket: WriteTicket, folder: Path
) -> None:
    (folder / "ticketaudit.yaml").write_text("include: ['**/*.md']\n", encoding="utf-8")
    write_ticket("triaged/bell.md", "B1-OPS-01")
    write_ticket("triaged/horn.md", "B1-OPS-02")
    run("baseline", "create", *RULES)
    (folder / "elsewhere").mkdir()
    (folder / "triaged/horn.md").rename(folder / "elsewhere/horn.md")
    assert run("baseline", "prune", "triaged", *RULES).err == f"{FILE}: 0 added, 0 removed, 6 kept\n"


def test_a_rule_that_is_added_to_the_selection_can_be_accepted(run: Run, write_ticket: WriteTicket) -> None:
    write_ticket()
    selection = ("--select", "verdict-split", "--extend-select", "unchecked-verification")
    assert run("baseline", "create", *selection).err == f"{FILE}: 2 diagnostics\n"
    assert run("baseline", "update", *selection).err == f"{FILE}: 0 added, 0 removed, 2 kept\n"
    assert run("check", *selection, "--baseline", FILE).status == 0


def test_what_could_not_be_compared_is_kept(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    file = write_ticket()
    text = file.read_text("utf-8") + "\n## Related Findings\n\n- B1-OPS-70\n"
    file.write_text(text, encoding="utf-8")
    rules = ("--select", "dangling-reference")
    run("baseline", "create", *rules)
    assert run("baseline", "prune", "bell.md", *rules).err == f"{FILE}: 0 added, 0 removed, 1 kept\n"
    file.write_text(text.replace("- B1-OPS-70", "- none"), encoding="utf-8")
    assert run("baseline", "prune", *rules).err == f"{FILE}: 0 added, 1 removed, 0 kept\n"


def test_a_ticket_without_an_id_is_known_by_its_path(run: Run, folder: Path) -> None:
    text = "# {}\n\n**Severity:** P1\n**Status:** closed\n\n## Verification\n\n- [ ] once\n"
    for name in ("a.md", "b.md"):
        (folder / name).write_text(text.format(name), encoding="utf-8")
    run("baseline", "create", *RULES)
    (folder / "a.md").write_text(text.format("a.md").replace("[ ]", "[x]"), encoding="utf-8")
    assert run("baseline", "prune", "a.md", *RULES).err == f"{FILE}: 0 added, 1 removed, 1 kept\n"


def test_show_prints_a_line_for_each_entry(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    write_ticket()
    run("baseline", "create", *RULES)
    ran = run("baseline", "show")
    assert (ran.status, ran.err) == (0, "3 diagnostics of 1 ticket.\n")
    assert ran.out.splitlines() == [
        "bell.md:21: B1-OPS-01: `deck` recommends P3, the ticket says P1 [severity-disagreement]",
        "bell.md:15: B1-OPS-01: the ticket is closed, its verification box is unchecked [unchecked-verification]",
        "bell.md:21: B1-OPS-01: `deck` objects, `bridge` endorses [verdict-split]",
    ]
    (folder / "x.json").write_text(baseline(entry("a", 2)).text(), encoding="utf-8")
    assert run("baseline", "show", "--baseline", "x.json").out == "a.md: B1-OPS-01: a message [a-rule] (2 times)\n"


def test_the_default_file_lies_beside_the_configuration(
    run: Run, write_ticket: WriteTicket, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ticket("open/bell.md")
    (folder / "ticketaudit.yaml").write_text("include: [open/*.md]\n", encoding="utf-8")
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder / "open")
    assert run("baseline", "create", *RULES).err == f"../{FILE}: 3 diagnostics\n"
    assert read_baseline(folder / FILE).diagnostics[0].path == "open/bell.md"
    assert run("check", *RULES, "--baseline", f"../{FILE}").status == 0


def test_nothing_is_written_where_something_could_not_be_read(
    run: Run, write_ticket: WriteTicket, folder: Path
) -> None:
    write_ticket()
    assert run("baseline", "create", "bell.md", "gone.md").status == 2
    assert run("baseline", "create", "empty/").status == 2
    assert not (folder / FILE).exists()


@pytest.mark.parametrize(
    "arguments",
    [["check", "--baseline", "no.json"], ["baseline", "update"], ["baseline", "prune"], ["baseline", "show"]],
    ids=" ".join,
)
def test_a_baseline_that_is_missing_is_status_2(run: Run, write_ticket: WriteTicket, arguments: list[str]) -> None:
    write_ticket()
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "no such baseline; `ticketaudit baseline create` writes one" in ran.err


@pytest.mark.parametrize("command", ["create", "update", "prune", "show"])
def test_help(run: Run, command: str) -> None:
    ran = run("baseline", command, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: ticketaudit baseline {command}")
