"""The settings of a run: what the configuration says, and what the command line says on top of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ticketaudit.config import EVERY, SELECTOR, Config, attribute, read_config
from ticketaudit.errors import UserError, reason
from ticketaudit.paths import printed
from ticketaudit.patterns import Patterns
from ticketaudit.rule import Level, Rule
from ticketaudit.rules import ALL
from ticketaudit.shape import written
from ticketaudit.template import read_template
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule that runs: ``level`` replaces that of all its problems; None leaves them as they are.

    ``silent`` are the patterns of the paths that it says nothing about.
    """

    rule: Rule
    level: Level | None
    options: Any
    silent: tuple[Patterns, ...] = ()

    def speaks_of(self, path: str) -> bool:
        """Whether the rule may report on a file, by its path as printed."""
        return not any(patterns.decide(Path(path)) for patterns in self.silent)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run works with. ``include`` and ``exclude`` are relative to ``root``.

    ``config`` is the `Config` that was read, ``file`` where it stands (None: there is none).
    """

    file: Path | None
    config: Any
    root: Path
    vocabulary: Vocabulary
    rules: tuple[ActiveRule, ...]

    @property
    def include(self) -> tuple[str, ...]:
        """The globs of the tickets."""
        return tuple(self.config.include)

    @property
    def exclude(self) -> tuple[str, ...]:
        """The patterns of what is passed over."""
        return tuple(self.config.exclude)


def in_force(chosen: Settings) -> dict[str, Any]:
    """The settings in the form of the file, with every rule that runs: written out, they do the same."""
    found: dict[str, Any] = written(chosen.config)
    found["rules"] = {"select": [active.rule.name for active in chosen.rules]}
    for active in chosen.rules:
        level = active.level or active.rule.level
        found["rules"][active.rule.name] = {**written(active.options), "level": level.value}
    return found


def settings(
    file: Path | None, select: Sequence[str] = (), ignore: Sequence[str] = (), extend_select: Sequence[str] = ()
) -> Settings:
    """The settings of a run: what a file says (None: the defaults), and the selection of the command line.

    ``select`` stands in for the file's whole selection; ``extend_select`` adds to either, ``ignore``
    takes away from either. Raises `UserError` for a mistake in the file, a template that cannot be
    read, an unknown rule, and a selection that leaves no rule.
    """
    config = read_config(file) if file else Config()
    _check_selectors(select, ignore, extend_select)
    root = file.parent.absolute() if file else Path.cwd()
    selected = {*(select or config.rules.select), *extend_select}
    ignored = {*ignore, *(() if select else config.rules.ignore)} - {*extend_select}
    rules = [rule for rule in ALL if _is_meant(rule, selected) and not _is_meant(rule, ignored)]
    if not rules:
        raise UserError("no rule is selected")
    return Settings(
        file=file,
        config=config,
        root=root,
        vocabulary=_vocabulary(config, root),
        rules=tuple(_active(rule, config, root) for rule in rules),
    )


def _active(rule: Rule, config: Any, root: Path) -> ActiveRule:
    section = getattr(config.rules, attribute(rule))
    silent = (Patterns(root, [glob]) for glob, there in config.per_path.items() if _is_meant(rule, there.ignore))
    return ActiveRule(rule, section.level, section, tuple(silent))


def _is_meant(rule: Rule, selectors: Collection[str]) -> bool:
    return not {EVERY, rule.family, rule.name}.isdisjoint(selectors)


def _check_selectors(*selections: Sequence[str]) -> None:
    objections = [SELECTOR.objection(word) for selection in selections for word in selection]
    if any(objections):
        raise UserError("\n".join(filter(None, objections)))


def _vocabulary(config: Any, root: Path) -> Vocabulary:
    """The built-in words, then those of the template, then those of the file."""
    own = {name: value for name, value in asdict(config.vocabulary).items() if value}
    if config.template:
        own = {**_of_template(root / config.template), **own}
    return Vocabulary.builtin().with_words(own) if own else Vocabulary.builtin()


def _of_template(file: Path) -> Mapping[str, Any]:
    try:
        source = Source.from_bytes(printed(file), file.read_bytes())
    except OSError as error:
        raise UserError(f"{printed(file)}: the template cannot be read: {reason(error)}") from None
    return read_template(source, Vocabulary.builtin()).vocabulary()
