"""What ``ticketaudit.yaml`` may say, where it is found, and how it is read.

`Config` is the one definition: what reads the file, what describes it as JSON Schema and as a page,
and what suggests the nearest word all look there. A rule's section is made from the rule's own
options.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, make_dataclass
from pathlib import Path
from typing import Annotated, Any, get_args

from ticketaudit.errors import UserError, reason
from ticketaudit.paths import printed, repository_root
from ticketaudit.patterns import is_pattern
from ticketaudit.rule import Level, Rule
from ticketaudit.rules import ALL
from ticketaudit.shape import Being, OneOf, read
from ticketaudit.ticket import Disposition, Verdict
from ticketaudit.vocabulary import Vocabulary

FILE_NAME = "ticketaudit.yaml"

#: The selector that stands for every rule.
EVERY = "all"
SELECTORS = (EVERY, *sorted({rule.family for rule in ALL}), *(rule.name for rule in ALL))

SELECTOR = OneOf("rule or family", SELECTORS)
Selector = Annotated[str, SELECTOR]
Glob = Annotated[str, Being("path pattern", is_pattern)]
Words = tuple[str, ...]
DispositionName = Annotated[str, OneOf("disposition", get_args(Disposition))]
VerdictName = Annotated[str, OneOf("verdict", get_args(Verdict)[:-1])]
RoleName = Annotated[str, OneOf("role of a section", Vocabulary.builtin().roles)]
FieldName = Annotated[str, OneOf("field", Vocabulary.builtin().metadata_fields)]


@dataclass(frozen=True)
class Source:
    """The code that the tickets talk about."""

    root: Annotated[
        str | None, "The folder of the code; without one it is the git repository that holds the tickets."
    ] = None
    strip_prefix: Annotated[Words, "What machines put before the paths of that folder."] = ()


@dataclass(frozen=True)
class Statuses:
    """The team's statuses by what they mean."""

    open: Annotated[Words, "Statuses of tickets that somebody still has to work on."] = ()
    closed: Annotated[Words, "Statuses of tickets that are done with."] = ()


@dataclass(frozen=True)
class VocabularyWords:
    """The team's own words; the built-in ones stay known unless the description says otherwise."""

    severities: Annotated[Words, "The whole scale, most severe first; other severities are unknown."] = ()
    statuses: Annotated[Statuses | None, "All statuses; others are unknown."] = None
    folders: Annotated[
        Mapping[str, DispositionName], "The name of a folder, and the disposition that its tickets must have."
    ] = field(default_factory=dict)
    reviewers: Annotated[Mapping[str, Words], "A discipline, and the names that its reviewers sign with."] = field(
        default_factory=dict
    )
    verdicts: Annotated[Mapping[VerdictName, Words], "More words for a verdict."] = field(default_factory=dict)
    dispositions: Annotated[Mapping[DispositionName, Words], "More words for a disposition."] = field(
        default_factory=dict
    )
    sections: Annotated[Mapping[RoleName, Words], "More headings of sections, by what the section is for."] = field(
        default_factory=dict
    )
    fields: Annotated[Mapping[FieldName, Words], "More names of metadata fields."] = field(default_factory=dict)


@dataclass(frozen=True)
class PathSettings:
    """What holds for some paths only."""

    ignore: Annotated[tuple[Selector, ...], "Rules that say nothing there: names, families, all."] = ()


def _config_shape() -> Any:
    """The dataclass of the whole file: what it may say depends on which rules there are."""
    rules: list[Any] = [
        ("select", Annotated[tuple[Selector, ...], "The rules to run: names, families, all."], (EVERY,)),
        ("ignore", Annotated[tuple[Selector, ...], "Which of these not to run: names, families."], ()),
    ]
    for rule in ALL:
        section = _rule_shape(rule)
        rules.append((attribute(rule), Annotated[section, rule.summary], section()))
    section = make_dataclass("Rules", rules, frozen=True)
    file: list[Any] = [
        ("include", Annotated[tuple[Glob, ...], "The tickets, as globs; read where no path is given."], ()),
        ("exclude", Annotated[tuple[Glob, ...], "Files and folders to pass over, as patterns of .gitignore."], ()),
        ("template", Annotated[str | None, "The team's ticket template: its words become known."], None),
        ("source", Annotated[Source, "The code that the tickets talk about."], Source()),
        ("vocabulary", Annotated[VocabularyWords, "What words mean, where it differs."], VocabularyWords()),
        ("rules", Annotated[section, "Which rules run, and how."], section()),
        (
            "per_path",
            Annotated[Mapping[Glob, PathSettings], "Settings for tickets that a pattern of .gitignore takes."],
            field(default_factory=dict),
        ),
    ]
    return make_dataclass("Config", file, frozen=True)


def _rule_shape(rule: Rule) -> Any:
    """What may be said of one rule: its options, and another level for all that it reports."""
    level = ("level", Annotated[Level | None, "The level of all that the rule reports."], None)
    return make_dataclass("Section", [level], bases=(rule.options,), frozen=True)


def attribute(rule: Rule) -> str:
    """The name of a rule's section in ``Config().rules``."""
    return rule.name.replace("-", "_")


#: What a configuration file may say; paths in it are relative to the folder that it lies in.
Config = _config_shape()


def find_config(folder: Path) -> Path | None:
    """The nearest configuration file from a folder up to the root of its repository.

    Outside a repository only the folder itself counts: what lies above it may be anybody's.
    """
    root = repository_root(folder) or folder
    places = [place for place in (folder, *folder.parents) if place.is_relative_to(root)]
    return next((place / FILE_NAME for place in places if (place / FILE_NAME).is_file()), None)


def read_config(file: Path) -> Any:
    """The `Config` that a file holds; raises `UserError` with every mistake in it."""
    try:
        text = file.read_text("utf-8-sig")
    except IsADirectoryError:
        raise UserError(f"{printed(file)}: a folder; name the configuration file in it") from None
    except UnicodeDecodeError as error:
        raise UserError(f"{printed(file)}: no UTF-8 text (byte {error.start + 1})") from None
    except OSError as error:
        raise UserError(f"{printed(file)}: cannot be read: {reason(error)}") from None
    config, mistakes = read(text, Config)
    if mistakes:
        raise UserError("\n".join(f"{printed(file)}:{m.line}:{m.column}: {m.message}" for m in mistakes))
    return config
