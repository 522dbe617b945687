"""Configurations that somebody got wrong, each through the command line: what is said, where, and status 2.

The messages were read by a person who asked of each: do I know now what to write instead?
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run, WriteTicket

KNOWN = "include, exclude, template, source, limits, vocabulary, rules, per-path"
NO_ALIAS = "an alias, which is not allowed; write text that begins with `*` in quotes"
NO_ANCHOR = "an anchor, which is not allowed; write text that begins with `&` in quotes"
NO_TAG = "a tag, which is not allowed; write text that begins with `!` in quotes"
NO_TEMPLATE = "is no ticket template: no field in it lists its values, as `P0` / `P1` / `P2`"
NOT_HERE = "takes nothing; patterns hold from here down, without `./` and `../`"
MEANINGLESS = "has neither letters nor digits, by which it would be compared"

#: What is wrong, the file, and every message with its place.
BROKEN: list[tuple[str, str | bytes, list[str]]] = [
    # --- keys
    ("unknown key", "includ: []", ["1:1: unknown key `includ`; did you mean `include`?"]),
    ("unknown key, like none", "fail-on: error", [f"1:1: unknown key `fail-on`; known: {KNOWN}"]),
    ("underscore for hyphen", "per_path: {}", ["1:1: unknown key `per_path`; did you mean `per-path`?"]),
    (
        "unknown key of the source",
        "source: {strip_prefix: [/home/ola/]}",
        ["1:10: unknown key `strip_prefix`; did you mean `strip-prefix`?"],
    ),
    (
        "unknown key of the vocabulary",
        "vocabulary:\n  severitys: [a]",
        ["2:3: unknown key `severitys`; did you mean `severities`?"],
    ),
    (
        "unknown key of the statuses",
        "vocabulary: {statuses: {opened: [x]}}",
        ["1:25: unknown key `opened`; did you mean `open`?"],
    ),
    (
        "unknown rule",
        "rules:\n  status-conflic: {}",
        ["2:3: unknown key `status-conflic`; did you mean `status-conflict`?"],
    ),
    ("unknown option", "rules: {verdict-split: {tolerance: 1}}", ["1:25: unknown key `tolerance`; known: level"]),
    ("unknown key of a path", "per-path: {a/**: {level: note}}", ["1:19: unknown key `level`; known: ignore"]),
    (
        "a reviewer whom nobody knows",
        "vocabulary: {reviewers: {deck: [Bosun]}}\nrules: {missing-reviewer: {expected: [Bosun, Deck Agent, dekc]}}",
        ["2:58: `dekc` is none of the `reviewers` of the vocabulary; did you mean `deck`?"],
    ),
    ("key twice", "include: []\ninclude: []", ["2:1: the key `include` stands here twice"]),
    (
        "option twice",
        "rules: {date-anomaly: {slip: 1, slip: 2}}",
        ["1:33: the key `slip` stands here twice"],
    ),
    (
        "path twice",
        "per-path:\n  a/**: {ignore: [all]}\n  a/**: {}",
        ["3:3: the key `a/**` stands here twice"],
    ),
    ("list as key", "? [a]\n: b", ["1:3: expected a word as key"]),
    ("no key", "? \n: []", ["1:2: expected a word as key"]),
    # --- values of another type
    ("list at the top", "- include", [f"1:1: expected keys with values; known: {KNOWN}"]),
    ("another language", "include = [a]", [f"1:1: expected keys with values; known: {KNOWN}"]),
    ("word for list", "exclude: docs/**", ["1:10: expected a list, as [one, two]"]),
    ("nothing for list", "exclude:", ["1:9: there is no value; expected a list, as [one, two]"]),
    ("keys for list", "vocabulary: {severities: {P0: x}}", ["1:26: expected a list, as [one, two]"]),
    ("list for word", "template: [a.md]", ["1:11: expected a word"]),
    ("empty word", 'template: ""', ["1:11: expected a word"]),
    ("list in a list", "vocabulary: {severities: [[P0, blocker], P1]}", ["1:27: expected a word"]),
    (
        "list for keys",
        "vocabulary: {statuses: [open, closed]}",
        ["1:24: expected keys with values; known: open, closed"],
    ),
    ("level for keys", "rules: {verdict-split: error}", ["1:24: expected keys with values; known: level"]),
    ("list for the keys of a path", "per-path: {a/**: [all]}", ["1:18: expected keys with values; known: ignore"]),
    (
        "text for number",
        'rules: {date-anomaly: {slip: "1"}}',
        ['1:30: expected a whole number from 0, found `"1"`'],
    ),
    (
        "octal number",
        "rules: {date-anomaly: {slip: 010}}",
        ["1:30: expected a whole number from 0, found `010`"],
    ),
    (
        "negative number",
        "rules: {severity-disagreement: {tolerance: -1}}",
        ["1:44: expected a whole number from 0, found `-1`"],
    ),
    (
        "yes for true",
        "rules: {missing-sign-off: {from-author: yes}}",
        ["1:41: expected true or false, found `yes`"],
    ),
    # --- words that are not known
    ("unknown level", "rules: {verdict-split: {level: eror}}", ["1:32: unknown level `eror`; did you mean `error`?"]),
    (
        "level that is none",
        "rules: {verdict-split: {level: off}}",
        ["1:32: unknown level `off`; known: error, warning, note"],
    ),
    (
        "unknown family",
        "rules: {select: [severty]}",
        ["1:18: unknown rule or family `severty`; did you mean `severity`?"],
    ),
    (
        "unknown rule of a path",
        "per-path: {a/**: {ignore: [verdict-spilt]}}",
        ["1:28: unknown rule or family `verdict-spilt`; did you mean `verdict-split`?"],
    ),
    (
        "unknown section",
        "rules: {missing-section: {sections: [reviews]}}",
        ["1:38: unknown role of a section `reviews`; did you mean `review`?"],
    ),
    (
        "unknown field",
        "rules: {missing-field: {fields: [severty]}}",
        ["1:34: unknown field `severty`; did you mean `severity`?"],
    ),
    (
        "role like no other",
        "rules: {missing-section: {sections: [zzz]}}",
        [
            "1:38: unknown role of a section `zzz`; known: metadata, location, summary, category, description, "
            "evidence, impact, reproduction, context, fix, verification, related, review, investigation, resolution, "
            "sign-off, appendix, history"
        ],
    ),
    (
        "field like no other",
        "rules: {missing-field: {fields: [zzz]}}",
        [
            "1:34: unknown field `zzz`; known: id, title, severity, priority, status, batch, agent, domain, assignee, "
            "created, updated, ended, resolution"
        ],
    ),
    (
        "numbers and truth values for paths",
        "include: [1]\nexclude: [2.5, yes]\nsource: {root: 2025-03-04, strip-prefix: [3]}\n"
        "per-path: {4: {ignore: [all]}}",
        [
            "1:11: expected a path, found `1`; put it in quotes if it is one",
            "2:11: expected a path, found `2.5`; put it in quotes if it is one",
            "2:16: expected a path, found `yes`; put it in quotes if it is one",
            "3:16: expected a path, found `2025-03-04`; put it in quotes if it is one",
            "3:43: expected a path, found `3`; put it in quotes if it is one",
            "4:12: expected a path, found `4`; put it in quotes if it is one",
        ],
    ),
    (
        "unknown disposition of a folder",
        "vocabulary: {folders: {attic: fixxed}}",
        ["1:31: unknown disposition `fixxed`; did you mean `fixed`?"],
    ),
    (
        "unknown verdict",
        "vocabulary: {verdicts: {other: [maybe]}}",
        ["1:25: unknown verdict `other`; known: endorse, refine, neutral, object"],
    ),
    # --- words that contradict each other
    ("severity twice", "vocabulary: {severities: [P1, P2, p1]}", ["1:35: `p1` stands on the scale twice"]),
    (
        "status open and closed",
        "vocabulary:\n  statuses:\n    open: [parked]\n    closed: [done, Parked]",
        ["4:20: `Parked` cannot mean `closed`, since it means `open`"],
    ),
    (
        "name of two reviewers",
        "vocabulary: {reviewers: {deck: [mate], bridge: [mate]}}",
        ["1:49: `mate` cannot mean `bridge`, since it means `deck`"],
    ),
    (
        "reviewer's name that is another one",
        "vocabulary: {reviewers: {deck: [bridge], bridge: [mate]}}",
        ["1:33: `bridge` cannot mean `deck`, since it means `bridge`"],
    ),
    ("reviewer twice", "vocabulary: {reviewers: {deck: [], Deck: []}}", ["1:36: `Deck` stands here twice"]),
    (
        "word for two verdicts",
        "vocabulary: {verdicts: {endorse: [aye], object: [aye]}}",
        ["1:50: `aye` cannot mean `object`, since it means `endorse`"],
    ),
    (
        "folder twice",
        "vocabulary: {folders: {Attic: fixed, attic: wont-fix}}",
        ["1:38: `attic` stands here twice"],
    ),
    ("word twice", "rules: {select: [review, text, review]}", ["1:32: `review` stands here twice"]),
    ("severity without letters", 'vocabulary: {severities: ["-", P1]}', [f"1:27: `-` {MEANINGLESS}"]),
    ("word that is none", "vocabulary: {verdicts: {endorse: ['*']}}", ["1:35: `*` is no word"]),
    (
        "path for the name of a folder",
        "vocabulary: {folders: {docs/attic: fixed}}",
        ["1:24: `docs/attic` is more than the name of one folder; write its last part"],
    ),
    (
        "folder of no machine",
        "rules: {machine-path: {allow: [home/ola]}}",
        ["1:32: `home/ola` is no absolute path, as those of machines are"],
    ),
    ("line break in a word", 'rules: {select: ["a\\nb"]}', ["1:18: a line break or a control character in a word"]),
    ("half a character", 'template: "\\ud800"', ["1:11: a line break or a control character in a word"]),
    # --- patterns
    ("pattern that is none", 'include: ["[z-a].md"]', ["1:11: `[z-a].md` is no path pattern"]),
    (
        "negative glob",
        'include: ["**/*.md", "!docs/**"]',
        ["1:22: `!docs/**` takes nothing; write it without `!` under `exclude`"],
    ),
    ("comment as pattern", 'exclude: ["# drafts"]', ["1:11: `# drafts` is no path pattern"]),
    (
        "exception from nothing",
        'exclude: ["!docs"]',
        ["1:11: `!docs` takes back what no pattern before it takes"],
    ),
    ("pattern with a dot", "exclude: [./docs/**]", [f"1:11: `./docs/**` {NOT_HERE}"]),
    ("pattern that leads out", "per-path: {../docs/**: {}}", [f"1:12: `../docs/**` {NOT_HERE}"]),
    (
        "negative path",
        'per-path: {"!docs/**": {ignore: [all]}}',
        ["1:12: `!docs/**` takes nothing; write it without `!`"],
    ),
    (
        "backslashes",
        r"exclude: [docs\bugs\**]",
        [r"1:11: `docs\bugs\**` takes nothing; write `/` between folders"],
    ),
    # --- the template
    (
        "missing template",
        "template: templat.md",
        ["1:11: there is no file `templat.md`; did you mean `template.md`?"],
    ),
    ("template that is a folder", "template: docs", ["1:11: `docs` is a folder; name the template in it"]),
    ("template that is none", "template: guide.md", [f"1:11: `guide.md` {NO_TEMPLATE}"]),
    ("template below a file", "template: guide.md/t.md", ["1:11: `guide.md/t.md` cannot be read: not a directory"]),
    ("ticket for a template", "template: bell.md", [f"1:11: `bell.md` {NO_TEMPLATE}"]),
    # --- YAML that may not be
    ("alias", "include: [*docs]", [f"1:11: {NO_ALIAS}"]),
    ("glob without quotes", "include: [**/*.md]", [f"1:11: {NO_ALIAS}"]),
    ("merged keys", "source: &s {}\nrules: {<<: *s}", [f"1:9: {NO_ANCHOR}", f"2:13: {NO_ALIAS}"]),
    ("anchor", "include: &tickets []", [f"1:10: {NO_ANCHOR}"]),
    ("tag", "rules: !!python/object:os.system {}", [f"1:8: {NO_TAG}"]),
    ("exception without quotes", "exclude: [docs/**, !docs/a.md]", [f"1:20: {NO_TAG}"]),
    # --- no YAML
    ("tab", "rules:\n\tselect: [all]", ["2:1: a tab; indent with spaces"]),
    (
        "indented too much",
        "rules:\n  select: [all]\n   ignore: [review]",
        ["3:4: does not line up with the lines above; check the indentation"],
    ),
    (
        "key as value",
        "template: docs: a.md",
        ["1:15: a key cannot stand here; check the indentation, or quote text with a colon"],
    ),
    ("no colon", "include: []\nexclude\nrules: {}", ["2:1: neither a key nor a value; write `key: value`"]),
    ("list not closed", "include: [a\nexclude: []", ["2:8: expected `,` or `]`"]),
    ("quotes not closed", 'include: ["a]\nexclude: []', ["1:11: a quotation mark that is never closed"]),
    ("no value in a list", '{"include": ["a",,]}', ["1:18: expected a value"]),
    ("reserved character", "template: @docs", ["1:11: text that begins with `@` must be in quotes"]),
    ("folded text", "template: >docs", ["1:11: text that begins with `|` or `>` must be in quotes"]),
    ("percent sign", "%include: []", ["1:1: text that begins with `%` must be in quotes"]),
    (
        "unknown escape",
        r'include: ["docs\bugs\*"]',
        [r"1:22: `\*` means nothing in double quotes; use single ones"],
    ),
    (
        "half an escape",
        r'template: "\x4"',
        [
            "1:14: while scanning a double-quoted scalar, "
            "expected escape sequence of 2 hexadecimal numbers, but found '\"'"
        ],
    ),
    ("two documents", "include: []\n---\nexclude: []", ["2:1: a second document; a configuration is one"]),
    (
        "tables of TOML",
        '[rules]\nselect = ["all"]',
        ["2:1: what stands above is complete, and nothing can follow it"],
    ),
    ("control character", "include: []\nexclude: [\x00]", ["2:11: the control character U+0000; YAML allows none"]),
    ("nested without end", "include: " + "[" * 1000 + "]" * 1000, ["1:29: nested too deeply"]),
    ("Latin 1", "include: []\nexclude: [caf\xe9]".encode("latin-1"), ["2:14: no UTF-8 text; save the file as UTF-8"]),
    ("UTF-16", "include: []".encode("utf-16"), ["1:1: no UTF-8 text; save the file as UTF-8"]),
    # --- several at once
    (
        "a mistake in every part",
        """\
template: guide.md
source: {rot: .}
include: docs
vocabulary:
  severitys: [a]
  statuses: {open: [parked], closed: [parked]}
rules:
  selct: [all]
  status-conflict: {level: high}
per-path:
  "!": {}
  b/**: {ignore: [al]}
""",
        [
            f"1:11: `guide.md` {NO_TEMPLATE}",
            "2:10: unknown key `rot`; did you mean `root`?",
            "3:10: expected a list, as [one, two]",
            "5:3: unknown key `severitys`; did you mean `severities`?",
            "6:39: `parked` cannot mean `closed`, since it means `open`",
            "8:3: unknown key `selct`; did you mean `select`?",
            "9:28: unknown level `high`; known: error, warning, note",
            "11:3: `!` takes nothing; write it without `!`",
            "12:19: unknown rule or family `al`; did you mean `all`?",
        ],
    ),
    (
        "two mistakes in one key",
        "exclude: ['# a', ./b]",
        ["1:11: `# a` is no path pattern", f"1:18: `./b` {NOT_HERE}"],
    ),
    (
        "a tag and a mistake",
        "rules: !x {}\nincludes: []",
        [f"1:8: {NO_TAG}", "2:1: unknown key `includes`; did you mean `include`?"],
    ),
]


@pytest.fixture
def around(folder: Path, write_ticket: WriteTicket) -> Path:
    """A folder with a ticket, a page, a template and a folder."""
    write_ticket()
    (folder / "guide.md").write_text("# Guide\n", encoding="utf-8")
    (folder / "template.md").write_text("# T\n\n**Status:** `open` / `closed`\n", encoding="utf-8")
    (folder / "docs").mkdir()
    return folder


def test_there_are_many_of_them_and_each_is_another() -> None:
    assert len(BROKEN) >= 30
    assert len({name for name, _, _ in BROKEN}) == len({text for _, text, _ in BROKEN}) == len(BROKEN)


@pytest.mark.parametrize(("text", "messages"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_configuration_says_what_to_do_where(
    run: Run, around: Path, text: str | bytes, messages: list[str]
) -> None:
    (around / "ticketaudit.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    ran = run("check")
    assert ran.err.splitlines() == [f"error: ticketaudit.yaml:{message}" for message in messages]
    assert (ran.status, ran.out) == (2, "")


@pytest.mark.parametrize("text", ["", "# nothing\n", "\ufeff", "---\n", "rules: {}\n", "per-path: {docs/**: {}}\n"])
def test_a_configuration_that_says_nothing_is_none(run: Run, around: Path, text: str) -> None:
    isolated = run("check", "--isolated")
    (around / "ticketaudit.yaml").write_text(text, encoding="utf-8")
    assert run("check") == isolated
    assert isolated.status == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules: {select: []}", "no rule is selected by `select` and `ignore` of `rules` in ticketaudit.yaml"),
        ("rules: {ignore: [all]}", "no rule is selected by `select` and `ignore` of `rules` in ticketaudit.yaml"),
        ("include: [doc/**/*.md]", "`doc/**/*.md` in `include`: no such file or folder; did you mean `docs`?"),
    ],
)
def test_a_configuration_that_leaves_nothing_to_do_is_never_a_clean_run(
    run: Run, around: Path, text: str, message: str
) -> None:
    (around / "ticketaudit.yaml").write_text(text, encoding="utf-8")
    ran = run("check")
    assert (ran.status, ran.out) == (2, "")
    assert f"error: {message}\n" in ran.err


def test_a_glob_that_takes_no_file_is_named(run: Run, around: Path) -> None:
    (around / "ticketaudit.yaml").write_text('include: ["*.md", "*.{md,txt}"]', encoding="utf-8")
    ran = run("check")
    assert ran.status == 1
    assert "warning: `*.{md,txt}` in `include` takes no file\n" in ran.err


LONG = "a" * 900


@pytest.mark.parametrize(
    "config",
    [f"include: [{LONG}]", f"include: ['{'a/' * 400}*.md']", f"template: {LONG}", f"source: {{root: {LONG}}}"],
)
def test_a_name_that_is_longer_than_any_is_no_file(run: Run, folder: Path, config: str) -> None:
    (folder / "ticketaudit.yaml").write_text(config, "utf-8")
    assert run("check").status == 2
    assert run("show", LONG).status == 2


def test_a_word_that_is_longer_than_any_is_a_mistake(run: Run, folder: Path) -> None:
    for config in (f"include: ['{'*' * 1001}']", f"vocabulary: {{severities: [{'x' * 1001}]}}"):
        (folder / "ticketaudit.yaml").write_text(config, "utf-8")
        assert run("check").err.endswith(": a word of more than 1000 characters\n")


def test_the_largest_limits_take_no_memory(run: Run, write_ticket: WriteTicket, folder: Path) -> None:
    data = write_ticket().read_bytes()
    (folder / "ticketaudit.yaml").write_text("limits: {mebibytes: 999999999, tickets: 999999999}", "utf-8")
    assert run("check").status == 1
    assert run("check", "-", stdin=data).status == 1
    (folder / "ticketaudit.yaml").write_text("limits: {mebibytes: 1000000000}", "utf-8")
    assert "expected a whole number from 0" in run("check").err
