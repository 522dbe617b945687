"""The configuration: ``ticketaudit.yaml`` found, read and made into the settings of a run.

`Config` defines what the file may say; what reads it, what describes it as JSON Schema and what
suggests the nearest word all look there. A rule's section is made from the rule's own options.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, make_dataclass
from pathlib import Path
from typing import Annotated, Any

from ticketaudit.errors import UserError, reason
from ticketaudit.paths import printed, repository_root
from ticketaudit.patterns import is_pattern
from ticketaudit.rule import Level, Rule
from ticketaudit.rules import ALL
from ticketaudit.shape import Being, OneOf, read

FILE_NAME = "ticketaudit.yaml"

#: The selector that stands for every rule.
EVERY = "all"
SELECTORS = (EVERY, *sorted({rule.family for rule in ALL}), *(rule.name for rule in ALL))

SELECTOR = OneOf("rule or family", SELECTORS)
Selector = Annotated[str, SELECTOR]
Glob = Annotated[str, Being("path pattern", is_pattern)]


def _config_shape() -> Any:
    """The dataclass of the whole file: what it may say depends on which rules there are."""
    rules: list[Any] = [
        ("select", Annotated[tuple[Selector, ...], "The rules to run: names, families, all."], (EVERY,)),
        ("ignore", Annotated[tuple[Selector, ...], "Which of these not to run: names, families."], ()),
    ]
    for rule in ALL:
        section = _rule_shape(rule)
        rules.append((_attribute(rule), Annotated[section, rule.summary], section()))
    section = make_dataclass("Rules", rules, frozen=True)
    file = [
        ("include", Annotated[tuple[Glob, ...], "The tickets, as globs; read where no path is given."], ()),
        ("exclude", Annotated[tuple[Glob, ...], "Files and folders to pass over, as patterns of .gitignore."], ()),
        ("rules", Annotated[section, "Which rules run, and how."], section()),
    ]
    return make_dataclass("Config", file, frozen=True)


def _rule_shape(rule: Rule) -> Any:
    """What may be said of one rule: its options, and another level for all that it reports."""
    level = ("level", Annotated[Level | None, "The level of all that the rule reports."], None)
    return make_dataclass("Section", [level], bases=(rule.options,), frozen=True)


def _attribute(rule: Rule) -> str:
    return rule.name.replace("-", "_")


#: What a configuration file may say; paths in it are relative to the folder that it lies in.
Config = _config_shape()


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule that runs: ``level`` replaces that of all its problems; None leaves them as they are."""

    rule: Rule
    level: Level | None
    options: Any


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run works with. ``include`` and ``exclude`` are relative to ``root``."""

    root: Path
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    rules: tuple[ActiveRule, ...]


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


def settings(file: Path | None, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Settings:
    """The settings of a run: what a file says (None: the defaults), and the selection of the command line.

    ``select`` stands in for the file's whole selection, ``ignore`` takes away from either. Raises
    `UserError` for a mistake in the file, an unknown rule, and a selection that leaves no rule.
    """
    config = read_config(file) if file else Config()
    _check_selectors(select, ignore)
    ignored = {*ignore, *(() if select else config.rules.ignore)}
    rules = [rule for rule in ALL if _is_meant(rule, select or config.rules.select) and not _is_meant(rule, ignored)]
    if not rules:
        raise UserError("no rule is selected")
    sections = [(rule, getattr(config.rules, _attribute(rule))) for rule in rules]
    return Settings(
        root=file.parent.absolute() if file else Path.cwd(),
        include=config.include,
        exclude=config.exclude,
        rules=tuple(ActiveRule(rule, section.level, section) for rule, section in sections),
    )


def _is_meant(rule: Rule, selectors: Collection[str]) -> bool:
    return not {EVERY, rule.family, rule.name}.isdisjoint(selectors)


def _check_selectors(*selections: Sequence[str]) -> None:
    objections = [SELECTOR.objection(word) for selection in selections for word in selection]
    if any(objections):
        raise UserError("\n".join(filter(None, objections)))
