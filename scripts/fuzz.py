"""Coverage-guided fuzzing: reads hostile tickets or configurations until time is up or something fails.

``fuzz.py TARGET --minutes N`` mutates the files of ``fixtures/fuzz/TARGET``, and for tickets also the fixtures,
and keeps what reaches new code in ``build/fuzz/corpus/TARGET``. An input that raises an exception, hangs or takes
too much memory is written to ``fixtures/fuzz/TARGET``, where the tests read it from then on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import atheris

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

with atheris.instrument_imports(include=["ticketaudit"]):
    from mutations import mutated
    from soundness import assert_configuration_is_sound, assert_sound
    from ticketaudit.text import Source

#: More bytes than this reach no further code, and take longer.
LARGEST = 1000
#: What one input may take: seconds, and mebibytes of the whole process.
SECONDS, MEMORY = 20, 2048


def tickets(data: bytes) -> None:
    """Read and audit a ticket."""
    assert_sound(Source.from_bytes("ticket.md", data))


def config(data: bytes) -> None:
    """Read a configuration."""
    assert_configuration_is_sound(data.decode("utf-8", "replace"))


TARGETS: Mapping[str, Callable[[bytes], None]] = {"tickets": tickets, "config": config}


def main() -> None:
    """Fuzz one target; libFuzzer ends the process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    chosen = parser.parse_args()
    kept, found = ROOT / "fixtures" / "fuzz" / chosen.target, ROOT / "build" / "fuzz" / "corpus" / chosen.target
    for folder in (kept, found):
        folder.mkdir(parents=True, exist_ok=True)
    limits = [f"-max_len={LARGEST}", f"-timeout={SECONDS}", f"-rss_limit_mb={MEMORY}"]
    files = [file.read_bytes() for file in sorted((ROOT / "fixtures" / "tickets").rglob("*.md"))]
    time = [f"-max_total_time={round(chosen.minutes * 60)}", f"-seed={chosen.seed}", "-print_final_stats=1"]
    arguments = [*limits, *time, f"-artifact_prefix={kept}/", str(found), str(kept)]

    def mutator(data: bytes, size: int, seed: int) -> bytes:
        random = Random(seed)
        if random.random() < 0.3:
            return bytes(atheris.Mutate(data, size))
        return mutated(data, random, files)[:size]

    atheris.Setup([sys.argv[0], *arguments], TARGETS[chosen.target], custom_mutator=mutator)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
