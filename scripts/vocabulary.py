"""Make ``data/vocabulary.json`` of ``data/vocabulary.yaml``: what a run loads of what people write.

``vocabulary.py`` writes it; ``vocabulary.py --check`` says where it is not current, with status 1.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]  # there is no public way to take a pattern apart
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import msgspec
import yaml

from ticketaudit.lexicon import Lexicon
from ticketaudit.phrases import Phrase
from ticketaudit.words import fold, index

DATA = Path(__file__).resolve().parent.parent / "src/ticketaudit/data"
WRITTEN, MADE = DATA / "vocabulary.yaml", DATA / "vocabulary.json"
#: A space in a phrase, outside of character classes: any white space, with a question mark also none.
SPACE = re.compile(r" \??(?![^\[\]]*\])")
#: What stands for severities in a phrase, as a letter that no phrase has.
SEVERITIES = {"{S}": "\ue000", "{W}": "\ue001"}
#: The sets whose words are compared as they are.
UNFOLDED = ("behind dispositions", "commands", "file endings", "fillers", "titles")
#: The fewest letters that are worth looking for; a rare mark among them is worth as much again.
FEWEST = 3
RARE = frozenset("[({<→~")


def made() -> str:
    """The text of the file."""
    data = yaml.safe_load(WRITTEN.read_text("utf-8"))
    for language in data.pop("languages").values():
        data = added(data, language)
    lists = ("severity words", "statuses", "verdicts", "dispositions", "claims", "relations", "sections", "reviewers")
    words = {name: index(data[name]) for name in (*lists, "labels")}
    words["months"] = index({str(number): names for number, names in enumerate(data["months"], 1)})
    words["lists"] = index({"list": data["lists"]})
    sets = ("documents", "findings", "names with numbers", "other documents", "value headers", "nothing")
    lexicon = Lexicon(
        severities=tuple((step,) if isinstance(step, str) else tuple(step) for step in data["severities"]),
        severity_letters={letter: word for word, letters in data["severity letters"].items() for letter in letters},
        words=words,
        fields={part: index(names) for part, names in data["fields"].items()},
        sets={name: frozenset(map(fold, data[name])) for name in sets}
        | {name: frozenset(data[name]) for name in UNFOLDED},
        roles={role: names[0] if names else role for role, names in data["sections"].items()},
        statuses=tuple(status for statuses in data["statuses"].values() for status in statuses),
        folders={fold(name): disposition for name, disposition in data["folders"].items()},
        phrases={name: tuple(map(phrase, texts)) for name, texts in data["phrases"].items()},
        denials=tuple((phrase(pair["claimed"]), phrase(pair["denied"])) for pair in data["denials"]),
    )
    return msgspec.json.format(msgspec.json.encode(lexicon, order="sorted"), indent=1).decode() + "\n"


def added(data: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """The same lists of words with those of a language behind them."""
    merged = dict(data)
    for key, value in more.items():
        merged[key] = added(data[key], value) if isinstance(value, dict) else [*data[key], *value]
    return merged


def phrase(text: str) -> Phrase:
    """A phrase as it is searched for, with the letters that it needs."""
    text = SPACE.sub(lambda match: r"\s*" if match[0] == " ?" else r"\s+", text)
    marked = text
    for name, mark in SEVERITIES.items():
        marked = marked.replace(name, mark)
    groups = sorted(required(_parser.parse(marked, re.IGNORECASE)), key=lambda group: (len(group), sorted(group)))
    names = {mark: name for name, mark in SEVERITIES.items()}
    needs = (tuple(names.get(word, word) for word in sorted(group)) for group in groups if worth(group) >= FEWEST)
    return Phrase(text, tuple(dict.fromkeys(needs)))


def required(parsed: Iterable[tuple[Any, Any]], run: str = "") -> list[frozenset[str]]:
    """Groups of letters of a parsed pattern: a text that it matches has one of each. ``run`` stands before it."""
    found: list[frozenset[str]] = []
    for code, argument in parsed:
        if code is sre.LITERAL and chr(argument) not in SEVERITIES.values():
            run += chr(argument).lower()
        elif code is not sre.AT:  # that has no width: the letters on both of its sides stand side by side
            found += inside(code, argument, run)
            run = ""
    return [*found, frozenset([run])] if run else found


def inside(code: Any, argument: Any, run: str) -> list[frozenset[str]]:
    """The same of a part of a pattern that is no letter."""
    before = [frozenset([run])] if run else []
    if code is sre.SUBPATTERN:
        return required(argument[3], run)
    if code is sre.BRANCH:
        branches = [required(branch, run) for branch in argument[1]]
        return (
            [*before, frozenset().union(*(max(groups, key=worth) for groups in branches))] if all(branches) else before
        )
    if code is sre.LITERAL:
        return [*before, frozenset(chr(argument))]
    if code is sre.ASSERT:
        return [*before, *required(argument[1])]
    if code in (sre.MAX_REPEAT, sre.MIN_REPEAT) and argument[0] > 0:
        return [*before, *required(argument[2])]
    if code is sre.IN and all(kind is sre.LITERAL for kind, _ in argument):
        return [*before, frozenset(chr(letter).lower() for _, letter in argument)]
    return before


def worth(group: frozenset[str]) -> int:
    """How much is won by looking for a group: the least that one of its members tells."""
    marks = RARE.union(SEVERITIES.values())
    return min(len(word) + (0 if marks.isdisjoint(word) else FEWEST) for word in group)


def main(arguments: list[str]) -> int:
    """Write the file or check it; the exit status."""
    text = made()
    if MADE.exists() and MADE.read_text("utf-8") == text:
        return 0
    if arguments == ["--check"]:
        print(f"{MADE.name} is out of date: run `make docs`")
        return 1
    MADE.write_text(text, "utf-8")
    print(f"{MADE.name} written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
