"""Tickets to measure with: as many as one wants, of the size that people write, no two alike.

They are made of the corpus beside the checkout where there is one, else of `fixtures/tickets`, whose
tickets are short and are filled up with sentences of the others. A copy has ids, and a name, of its own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = ROOT.parent / "shared" / "corpus"
FIXTURES: Final = ROOT / "fixtures" / "tickets"

#: 303 tickets come to 1.27 MB: a mean of 4.2 kB, which the corpus has without its few largest files.
_MEAN: Final = 4_200
_LARGEST: Final = 13_000
#: The batch in an id or a file's name, as in B2-NAV-01: the tickets of a copy are of other batches.
_BATCH: Final = re.compile(r"\bB(?=\d+-[A-Z])")
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


class Model(NamedTuple):
    """A ticket to make copies of: its path in the corpus, its text."""

    path: str
    text: str


def build(folder: Path, count: int) -> int:
    """Write so many tickets to a folder; the same ones every time. Returns how many bytes they have."""
    models = _shared() if SHARED.is_dir() else _filled([model for model in _models(FIXTURES) if "/" in model.path])
    size = 0
    for number in range(count):
        copy, index = divmod(number, len(models))
        model = models[index]
        file = folder / f"copy{copy}" / _renamed(model.path, copy)
        file.parent.mkdir(parents=True, exist_ok=True)
        data = _renamed(model.text, copy).encode("utf-8", "surrogateescape")
        file.write_bytes(data)
        size += len(data)
    return size


def origin() -> str:
    """What the tickets are made of."""
    return "real ones" if SHARED.is_dir() else "those in `fixtures/`"


def _models(folder: Path) -> list[Model]:
    return [
        Model(file.relative_to(folder).as_posix(), file.read_text("utf-8", "surrogateescape"))
        for file in sorted(folder.rglob("*.md"))
    ]


def _shared() -> Sequence[Model]:
    """303 tickets from all folders of the corpus, evenly chosen."""
    models = [model for model in _models(SHARED) if len(model.text) <= _LARGEST]
    return [models[number * len(models) // 303] for number in range(303)] if len(models) > 303 else models


def _filled(models: Sequence[Model]) -> Sequence[Model]:
    """303 tickets made of a few short ones, with as much prose below their last line as people write."""
    chance = random.Random(1)
    sentences = [sentence for model in models for sentence in _prose(model.text)]
    filled = []
    for number in range(303):
        model = models[number % len(models)]
        batch = number // len(models) + 1
        text = _renamed(model.text, batch).rstrip("\n") + "\n\n## Notes\n"
        wanted = chance.randint(_MEAN // 2, _MEAN * 3 // 2)
        while len(text) < wanted:
            text += "\n" + " ".join(chance.sample(sentences, min(4, len(sentences)))) + "\n"
        filled.append(Model(f"{batch}/{_renamed(model.path, batch)}", text))
    return filled


def _prose(text: str) -> Iterator[str]:
    """The sentences of the paragraphs of a ticket."""
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        if re.match(r"[A-Z][a-z]", paragraph):
            yield from (sentence for sentence in _SENTENCE.split(" ".join(paragraph.split())) if len(sentence) > 20)


def _renamed(text: str, copy: int) -> str:
    return _BATCH.sub(f"B{copy:02}", text) if copy else text
