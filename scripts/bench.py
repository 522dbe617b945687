"""How fast ``ticketaudit check`` is beside linters of Markdown: prints a table, and writes it to docs/benchmarks.md.

Everything is run in turn, ours and theirs, in pairs whose order alternates; what counts is the median of the
pairs' ratios, since machines are noisy. ``BENCH=small`` leaves out what needs more than 303 tickets,
``BENCH=large`` adds 30,300; ``PAIRS=n`` changes how many pairs there are (9). The tools are installed in
build/bench, the tickets lie in a temporary folder.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import median, quantiles
from typing import Final, NamedTuple

import bench_corpora
from bench_tools import Run, Tool, peers, run, ticketaudit

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "benchmarks.md"
SMALL, MIDDLE, LARGE = 303, 3_030, 30_300
MIB: Final = 1024**2

Action = Callable[[], Run]


class Line(NamedTuple):
    """A row of the table; ``ratios`` has one for each pair, or the one figure that is compared with the limit."""

    what: str
    ours: str
    theirs: str
    ratios: tuple[float, ...]
    limit: float | None = None
    aim: float | None = None
    unit: str = "×"

    @property
    def value(self) -> float:
        """What is held against the limit."""
        return median(self.ratios)

    @property
    def verdict(self) -> str:
        """How that went."""
        if self.limit is None or self.aim is None:
            return ""
        return "aim" if self.value <= self.aim else "limit" if self.value <= self.limit else "**missed**"

    def cells(self) -> tuple[str, ...]:
        """The row as texts."""
        spread = ""
        if len(self.ratios) > 1:
            low, _, high = quantiles(self.ratios, n=4)
            spread = f" ({low:.2f}–{high:.2f})"
        most, aim = ("" if each is None else f"{each:g} {self.unit}" for each in (self.limit, self.aim))
        return self.what, self.ours, self.theirs, f"{self.value:.2f} {self.unit}{spread}", most, aim, self.verdict


class Bench:
    """The tools, the tickets, and what was measured."""

    def __init__(self, ours: Tool, theirs: Mapping[str, Tool], folder: Path, pairs: int) -> None:
        self.ours, self.theirs, self._folder, self._pairs = ours, theirs, folder, pairs
        self.sizes: dict[int, int] = {}

    def tickets(self, count: int) -> Path:
        """The folder of so many tickets."""
        place = self._folder / str(count)
        if count not in self.sizes:
            self.sizes[count] = bench_corpora.build(place, count)
        return place

    def cold(self, count: int, peer: str, limit: float | None = None, aim: float | None = None) -> Iterator[Line]:
        """Without a cache, or with nothing in it."""
        if tool := self._peer(peer):
            place = self.tickets(count)
            pair = (lambda: run(self.ours.cold(), place)), (lambda: run(tool.cold(), place))
            yield self._compare(f"cold, {count:,}", pair, tool, limit, aim)

    def warm(self, count: int, peer: str, limit: float, aim: float, changed: int = 0) -> Iterator[Line]:
        """With a cache that knows all files but those that changed."""
        if tool := self._peer(peer):
            place = self.tickets(count)
            caches = [self._folder / f"cache-{each.name}-{count}" for each in (self.ours, tool)]
            pair = (lambda: run(self.ours.warm(caches[0]), place)), (lambda: run(tool.warm(caches[1]), place))
            what = f"one file changed, {count:,}" if changed else f"nothing changed, {count:,}"
            change = _changes(sorted(place.rglob("*.md"))[:changed])
            yield self._compare(what, pair, tool, limit, aim, change)

    def one_file(self, peer: str, limit: float, aim: float) -> Iterator[Line]:
        """A single ticket without a cache: mostly what it costs to start."""
        if tool := self._peer(peer):
            place = self.tickets(SMALL)
            file = str(sorted(place.rglob("*.md"))[0].relative_to(place))
            pair = (lambda: run(self.ours.cold(file), place)), (lambda: run(tool.cold(file), place))
            yield self._compare("one file, no cache", pair, tool, limit, aim)

    def memory(self, count: int, limit: float | None = None, aim: float | None = None) -> Line:
        """The most that a process takes, cold."""
        most = self._memory(self.ours.cold(), self.tickets(count))
        return Line(
            f"memory of a process, {count:,}", f"{most / MIB:.0f} MiB", "", (most / MIB,), limit, aim, unit="MiB"
        )

    def growth(self, few: int, many: int, limit: float | None = None, aim: float | None = None) -> Iterator[Line]:
        """Time and memory of ten times as many tickets."""
        small, large = self.tickets(few), self.tickets(many)
        pair = (lambda: run(self.ours.cold(), large)), (lambda: run(self.ours.cold(), small))
        yield self._compare(f"time, {few:,} → {many:,}", pair, self.ours, limit, aim)
        file = str(sorted(small.rglob("*.md"))[0])
        base = self._memory(self.ours.cold(file), small)
        before, after = (self._memory(self.ours.cold(), place) for place in (small, large))
        ratio = (after - base) / max(before - base, 1)
        says = f"{after / MIB:.0f} MiB", f"{before / MIB:.0f} MiB, base {base / MIB:.0f} MiB"
        most = None if limit is None else 10.0
        yield Line(f"memory above the base, {few:,} → {many:,}", *says, (ratio,), most, most)

    def _peer(self, name: str) -> Tool | None:
        return self.theirs.get(name)

    def _compare(
        self,
        what: str,
        pair: tuple[Action, Action],
        tool: Tool,
        limit: float | None,
        aim: float | None,
        prepare: Callable[[], None] = lambda: None,
    ) -> Line:
        """Run ours and theirs in turn; the first run of each is not counted, and fills its cache."""
        for action in pair:
            action()
        ours, theirs = [], []
        for number in range(self._pairs):
            prepare()
            if number % 2:
                theirs.append(pair[1]().seconds)
                ours.append(pair[0]().seconds)
            else:
                ours.append(pair[0]().seconds)
                theirs.append(pair[1]().seconds)
        ratios = tuple(mine / other for mine, other in zip(ours, theirs, strict=True))
        line = Line(what, _time(median(ours)), f"{tool.name} {_time(median(theirs))}", ratios, limit, aim)
        print("  ".join(line.cells()), file=sys.stderr)
        return line

    def _memory(self, command: list[str], place: Path) -> float:
        return median(run(command, place).memory for _ in range(3))


def _changes(files: list[Path]) -> Callable[[], None]:
    """What changes some files, each time to another text of the same kind."""

    def change() -> None:
        for file in files:
            with file.open("ab") as stream:
                stream.write(b"\nOne more sentence.\n")

    return change


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def measure(bench: Bench, size: str) -> Iterator[Line]:
    """Everything that has a limit, and what is interesting beside it."""
    yield from bench.cold(SMALL, "rumdl", 2.5, 1.6)
    yield from bench.cold(SMALL, "markdownlint-cli2", 0.25, 0.25)
    yield from bench.cold(SMALL, "mdsmith")
    yield from bench.warm(SMALL, "rumdl", 2.2, 1.0)
    yield from bench.one_file("markdownlint-cli2", 0.5, 0.35)
    if size == "small":
        yield bench.memory(SMALL)
        return
    yield from bench.cold(MIDDLE, "rumdl", 2.0, 1.2)
    yield from bench.cold(MIDDLE, "mdsmith")
    yield from bench.warm(MIDDLE, "rumdl", 0.5, 0.3)
    yield from bench.warm(MIDDLE, "rumdl", 0.7, 0.5, changed=1)
    yield bench.memory(MIDDLE, 60, 40)
    yield from bench.growth(SMALL, MIDDLE)
    if size == "large":
        yield from bench.growth(MIDDLE, LARGE, 10.5, 10)


def page(bench: Bench, lines: list[Line], pairs: int) -> str:
    """The table with what has to be known to read it."""
    peers_ = ", ".join(f"{tool.name} {tool.version}" for tool in bench.theirs.values())
    sizes = " and ".join(f"{count:,} tickets ({size / 1e6:.2f} MB)" for count, size in bench.sizes.items())
    rows = [("what", "ticketaudit", "the peer", "ratio (quartiles)", "at most", "aim", "reached"), ("---",) * 7]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in (*rows, *(line.cells() for line in lines)))
    return f"""\
# Benchmarks

What `make bench` measured last; it overwrites this page. `BENCH=small make bench` takes 303 tickets only,
`BENCH=large make bench` 30,300 as well.

- {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, ticketaudit {bench.ours.version}; \
{peers_}
- {sizes}, made of {bench_corpora.origin()}
- times are medians of whole processes, with all rules on; the ratio is the median of {pairs} pairs that were run in \
turn, because machines are noisy and ratios are less so

{table}

*Cold* is without a cache, *nothing changed* with a cache that knows every file. Markdown linters look at style alone;
ticketaudit reads the same files into complete records and runs all its rules.
"""


def main() -> None:
    """Install, measure, print, write."""
    pairs, size = int(os.environ.get("PAIRS", "9")), os.environ.get("BENCH", "")
    tools = ROOT / "build" / "bench"
    tools.mkdir(parents=True, exist_ok=True)
    ours, theirs = ticketaudit(tools, ROOT), {tool.name: tool for tool in peers(tools)}
    if ours.cache_option is None:
        print("bench: this ticketaudit has no cache: every run is cold", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(ours, theirs, Path(folder), pairs)
        lines = list(measure(bench, size))
        text = page(bench, lines, pairs)
    PAGE.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
