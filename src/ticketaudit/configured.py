"""What a configuration file makes of a run: its settings, and with them what its template says."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import asdict, replace

from ticketaudit.config import Config, Statuses, VocabularyWords, config_shape
from ticketaudit.errors import UserError, reason
from ticketaudit.files import bounds, leads_out, read_regular
from ticketaudit.hints import did_you_mean
from ticketaudit.paths import native, printed
from ticketaudit.patterns import split_glob
from ticketaudit.strict_yaml import Mistake, Placed, place, read
from ticketaudit.template import Conventions, template_in
from ticketaudit.vocabulary import Vocabulary
from ticketaudit.words import key

#: The most bytes of a configuration: no team has as many words.
_LIMIT = 256 * 1024


def configured(file: Path, *, trusted: bool = False) -> tuple[Config, Vocabulary]:
    """The `Config` of a file with the words of its template that it does not have itself, and the vocabulary.

    ``trusted``: paths in it may lead anywhere. Raises `UserError` for mistakes in the file, all of them, and
    a template that cannot be read.
    """
    config = _config(file, trusted=trusted)
    return config, _vocabulary(config.vocabulary, config.source.strip_prefix)


def _config(file: Path, *, trusted: bool) -> Any:
    """The `Config` of a file, and with it the words of its template that it does not have itself."""
    config, mistakes = _read(file)
    leading_out = [] if trusted else list(_leading_out(config, file.parent))
    mistakes += leading_out
    root = config.source.root
    # A name may be longer than any, which `Path.is_dir` fails on.
    if root and not leading_out and not os.path.isdir(file.parent / native(root)):  # noqa: PTH112 - a name may be longer than any
        mistakes.append(root.mistake(f"`{root}` is no folder"))
    if config.template and not leading_out:
        try:
            found = template_in(file.parent / native(config.template), _vocabulary(config.vocabulary))
            words, rules = _completed(config.vocabulary, found), _asking(config.rules, found)
            config = replace(config, vocabulary=words, rules=rules)
        except UserError as error:
            mistakes.append(config.template.mistake(str(error)))
    if mistakes:
        lines = (f"{printed(file)}:{mistake.line}:{mistake.column}: {mistake.message}" for mistake in sorted(mistakes))
        raise UserError("\n".join(lines))
    return config


def _completed(words: VocabularyWords, template: Conventions) -> VocabularyWords:
    """The words of a file, then those of its template; raises `UserError` where these cannot be understood."""
    statuses = words.statuses
    if statuses == Statuses() and template.statuses:
        if template.unclear:
            unclear = ", ".join(f"`{status}`" for status in template.unclear)
            raise UserError(f"what the template's {unclear} means is not known; list all statuses under `vocabulary`")
        statuses = Statuses(**template.statuses)
    return replace(
        words,
        severities=words.severities or template.severities,
        statuses=statuses,
        reviewers=words.reviewers or template.reviewers or {},
    )


def _asking(rules: Any, template: Conventions) -> Any:
    """The sections of the rules, which expect what the template has where the file does not say what."""
    fields, sections = rules.missing_field, rules.missing_section
    return replace(
        rules,
        missing_field=replace(fields, fields=template.fields) if fields.fields is None else fields,
        missing_section=replace(sections, sections=template.sections) if sections.sections is None else sections,
    )


def _vocabulary(words: VocabularyWords, strip_prefix: tuple[str, ...] = ()) -> Vocabulary:
    builtin = Vocabulary.builtin()
    own = {**asdict(words), "statuses": asdict(words.statuses), "strip_prefix": strip_prefix}
    return builtin if words == VocabularyWords() and not strip_prefix else builtin.with_words(own)


def _read(file: Path) -> tuple[Any, list[Mistake]]:
    """The `Config` that a file holds, and the mistakes in it; raises `UserError` where it cannot be read."""
    try:
        data = read_regular(file, _LIMIT)
    except IsADirectoryError:
        raise UserError(f"{printed(file)}: a folder; name the configuration file in it") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{printed(file)}: cannot be read: {reason(error)}") from None
    try:
        config, mistakes = read(data.decode("utf-8-sig"), config_shape())
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        return config_shape()(), [Mistake(*place(before, len(before)), "no UTF-8 text; save the file as UTF-8")]
    return config, mistakes + list(_contradictions(config))


def _leading_out(config: Any, folder: Path) -> Iterator[Mistake]:
    """Paths that lead out of the repository: whoever may write the configuration need not be whom the rest is for."""
    around = bounds(folder)
    named = [(text, text) for text in (config.template, config.source.root) if text]
    for text, path in (*named, *((glob, split_glob(glob)[0]) for glob in config.include)):
        if leads_out(folder / native(path), around):
            yield text.mistake(f"`{text}` leads out of the repository, which only `--trust` allows")


def _contradictions(config: Any) -> Iterator[Mistake]:
    """What is right by itself, and wrong beside the rest."""
    words = config.vocabulary
    yield from _twice(words.severities, "`{}` stands on the scale twice")
    yield from _twice(words.folders, "`{}` stands here twice")
    yield from _twice(words.reviewers, "`{}` stands here twice")
    yield from _ambiguous({"open": words.statuses.open, "closed": words.statuses.closed}, {})
    for meanings in (words.reviewers, words.verdicts, words.dispositions, words.sections, words.fields):
        yield from _ambiguous(meanings, {key(meaning): meaning for meaning in meanings})
    yield from _strangers(config.rules.missing_reviewer.expected, words)
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


def _strangers(expected: Iterable[Placed], words: VocabularyWords) -> Iterator[Mistake]:
    """Expected reviewers that are none of the team's, where the file says which those are."""
    known = _vocabulary(words)
    disciplines = set(map(known.discipline, words.reviewers))
    for name in expected:
        if disciplines and known.discipline(name) not in disciplines:
            hint = did_you_mean(name, words.reviewers)
            yield name.mistake(f"`{name}` is none of the `reviewers` of the vocabulary{hint}")


def _ambiguous(meanings: Mapping[str, tuple[Placed, ...]], known: dict[str, str]) -> Iterator[Mistake]:
    """Words that would mean two things; ``known`` says what some mean from the start, by their keys."""
    for meaning, words in meanings.items():
        for word in words:
            other = known.setdefault(key(word), meaning)
            if other != meaning:
                yield word.mistake(f"`{word}` cannot mean `{meaning}`, since it means `{other}`")
