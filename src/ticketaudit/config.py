"""What ``ticketaudit.yaml`` may say, where it is found, and how it is read.

`Config` is the one definition: what reads the file, what describes it as JSON Schema and as a page,
and what suggests the nearest word all look there. A rule's section is made from the rule's own
options.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, make_dataclass
from pathlib import Path
from typing import Annotated, Any, get_args

from ticketaudit.errors import UserError, reason
from ticketaudit.paths import printed, repository_root
from ticketaudit.patterns import objection_to_glob, objection_to_pattern
from ticketaudit.rule import Level, Rule
from ticketaudit.rules import ALL
from ticketaudit.rules.missing_field import FieldName
from ticketaudit.rules.missing_section import RoleName
from ticketaudit.shape import Fit, OneOf, OnlyText
from ticketaudit.strict_yaml import Mistake, Placed, place, read
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


@dataclass(frozen=True)
class Source:
    """The code that the tickets talk about."""

    root: Annotated[
        str | None, OnlyText(), "The folder of the code; without one it is the git repository that holds the tickets."
    ] = None
    strip_prefix: Annotated[
        tuple[Annotated[str, OnlyText()], ...], "What machines put before the paths of that folder."
    ] = ()


@dataclass(frozen=True)
class Statuses:
    """The team's statuses by what they mean."""

    open: Annotated[Words, "Statuses of tickets that somebody still has to work on."] = ()
    closed: Annotated[Words, "Statuses of tickets that are done with."] = ()


@dataclass(frozen=True)
class VocabularyWords:
    """The team's own words; the built-in ones stay known unless the description says otherwise."""

    severities: Annotated[
        tuple[SeverityName, ...], "The whole scale, most severe first; other severities are unknown."
    ] = ()
    statuses: Annotated[Statuses, "All statuses; others are unknown."] = Statuses()
    folders: Annotated[
        Mapping[FolderName, DispositionName], "The name of a folder, and the disposition that its tickets must have."
    ] = field(default_factory=dict)
    reviewers: Annotated[Mapping[Word, Words], "A discipline, and the names that its reviewers sign with."] = field(
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
        ("exclude", Annotated[tuple[Pattern, ...], "Files and folders to pass over, as patterns of .gitignore."], ()),
        ("template", Annotated[str | None, OnlyText(), "The team's ticket template: its words become known."], None),
        ("source", Annotated[Source, "The code that the tickets talk about."], Source()),
        ("vocabulary", Annotated[VocabularyWords, "What words mean, where it differs."], VocabularyWords()),
        ("rules", Annotated[section, "Which rules run, and how."], section()),
        (
            "per_path",
            Annotated[Mapping[TakingPattern, PathSettings], "Settings for tickets that a pattern of .gitignore takes."],
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


def read_config(file: Path) -> tuple[Any, list[Mistake]]:
    """The `Config` that a file holds, and the mistakes in it; raises `UserError` where it cannot be read."""
    try:
        data = file.read_bytes()
    except IsADirectoryError:
        raise UserError(f"{printed(file)}: a folder; name the configuration file in it") from None
    except OSError as error:
        raise UserError(f"{printed(file)}: cannot be read: {reason(error)}") from None
    try:
        config, mistakes = read(data.decode("utf-8-sig"), Config)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        return Config(), [Mistake(*place(before, len(before)), "no UTF-8 text; save the file as UTF-8")]
    return config, mistakes + list(_contradictions(config))


def _contradictions(config: Any) -> Iterator[Mistake]:
    """What is right by itself, and wrong beside the rest."""
    words = config.vocabulary
    yield from _twice(words.severities, "`{}` stands on the scale twice")
    yield from _twice(words.folders, "`{}` stands here twice")
    yield from _twice(words.reviewers, "`{}` stands here twice")
    yield from _ambiguous({"open": words.statuses.open, "closed": words.statuses.closed}, {})
    for meanings in (words.reviewers, words.verdicts, words.dispositions, words.sections, words.fields):
        yield from _ambiguous(meanings, {key(meaning): meaning for meaning in meanings})
    for pattern in config.exclude[:1]:
        if pattern.startswith("!"):
            yield pattern.mistake(f"`{pattern}` takes back what no pattern before it takes")


def _twice(words: Iterable[Placed], message: str) -> Iterator[Mistake]:
    """Words that differ for the eye only."""
    known: set[str] = set()
    for word in words:
        if key(word) in known:
            yield word.mistake(message.format(word))
        known.add(key(word))


def _ambiguous(meanings: Mapping[str, tuple[Placed, ...]], known: dict[str, str]) -> Iterator[Mistake]:
    """Words that would mean two things; ``known`` says what some mean from the start, by their keys."""
    for meaning, words in meanings.items():
        for word in words:
            other = known.setdefault(key(word), meaning)
            if other != meaning:
                yield word.mistake(f"`{word}` cannot mean `{meaning}`, since it means `{other}`")
