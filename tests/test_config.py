"""The configuration file: where it is found, what it may say, and what comes of it.

What is said about mistakes in it is in test_broken_config.py.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ticketaudit.config import SELECTORS, Config, config_shape, find_config
from ticketaudit.errors import UserError
from ticketaudit.reference import configuration_page
from ticketaudit.rule import Level
from ticketaudit.rules import ALL
from ticketaudit.settings import in_force, settings
from ticketaudit.shape import OneOf, json_schema
from ticketaudit.strict_yaml import read


def write(folder: Path, text: str) -> Path:
    file = folder / "ticketaudit.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def names(file: Path | None = None, select: list[str] | None = None, ignore: list[str] | None = None) -> set[str]:
    return {active.rule.name for active in settings(file, select or [], ignore or []).rules}


def test_without_a_file_every_rule_runs_as_it_is(folder: Path) -> None:
    defaults = settings(None)
    assert tuple(active.rule for active in defaults.rules) == ALL
    for active in defaults.rules:
        assert active.level is None
        assert isinstance(active.options, active.rule.options)
    assert (defaults.root, defaults.include, defaults.exclude) == (folder, (), ())


@pytest.mark.parametrize("path", ["/opt/ci", "\\\\builds\\ci", "D:\\ci", "d:/ci"])
def test_a_folder_of_any_machine_may_be_allowed(folder: Path, path: str) -> None:
    file = write(folder, f"rules: {{machine-path: {{allow: ['{path}']}}}}\n")
    assert settings(file).config.rules.machine_path.allow == (path,)


def test_what_a_file_says_is_what_a_run_works_with(folder: Path) -> None:
    (folder / "docs").mkdir()
    file = write(
        folder / "docs",
        """\
include: ["bugs/**/*.md", "010"]
exclude:
  - archive/
rules:
  select: [severity-disagreement, verdict-split]
  severity-disagreement: {level: error, tolerance: 2}
""",
    )
    found = settings(file)
    assert found.root == folder / "docs"
    assert (found.include, found.exclude) == (("bugs/**/*.md", "010"), ("archive/",))
    by_name = {active.rule.name: active for active in found.rules}
    assert set(by_name) == {"severity-disagreement", "verdict-split"}
    assert by_name["severity-disagreement"].level is Level.ERROR
    assert by_name["severity-disagreement"].options.tolerance == 2
    assert by_name["verdict-split"].level is None


def test_a_file_that_cannot_be_read_is_said_so(folder: Path) -> None:
    (folder / "conf").mkdir()
    for file, message in (
        (folder / "conf", "conf: a folder; name the configuration file in it"),
        (folder / "gone.yaml", "gone.yaml: cannot be read: no such file or directory"),
    ):
        with pytest.raises(UserError) as caught:
            settings(file)
        assert str(caught.value) == message


def test_the_nearest_file_up_to_the_root_of_the_repository_is_found(folder: Path) -> None:
    deep = folder / "repository/docs/bugs"
    deep.mkdir(parents=True)
    outside = write(folder, "")
    assert find_config(deep) is None
    assert find_config(folder) == outside
    (folder / "repository/.git").mkdir()
    assert find_config(deep) is None
    at_root = write(folder / "repository", "")
    assert find_config(deep) == at_root
    nearer = write(folder / "repository/docs", "")
    assert find_config(deep) == nearer


@pytest.mark.parametrize("name", ["ticketaudit.yml", ".ticketaudit.yaml"])
def test_a_file_that_nearly_has_the_name_is_not_passed_over(folder: Path, name: str) -> None:
    (folder / name).write_text("", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(UserError, match=re.escape(f"{name}: call it ticketaudit.yaml, or name it with `--config`")):
            find_config(folder)
        write(folder, "")


def test_the_command_line_selects_anew_and_ignores_in_addition(folder: Path) -> None:
    every = {rule.name for rule in ALL}
    premise = {rule.name for rule in ALL if rule.family == "premise"}
    assert len(premise) > 1
    assert names(select=["premise"]) == premise
    assert names(ignore=["premise"]) == every - premise
    assert names(select=["premise", "verdict-split"], ignore=["refuted-premise"]) == (
        premise - {"refuted-premise"} | {"verdict-split"}
    )
    file = write(folder, "rules: {select: [premise, verdict-split], ignore: [refuted-premise]}")
    assert names(file) == premise - {"refuted-premise"} | {"verdict-split"}
    assert names(file, ignore=["verdict-split"]) == premise - {"refuted-premise"}
    assert names(file, select=["refuted-premise"]) == {"refuted-premise"}


def test_a_selection_that_is_unknown_or_empty_is_never_a_clean_run(folder: Path) -> None:
    with pytest.raises(UserError) as caught:
        settings(None, ["refuted-premis"], ["sevrity"])
    assert str(caught.value).splitlines() == [
        "unknown rule or family `refuted-premis`; did you mean `refuted-premise`?",
        "unknown rule or family `sevrity`; did you mean `severity`?",
    ]
    with pytest.raises(UserError, match="no rule is selected"):
        settings(None, ["premise"], ["all"])


def test_names_families_and_all_cannot_be_confused() -> None:
    assert len(set(SELECTORS)) == len(SELECTORS)


@given(
    st.text()
    | st.sampled_from("[]{}:,-?&*!|>'\"%@`#\n \t").map(str)
    | st.lists(st.sampled_from("[]{}:,-&*a\n ")).map("".join)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    value, found = read(text, config_shape())
    assert isinstance(value, Config)
    assert found == sorted(found)


class Inner(msgspec.Struct, frozen=True):
    count: Annotated[int, "How many."] = 3
    loud: bool = False


class Outer(msgspec.Struct, frozen=True):
    word: Annotated[str | None, "A word.", OneOf("word", ("yes", "no"))] = None
    words: tuple[str, ...] = ("a",)
    level: Level = Level.NOTE
    inner: Annotated[Inner, "Inside."] = Inner()
    sizes: tuple[int, ...] = ()


def test_values_have_the_types_of_the_attributes_and_text_stays_text() -> None:
    text = "{word: no, words: [no, 1.0, ~x], level: error, inner: {count: 12, loud: true}, sizes: [1, 0]}"
    value, found = read(text, Outer)
    assert not found
    assert value == Outer("no", ("no", "1.0", "~x"), Level.ERROR, Inner(12, True), (1, 0))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("inner: {loud: yes}", "expected true or false, found `yes`"),
        ("inner: {count: 1.5}", "expected a whole number from 0, found `1.5`"),
        ("inner: {count: [1]}", "expected a whole number from 0"),
        ("inner: {count:}", "there is no value; expected a whole number from 0"),
        ("sizes: [1, x]", "expected a whole number from 0, found `x`"),
        ("word: maybe", "unknown word `maybe`; known: yes, no"),
        ("level: high", "unknown level `high`; known: error, warning, note"),
    ],
)
def test_a_value_of_another_type_is_a_mistake_and_the_default_is_taken(text: str, message: str) -> None:
    value, found = read(text, Outer)
    assert [mistake.message for mistake in found] == [message]
    assert value in (Outer(), Outer(sizes=(1,)))


def test_the_schema_is_of_the_same_definition() -> None:
    assert json_schema(Outer) == {
        "type": "object",
        "properties": {
            "word": {"type": "string", "description": "A word.", "enum": ["yes", "no"]},
            "words": {
                "type": "array",
                "items": {"type": ["string", "number", "boolean"]},
                "uniqueItems": True,
                "default": ["a"],
            },
            "level": {"type": "string", "enum": ["error", "warning", "note"], "default": "note"},
            "inner": {
                "type": "object",
                "properties": {
                    "count": {"type": "integer", "minimum": 0, "description": "How many.", "default": 3},
                    "loud": {"type": "boolean", "default": False},
                },
                "additionalProperties": False,
                "description": "Inside.",
            },
            "sizes": {
                "type": "array",
                "items": {"type": "integer", "minimum": 0},
                "uniqueItems": True,
                "default": [],
            },
        },
        "additionalProperties": False,
    }


@pytest.mark.parametrize(
    ("config", "valid"),
    [
        ({}, True),
        ({"include": ["a"], "rules": {"select": ["all"], "severity-disagreement": {"level": "note"}}}, True),
        ({"includ": []}, False),
        ({"rules": {"select": ["severty"]}}, False),
        ({"rules": {"severity-disagreement": {"tolerance": "x"}}}, False),
        ({"rules": {"severity-disagreement": {"tolerance": "1"}}}, False),
        ({"rules": {"severity-disagreement": {"tolerance": -1}}}, False),
        ({"rules": {"missing-sign-off": {"from-author": "true"}}}, False),
        ({"vocabulary": {"severities": [1, 2, False]}}, True),
        ({"vocabulary": {"severities": [1, 1]}}, False),
        ({"vocabulary": {"reviewers": {"deck": ["mate"]}}}, True),
        ({"vocabulary": {"verdicts": {"objekt": ["no"]}}}, False),
        ({"per-path": {"a/**": {"ignore": ["all"]}}}, True),
    ],
)
def test_an_editor_and_the_tool_tell_the_same_right_from_wrong(config: Any, valid: bool) -> None:
    schema = json_schema(config_shape())
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid(config) is valid
    _, mistakes = read(yaml.safe_dump(config), config_shape())
    assert (not mistakes) is valid


def test_the_teams_own_words_come_before_the_built_in_ones(folder: Path) -> None:
    text = """\
vocabulary:
  severities: [S1, S2]
  statuses: {open: [sleeping], closed: [sunk, open]}
  folders: {attic: wont-fix, fixed: not-a-bug}
  reviewers: {deck: [Bosun, first mate]}
  verdicts: {object: [avast], endorse: [aye]}
  dispositions: {fixed: [caulked]}
  sections: {review: [The crew says]}
  fields: {severity: [Wetness]}
"""
    words = settings(write(folder, text)).vocabulary
    assert words.severities == ("S1", "S2")
    assert [words.severity_rank(word) for word in ("S2", "P1")] == [1, None]
    assert [words.state(word) for word in ("sleeping", "sunk", "open", "resolved")] == [
        "open",
        "closed",
        "closed",
        "closed",
    ]
    assert [words.knows_status(word) for word in ("Sunk", "resolved")] == [True, False]
    assert words.folder_disposition("attic/a.md") == "wont-fix"
    assert words.folder_disposition("fixed/a.md") == "not-a-bug"
    assert words.discipline("first mate") == words.discipline("Bosun") == "deck"
    assert [words.verdict(word) for word in ("AVAST", "aye", "OBJECT")] == ["object", "endorse", "object"]
    assert words.disposition("caulked at dawn") == "fixed"
    assert words.role("The crew says (Monday)") == "review"
    assert words.field("metadata", "Wetness") == "severity"


@pytest.mark.parametrize("statuses", ["{open: [todo], closed: [done]}", "{open: [todo]}", "{closed: [done]}"])
def test_the_teams_statuses_are_all_that_there_are(folder: Path, statuses: str) -> None:
    words = settings(write(folder, f"vocabulary: {{statuses: {statuses}}}")).vocabulary
    assert [words.knows_status(word) for word in ("open", "closed", "fixed")] == [False, False, False]
    assert words.knows_status("Todo") or words.knows_status("Done")
    assert [words.state(word) for word in ("open", "closed", "done")] == ["open", "closed", "closed"]


def test_symbols_are_words(folder: Path) -> None:
    words = settings(
        write(folder, "vocabulary: {statuses: {open: [🟡], closed: [✅]}, verdicts: {object: [👎]}}")
    ).vocabulary
    assert [words.state(word) for word in ("🟡", "✅")] == ["open", "closed"]
    assert [words.knows_status(word) for word in ("✅", "🔴")] == [True, False]
    assert words.verdict("👎") == "object"


def test_a_status_means_what_the_team_says_it_means(folder: Path) -> None:
    words = settings(write(folder, "vocabulary: {statuses: {open: [closed, open], closed: [sunk]}}")).vocabulary
    assert [words.state(word) for word in ("closed", "open", "sunk")] == ["open", "open", "closed"]


def test_the_file_comes_before_the_template_and_the_template_before_the_built_in_words(folder: Path) -> None:
    row = "| **{}** | `{}` / `{}` |\n"
    (folder / "t.md").write_text(
        "# T\n\n| Field | Value |\n|--|--|\n| **Ticket ID** | `{n}` |\n"
        + row.format("Severity", "T1", "T2")
        + row.format("Status", "open", "moored"),
        encoding="utf-8",
    )
    with pytest.raises(UserError, match=r":1:11: what the template's `moored` means is not known"):
        settings(write(folder, "template: t.md\n"))
    (folder / "t.md").write_text((folder / "t.md").read_text("utf-8").replace("moored", "draft"), encoding="utf-8")
    words = settings(write(folder, "template: t.md\nvocabulary: {severities: [S1]}\n")).vocabulary
    assert words.severities == ("S1",)
    assert words.knows_status("draft")
    assert not words.knows_status("fixed")


def test_extend_select_adds_to_the_selection_of_the_file(folder: Path) -> None:
    file = write(folder, "rules: {select: [verdict-split], ignore: [status-conflict]}")
    found = {
        active.rule.name for active in settings(file, extend_select=["severity-disagreement", "status-conflict"]).rules
    }
    assert found == {"verdict-split", "severity-disagreement", "status-conflict"}


def test_what_is_added_by_name_runs_though_the_file_ignores_its_family(folder: Path) -> None:
    file = write(folder, "rules: {ignore: [severity]}")
    added = {active.rule.name for active in settings(file, extend_select=["severity-disagreement"]).rules}
    assert added - names(file) == {"severity-disagreement"}
    taken = settings(file, ignore=["severity-disagreement"], extend_select=["severity"]).rules
    assert "severity-disagreement" not in {active.rule.name for active in taken}


def test_the_template_is_read_by_the_words_of_the_file(folder: Path) -> None:
    (folder / "t.md").write_text("# T\n\n**Súlyosság:** `S1` / `S2`\n\n**Helyzet:** `auf` / `zu`\n", "utf-8")
    text = """\
template: t.md
vocabulary:
  fields: {severity: [Súlyosság], status: [Helyzet]}
  statuses: {open: [auf], closed: [zu]}
"""
    words = settings(write(folder, text)).vocabulary
    assert words.severities == ("S1", "S2")
    assert [words.state(word) for word in ("auf", "zu")] == ["open", "closed"]


def test_the_words_of_the_template_are_among_the_settings_in_force(folder: Path) -> None:
    (folder / "t.md").write_text("# T\n\n**Severity:** `T1` / `T2`\n\n**Status:** `draft` / `closed`\n", "utf-8")
    found = settings(write(folder, "template: t.md\nvocabulary: {severities: [S1]}\n"))
    assert in_force(found)["vocabulary"]["severities"] == ["S1"]
    assert in_force(found)["vocabulary"]["statuses"] == {"open": ["draft"], "closed": ["closed"]}


def test_the_reference_page_lists_every_key_and_what_it_may_hold() -> None:
    page = configuration_page()
    for line in (
        "| `include` | list of words | `[]` | The tickets, as globs; read where no path is given. |",
        "| `vocabulary.statuses.open` | list of words | `[]` |",
        "| `rules.RULE.level` | one of `error`, `warning`, `note` |",
        "| `rules.severity-disagreement.tolerance` | whole number | `0` |",
        "| `per-path.….ignore` | list of words | `[]` |",
    ):
        assert f"\n{line}" in page
    assert page.count("rules.severity-disagreement") == 1


@pytest.mark.parametrize(
    "command", ["parse --output-format json", "report --output-format json", "check --output-format json"]
)
def test_a_teams_own_words_are_printed_like_any_others(run, write_ticket, folder: Path, command: str) -> None:
    write_ticket("docs/bell.md")
    words = "{verdicts: {object: [OBJECT]}, sections: {review: [Cross-Review]}, reviewers: {deck: [deck]}}"
    write(folder, f"vocabulary: {words}\n")
    assert run(*command.split(), "docs").status in (0, 1)
