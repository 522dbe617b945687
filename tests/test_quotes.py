"""Quoted code is found whatever its author did to it, and is not found where it never stood."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent, indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketaudit.code.content import read_content
from ticketaudit.code.languages import named
from ticketaudit.code.matching import alike, matches
from ticketaudit.code.outcome import Judgement, Outcome
from ticketaudit.code.quote import read_quote
from ticketaudit.code.quotes import Where, judge
from ticketaudit.code.tokens import tokenize
from ticketaudit.code.tree import Contents, Tree, working_tree

ROOT = Path(__file__).parent.parent / "src" / "ticketaudit"
PYTHON = named("python")
SAMPLES = 100


@pytest.fixture(scope="module")
def sources() -> Tree:
    return working_tree(ROOT, None, Contents())


def look(text: str, path: str, lines: tuple[int, int] | None, tree: Tree) -> Judgement:
    assert PYTHON
    where = Where((path,), (lines,) if lines else ())
    return judge(read_quote(text, PYTHON), where, tree, lambda: tree.with_ending("py"))


# What authors do to the code that they quote. Each takes the lines of a piece of code and a source of chance.

Change = Callable[[list[str], random.Random], list[str]]


def shifted(lines: list[str], chance: random.Random) -> list[str]:
    return indent(dedent("\n".join(lines)), " " * chance.choice([0, 2, 4, 8])).split("\n")


def halved(lines: list[str], chance: random.Random) -> list[str]:
    return [" " * ((len(line) - len(line.lstrip())) // 2) + line.lstrip() for line in lines]


def commented(lines: list[str], chance: random.Random) -> list[str]:
    place = chance.randrange(len(lines))
    remark = chance.choice(["# <-- here", "# this is wrong!", "# BUG: never reset", "# line 40"])
    return [*lines[:place], f"    {remark}", *lines[place:]]


def annotated(lines: list[str], chance: random.Random) -> list[str]:
    place = chance.randrange(len(lines))
    return [line + "  # why?" if number == place and is_complete(line) else line for number, line in enumerate(lines)]


def spaced(lines: list[str], chance: random.Random) -> list[str]:
    place = chance.randrange(len(lines))
    return [*lines[:place], "", "", *lines[place:]]


def requoted(lines: list[str], chance: random.Random) -> list[str]:
    return [re.sub(r'(?<![\w"\\])"([^"\'\\{}]*)"(?!")', r"'\1'", line) for line in lines]


def rewrapped(lines: list[str], chance: random.Random) -> list[str]:
    return [part for line in lines for part in (_wrapped(line) if is_complete(line) else [line])]


def _wrapped(line: str) -> list[str]:
    """A call with its arguments on lines of their own and a comma after the last one."""
    match = re.fullmatch(r"(\s*)(return |\w+ = )?(\w[\w.]*)\((\w[\w., ]*)\)", line)
    if match is None or "," not in match[4]:
        return [line]
    arguments = [f"{match[1]}    {argument.strip()}," for argument in match[4].rstrip(", ").split(",")]
    return [f"{match[1]}{match[2] or ''}{match[3]}(", *arguments, f"{match[1]})"]


def joined(lines: list[str], chance: random.Random) -> list[str]:
    """Lines inside brackets on one line, as somebody writes who has room."""
    text, depth, out = "\n".join(lines), 0, []
    for char in text:
        depth += (char in "([{") - (char in ")]}")
        out.append(" " if char == "\n" and depth > 0 else char)
    return "".join(out).split("\n")


def elided(lines: list[str], chance: random.Random) -> list[str]:
    if len(lines) < 5:
        return lines
    start = chance.randrange(1, len(lines) - 3)
    end = start + chance.choice([1, 2])
    if not all(map(is_complete, lines[start - 1 : end])):
        return lines
    mark = chance.choice(["...", "# ...", "# ... more of the same"])
    return [*lines[:start], f"    {mark}", *lines[end:]]


def left_out(lines: list[str], chance: random.Random) -> list[str]:
    place = chance.randrange(1, max(len(lines) - 1, 2))
    around = lines[place - 1 : place + 1]
    return [*lines[:place], *lines[place + 1 :]] if len(lines) > 4 and all(map(is_complete, around)) else lines


def parenthesized(lines: list[str], chance: random.Random) -> list[str]:
    return [
        re.sub(r"^(\s*)(return|\w+ =) ([^()]+)$", r"\1\2 (\3)", line) if is_complete(line) else line for line in lines
    ]


def is_complete(line: str) -> bool:
    """Whether a line can be changed by itself: it leaves no bracket, string or statement open."""
    return line.count("(") == line.count(")") and not re.search(r"[\[{,\\#]$|\"\"\"|[\[\]{}#]", line.rstrip())


CHANGES: list[Change] = [
    shifted, halved, commented, annotated, spaced, requoted, rewrapped, joined, elided, left_out, parenthesized,
]  # fmt: skip


def pieces(chance: random.Random) -> Iterator[tuple[str, int, list[str]]]:
    """Pieces of the package's own code: a file, the first line, some whole statements of a function."""
    files = sorted(ROOT.rglob("*.py"))
    while True:
        file = chance.choice(files)
        text = file.read_text("utf-8")
        functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        if not functions:
            continue
        function = chance.choice(functions)
        statements = [
            node for node in function.body if not isinstance(node, ast.Expr) or isinstance(node.value, ast.Call)
        ]
        if not statements:
            continue
        start = chance.choice([function.lineno, statements[0].lineno])
        end = chance.choice(statements).end_lineno or start
        lines = text.split("\n")[start - 1 : end]
        if 3 <= len(lines) <= 25:
            yield file.relative_to(ROOT).as_posix(), start, lines


def reformatted() -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Pieces of code as somebody might quote them, with where they stand."""
    chance = random.Random(20250301)
    for (path, start, lines), _ in zip(pieces(chance), range(SAMPLES), strict=False):
        quoted = lines
        for change in chance.sample(CHANGES, chance.choice([1, 2, 3])):
            quoted = change(quoted, chance)
        yield "\n".join(quoted), path, (start, start + len(lines) - 1)


def test_reformatted_code_is_found(sources: Tree) -> None:
    wrong = []
    for text, path, lines in reformatted():
        found = look(text, path, lines, sources)
        if found.outcome not in (Outcome.CONFIRMED, Outcome.MOVED):
            wrong.append(f"{path}:{lines} {found.outcome} {found.similarity}\n{text}\n")
    assert len(wrong) <= SAMPLES * 5 // 100, "\n".join(wrong)


# Code that stands nowhere: made of names that nobody has, of names that everybody has, or of other programs.

STATEMENTS = """
if {a}.{b} is None: return {c}
{a} = {b}({c}, {d}={e})
for {a} in {b}.{c}({d}): {e}.append({a})
self.{a} = {b} * {c} + {d}
while not {a}.{b}(): {c} -= 1
with {a}({b}) as {c}: {d} = {c}.{e}()
raise {a}(f"{{{b}}} is no {c}")
{a}[{b}] = max({c}, {d}.get({b}, 0))
return {a}({b} for {b} in {c} if {b}.{d} > {e})
assert {a} < {b}, "{c} {d}"
""".strip().split("\n")
FOREIGN = [
    "ledger",
    "invoice",
    "payer",
    "dispatch",
    "quota",
    "turbine",
    "gasket",
    "reactor",
    "valve",
    "ballast",
    "freight",
    "customs",
    "pallet",
    "crane",
]


def invented() -> Iterator[tuple[str, str]]:
    """Code that stands nowhere, and the file that it is said to stand in."""
    chance = random.Random(20250302)
    files = [file for file in sorted(ROOT.rglob("*.py")) if len(file.read_text("utf-8")) > 500]
    for number in range(SAMPLES):
        file = chance.choice(files)
        known = sorted(set(re.findall(r"\b[a-z_]{4,}\b", file.read_text("utf-8"))))
        own = [f"{chance.choice(FOREIGN)}_{chance.choice(FOREIGN)}" for _ in range(9)]
        names = own if number % 3 else [*chance.sample(known, 4), *own[:5]]
        lines = [
            chance.choice(STATEMENTS).format(**dict(zip("abcde", chance.sample(names, 5), strict=True)))
            for _ in range(chance.choice([1, 2, 3, 5]))
        ]
        if number % 2:
            lines = [f"def {chance.choice(own)}(self, {chance.choice(names)}):", *(f"    {line}" for line in lines)]
        yield "\n".join(lines), file.relative_to(ROOT).as_posix()


def test_invented_code_is_missing(sources: Tree) -> None:
    wrong = []
    for text, path in invented():
        found = look(text, path, (20, 30), sources)
        if found.outcome is not Outcome.MISSING:
            wrong.append(f"{path} {found.outcome} {found.similarity} {found.note}\n{text}\n")
    assert len(wrong) <= SAMPLES * 5 // 100, "\n".join(wrong)


CODE_LIKE = st.text(alphabet="ab (){}[].,:;=\"'#/*\\\n\t…0", max_size=80) | st.text(max_size=80)


@given(CODE_LIKE, CODE_LIKE, st.sampled_from(["python", "ts", "sql", "text", "lisp", "sh"]))
def test_any_text_is_read_and_stands_in_itself(text: str, other: str, word: str) -> None:
    language = named(word)
    assert language
    quote = read_quote(text, language)
    stream = tokenize(f"{text}\n{other}", language)
    assert list(stream.lines) == sorted(stream.lines)
    assert stream.lines[-1:] <= (len(f"{text}\n{other}".split("\n")),)
    for match in matches(quote, stream):
        assert 1 <= match.first <= match.last
    alike(quote, stream, [(1, 3)])


@pytest.mark.parametrize(
    ("quoted", "source"),
    [
        ("total = a + b", "total = a + b + c"),
        ("x = ring(bell)", "self.x = ring(bell)"),
        ("return bell.strike()", "return not bell.strike()"),
        ("if a:\n    ring(bell)", "if a and b:\n    ring(bell)"),
        ("def ring(bell, times=3):\n    bell.strike(times)", "def ring(bell, times):\n    bell.strike(times)"),
    ],
)
def test_what_stands_there_with_something_more_has_drifted(quoted: str, source: str) -> None:
    assert PYTHON
    tree = Tree({"a.py": "a"}, lambda path, name: read_content(path, source.encode()))
    assert judge(read_quote(quoted, PYTHON), Where(("a.py",), ((1, 1),)), tree).outcome is Outcome.DRIFTED


@pytest.mark.parametrize(
    "quoted",
    [
        "12 | def ring(bell):\n13 |     bell.strike(3)",
        ">>> def ring(bell):\n>>>     bell.strike(3)",
        "def ring(bell):\n    ...",
        "def ring(...):\n    bell.strike(...)",
        "def ring(bell):\n    # strikes once!\n    bell.strike(\n        3,\n    )",
        "def ring(bell):\n    # ... more\n    return bell",
    ],
)
def test_the_ways_in_which_people_quote(quoted: str) -> None:
    assert PYTHON
    source = 'def ring(bell):\n    """Ring."""\n    bell.strike(3)\n    bell.rest()\n    return bell\n'
    tree = Tree({"a.py": "a"}, lambda path, name: read_content(path, source.encode()))
    assert judge(read_quote(quoted, PYTHON), Where(("a.py",), ((1, 5),)), tree).outcome is Outcome.CONFIRMED
