"""The settings of a run: what the configuration says, and what the command line says on top of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import msgspec

from ticketaudit.config import EVERY, SELECTOR, Config, attribute
from ticketaudit.errors import UserError
from ticketaudit.paths import native, printed
from ticketaudit.patterns import Patterns
from ticketaudit.rule import Level, Rule
from ticketaudit.rules import ALL
from ticketaudit.shape import written
from ticketaudit.vocabulary import Vocabulary


class ActiveRule(msgspec.Struct, frozen=True):
    """A rule that runs: ``level`` replaces that of all its problems; None leaves them as they are.

    ``silent`` are the patterns of the paths that it says nothing about.
    """

    rule: Rule
    level: Level | None
    options: Any
    silent: tuple[Patterns, ...] = ()

    def speaks_of(self, path: str) -> bool:
        """Whether the rule may report on a file, by its path as printed."""
        return not self.silent or not any(patterns.decide(path) for patterns in self.silent)


class Settings(msgspec.Struct, frozen=True):
    """What a run works with. ``include`` and ``exclude`` are relative to ``root``.

    ``config`` is the `Config` that was read, ``file`` where it stands (None: there is none).
    ``trusted``: links may lead out of the repository.
    """

    file: Path | None
    config: Config
    root: Path
    vocabulary: Vocabulary
    rules: tuple[ActiveRule, ...]
    trusted: bool = False

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that they come from: the configuration, and the template that it names."""
        template = (self.root / native(self.config.template),) if self.config.template else ()
        return (self.file, *template) if self.file else ()

    @property
    def identity(self) -> str:
        """All of it in one text: settings that have the same one do the same."""
        return repr((self.config, [active.rule.name for active in self.rules], str(self.root)))

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
    sections = {active.rule.name: written(active.options) for active in chosen.rules}
    return {**found, "rules": found["rules"] | {name: section for name, section in sections.items() if section}}


def settings(
    file: Path | None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    *,
    trusted: bool = False,
) -> Settings:
    """The settings of a run: what a file says (None: the defaults), and the selection of the command line.

    ``select`` stands in for the file's whole selection; ``extend_select`` adds to either, ``ignore``
    takes away from either. ``trusted``: paths in the file, and links, may lead out of the repository.
    Raises `UserError` for a mistake in the file, a template that cannot be read, an unknown rule, and a
    selection that leaves no rule.
    """
    _check_selectors(select, ignore, extend_select)
    if file:
        from ticketaudit.configured import configured  # imports yaml, and all that reads templates

        config, vocabulary = configured(file, trusted=trusted)
    else:
        config, vocabulary = Config(), Vocabulary.builtin()
    root = file.parent.absolute() if file else Path.cwd()

    def runs(rule: Rule) -> bool:
        own = _is_meant(rule, config.rules.select) and not _is_meant(rule, config.rules.ignore)
        selected = _is_meant(rule, select) if select else own
        return (selected or _is_meant(rule, extend_select)) and not _is_meant(rule, ignore)

    rules = tuple(_active(rule, config, root) for rule in ALL if runs(rule))
    if not rules:
        where = "" if select or ignore or not file else f" by `select` and `ignore` of `rules` in {printed(file)}"
        raise UserError(f"no rule is selected{where}")
    return Settings(file, config, root, vocabulary, rules, trusted)


def _active(rule: Rule, config: Config, root: Path) -> ActiveRule:
    # Without a file there are no sections, only what rules come with.
    section = getattr(config.rules, attribute(rule), None)
    silent = (Patterns(root, [glob]) for glob, there in config.per_path.items() if _is_meant(rule, there.ignore))
    return ActiveRule(rule, section and section.level, section or rule.options(), tuple(silent))


def _is_meant(rule: Rule, selectors: Collection[str]) -> bool:
    return not {EVERY, rule.family, rule.name}.isdisjoint(selectors)


def _check_selectors(*selections: Sequence[str]) -> None:
    objections = [SELECTOR.objection(word) for selection in selections for word in selection]
    if any(objections):
        raise UserError("\n".join(filter(None, objections)))
