"""What ``ticketaudit.yaml`` may say, and where it is found.

`config_shape` is the one definition: what reads the file, what describes it as JSON Schema and as a page,
and what suggests the nearest word all look there. A rule's section is made from the rule's own
options.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, cast, get_args

import msgspec

from ticketaudit.errors import UserError
from ticketaudit.paths import printed, repository_root
from ticketaudit.patterns import objection_to_glob, objection_to_pattern
from ticketaudit.rule import Level, Rule
from ticketaudit.rules import ALL
from ticketaudit.rules.missing_field import FieldName
from ticketaudit.rules.missing_section import RoleName
from ticketaudit.shape import Fit, OneOf, OnlyText
from ticketaudit.ticket import Disposition, Verdict
from ticketaudit.words import fold, key

FILE_NAME = "ticketaudit.yaml"
#: What it might be called by somebody who then wonders why it is not read.
_NEAR_NAMES = ("ticketaudit.yml", ".ticketaudit.yaml", ".ticketaudit.yml")

#: The selector that stands for every rule.
EVERY = "all"
SELECTORS = (EVERY, *sorted({rule.family for rule in ALL}), *(rule.name for rule in ALL))

SELECTOR = OneOf("rule or family", SELECTORS)


def _no_word(text: str) -> str | None:
    return None if key(text) else f"`{text}` is no word"


def _no_name(text: str) -> str | None:
    return None if fold(text) else f"`{text}` has neither letters nor digits, by which it would be compared"


def _no_folder(text: str) -> str | None:
    return f"`{text}` is more than the name of one folder; write its last part" if "/" in text else _no_name(text)


def _no_taking_pattern(text: str) -> str | None:
    return f"`{text}` takes nothing; write it without `!`" if text[:1] == "!" else objection_to_pattern(text)


Selector = Annotated[str, SELECTOR]
Glob = Annotated[str, OnlyText(), Fit(objection_to_glob)]
Pattern = Annotated[str, OnlyText(), Fit(objection_to_pattern)]
TakingPattern = Annotated[str, OnlyText(), Fit(_no_taking_pattern)]
Word = Annotated[str, Fit(_no_word)]
Words = tuple[Word, ...]
SeverityName = Annotated[str, Fit(_no_name)]
FolderName = Annotated[str, Fit(_no_folder)]
DispositionName = Annotated[str, OneOf("disposition", get_args(Disposition))]
VerdictName = Annotated[str, OneOf("verdict", get_args(Verdict)[:-1])]


class Source(msgspec.Struct, frozen=True):
    """The code that the tickets talk about."""

    root: Annotated[
        str | None, OnlyText(), "The folder of the code; without one it is the git repository that holds the tickets."
    ] = None
    strip_prefix: Annotated[
        tuple[Annotated[str, OnlyText()], ...], "What machines put before the paths of that folder."
    ] = ()


class Statuses(msgspec.Struct, frozen=True):
    """The team's statuses by what they mean."""

    open: Annotated[Words, "Statuses of tickets that somebody still has to work on."] = ()
    closed: Annotated[Words, "Statuses of tickets that are done with."] = ()


class VocabularyWords(msgspec.Struct, frozen=True):
    """The team's own words; the built-in ones stay known unless the description says otherwise."""

    severities: Annotated[
        tuple[SeverityName, ...], "The whole scale, most severe first; other severities are unknown."
    ] = ()
    statuses: Annotated[Statuses, "All statuses; others are unknown."] = Statuses()
    folders: Annotated[
        Mapping[FolderName, DispositionName], "The name of a folder, and the disposition that its tickets must have."
    ] = msgspec.field(default_factory=dict)
    reviewers: Annotated[Mapping[Word, Words], "A discipline, and the names that its reviewers sign with."] = (
        msgspec.field(default_factory=dict)
    )
    verdicts: Annotated[Mapping[VerdictName, Words], "More words for a verdict."] = msgspec.field(default_factory=dict)
    dispositions: Annotated[Mapping[DispositionName, Words], "More words for a disposition."] = msgspec.field(
        default_factory=dict
    )
    sections: Annotated[Mapping[RoleName, Words], "More headings of sections, by what the section is for."] = (
        msgspec.field(default_factory=dict)
    )
    fields: Annotated[Mapping[FieldName, Words], "More names of metadata fields."] = msgspec.field(default_factory=dict)


class Limits(msgspec.Struct, frozen=True):
    """What is more than any ticket: a file beyond it is reported and not read."""

    mebibytes: Annotated[int, "The most MiB that a file may have."] = 10
    tickets: Annotated[int, "The most tickets that a file may hold."] = 10_000


class PathSettings(msgspec.Struct, frozen=True):
    """What holds for some paths only."""

    ignore: Annotated[tuple[Selector, ...], "Rules that say nothing there: names, families, all."] = ()


class Selection(msgspec.Struct, frozen=True):
    """Which rules run."""

    select: Annotated[tuple[Selector, ...], "The rules to run: names, families, all."] = (EVERY,)
    ignore: Annotated[tuple[Selector, ...], "Which of these not to run: names, families."] = ()


class Config(msgspec.Struct, frozen=True):
    """What a configuration file may say but for the sections of rules (see `config_shape`).

    Paths in it are relative to the folder that it lies in.
    """

    include: Annotated[tuple[Glob, ...], "The tickets, as globs; read where no path is given."] = ()
    exclude: Annotated[tuple[Pattern, ...], "Files and folders to pass over, as patterns of .gitignore."] = ()
    template: Annotated[str | None, OnlyText(), "The team's ticket template: its words become known."] = None
    source: Annotated[Source, "The code that the tickets talk about."] = Source()
    limits: Annotated[Limits, "What a file may have at most: one that has more is reported and not read."] = Limits()
    vocabulary: Annotated[VocabularyWords, "What words mean, where it differs."] = VocabularyWords()
    rules: Annotated[Selection, "Which rules run, and how."] = Selection()
    per_path: Annotated[
        Mapping[TakingPattern, PathSettings], "Settings for tickets that a pattern of .gitignore takes."
    ] = msgspec.field(default_factory=dict)


@cache
def config_shape() -> type[Config]:
    """`Config` with a section for every rule in ``rules``: what a file may say depends on which rules there are."""
    sections: list[Any] = []
    for rule in ALL:
        section = _rule_shape(rule)
        sections.append((attribute(rule), Annotated[section, rule.summary], section()))
    rules: Any = msgspec.defstruct("Rules", sections, bases=(Selection,), frozen=True)
    whole: Any = ("rules", Annotated[rules, "Which rules run, and how."], rules())
    shape: Any = msgspec.defstruct("Config", [whole], bases=(Config,), frozen=True)
    return cast("type[Config]", shape)


def _rule_shape(rule: Rule) -> Any:
    """What may be said of one rule: its options, and another level for all that it reports."""
    level = ("level", Annotated[Level | None, "The level of all that the rule reports."], None)
    return msgspec.defstruct("Section", [level], bases=(rule.options,), frozen=True)


def attribute(rule: Rule) -> str:
    """The name of a rule's section in the ``rules`` of a configuration."""
    return rule.name.replace("-", "_")


def find_config(folder: Path) -> Path | None:
    """The nearest configuration file from a folder up to the root of its repository.

    Outside a repository only the folder itself counts: what lies above it may be anybody's. Raises
    `UserError` where a file there has nearly its name.
    """
    root = repository_root(folder) or folder
    for level in (each for each in (folder, *folder.parents) if each.is_relative_to(root)):
        for name in _NEAR_NAMES:
            if (level / name).is_file():
                raise UserError(f"{printed(level / name)}: call it {FILE_NAME}, or name it with `--config`")
        if (level / FILE_NAME).is_file():
            return level / FILE_NAME
    return None
