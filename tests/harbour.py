"""The repository of `test_verify`: thirty commits in which code is edited, moved, renamed, split and deleted."""

from __future__ import annotations

from pathlib import Path

from repositories import Repository

BERTHS = '''\
"""Berths and who lies in them."""

from __future__ import annotations


class Berth:
    """A place for one ship."""

    def __init__(self, number, length):
        self.number = number
        self.length = length
        self.ship = None

    def moor(self, ship):
        """Take a ship in."""
        if ship.length > self.length:
            raise ValueError("the ship is too long")
        self.ship = ship

    def release(self):
        """Let the ship go."""
        ship, self.ship = self.ship, None
        return ship


def free_berths(berths):
    """The berths without a ship."""
    return [berth for berth in berths if berth.ship is None]


def longest(berths):
    """The longest free berth."""
    return max(free_berths(berths), key=lambda berth: berth.length)
'''

TIDES = '''\
"""Water levels."""

import math

HOURS = 12.42


def height(moon, hours):
    """The height of the water, in metres."""
    phase = 2 * math.pi * hours / HOURS
    return moon.pull * math.cos(phase)


def surge(wind, pressure):
    """What the weather adds to it."""
    inverse = (1013 - pressure) * 0.01
    return inverse + wind.speed ** 2 * 0.002


def printed(levels):
    """The levels as a table."""
    rows = []
    for level in levels:
        rows.append(f"{level.hour:02} {level.metres:.2f}")
    return "\\n".join(rows)


def averaged(levels):
    """The mean level."""
    total = 0.0
    for level in levels:
        total = total + level.metres
    return total / len(levels)
'''

LEVELS = '''\
"""Levels of the water, from the moon and from the weather."""

from dataclasses import dataclass
from math import cos, pi

from harbour.units import Metres, Pascal

TIDE = 12.42


@dataclass
class Level:
    hour: int
    metres: Metres


def height(moon, hours):
    """How high the water stands."""
    turned = 2 * pi * hours / TIDE
    return Metres(moon.pull * cos(turned))


def surge(wind, pressure):
    """What the weather adds to it."""
    inverse = (1013 - pressure) * 0.01
    return inverse + wind.speed ** 2 * 0.002


def curve(moon, start, count):
    """The levels of some hours, one after the other."""
    return [Level(hour, height(moon, hour)) for hour in range(start, start + count)]


def low_waters(levels):
    """Where the curve turns upwards."""
    pairs = zip(levels, levels[1:], levels[2:])
    return [middle for before, middle, after in pairs if before.metres > middle.metres < after.metres]


def safe_hours(levels, draught: Metres, margin: Metres):
    """When a ship has water enough under it."""
    return {level.hour for level in levels if level.metres >= draught + margin}
'''

CRANE = '''\
"""The crane."""


class Crane:
    def __init__(self, limit):
        self.limit = limit
        self.load = 0

    def lift(self, tonnes):
        if tonnes > self.limit:
            raise OverflowError(tonnes)
        self.load = tonnes


def swing(crane, degrees):
    """Turn the arm, slowly where something hangs on it."""
    step = 5 if crane.load else 15
    for angle in range(0, degrees, step):
        crane.turn_to(angle)
    return crane.angle


def warn(crane):
    """Sound the horn three times."""
    for _ in range(3):
        crane.horn.sound(seconds=1)
'''

LEDGER = '''\
"""Money."""


def open_account(owner, currency):
    """An account without money in it."""
    account = {"owner": owner, "currency": currency, "entries": []}
    account["opened"] = today()
    return account


def book(account, amount, text):
    """Enter an amount."""
    if amount == 0:
        raise ValueError("nothing to book")
    account["entries"].append((amount, text))


def invoice_for(ship, days, rate):
    """What a ship has to pay for its days in the harbour."""
    due = days * rate * ship.length
    if ship.owner.is_member:
        due = due * 0.9
    return {"ship": ship.name, "due": round(due, 2)}


def overdue(invoices, day):
    """The invoices that nobody has paid in time."""
    return [invoice for invoice in invoices if invoice["until"] < day and not invoice["paid"]]
'''

GATES = '''\
"""The lock gates."""


def open_gate(gate, inside, outside):
    if abs(inside - outside) > 0.1:
        raise RuntimeError("the levels differ")
    gate.motor.run(seconds=40)
'''

SIGNALS = '''\
"""Lamps and flags."""


def flash(lamp, times):
    """Flash a lamp."""
    for _ in range(times):
        lamp.on()
        lamp.off()


def hoist(flags, message):
    """Spell a message in flags."""
    return [flags[letter] for letter in message.upper() if letter in flags]


def unused_signal(lamp):
    """A signal that nobody gives any more."""
    lamp.morse("QRT")
'''

BOARD = """\
import { Ship } from "./ship";

export class Board {
  private rows: Ship[] = [];

  // Shows the ships that are expected.
  refresh(ships: Ship[]): void {
    this.rows = ships.filter((ship) => ship.expected);
    this.draw();
  }

  draw(): void {
    console.log(this.rows.length);
  }
}

export const title = (port: string): string => `Arrivals in ${port}`;
"""

PACKAGE = '''\
"""A harbour."""

from harbour.berths import Berth, free_berths, longest
from harbour.signals import unused_signal

__all__ = ["Berth", "free_berths", "longest", "unused_signal"]
'''

MASTER = '''\
"""The harbour master's day."""

from harbour.berths import free_berths
from harbour.crane import Crane, swing
from harbour.signals import flash


def assign(ships, berths):
    for ship in ships:
        free = free_berths(berths)
        if free:
            free[0].moor(ship)
        else:
            flash(ship.lamp, 2)


def unload(ship):
    crane = Crane(40)
    crane.lift(ship.cargo)
    return swing(crane, 90)
'''

TESTS = """\
from harbour.berths import Berth, longest
from harbour.signals import unused_signal


def test_longest():
    assert longest([Berth(1, 20), Berth(2, 30)]).number == 2


def test_unused_signal(lamp):
    unused_signal(lamp)
"""


def build(root: Path, tickets: dict[str, str]) -> Repository:  # noqa: PLR0915 - a story is told in one piece
    """A repository of thirty-one commits; the tickets come with the twelfth."""
    made = Repository.begun(root)
    days = (f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in (3, 10, 17, 24))

    def commit(message: str) -> str:
        return made.commit(message, next(days))

    def edit(path: str, old: str, new: str) -> None:
        text = (made.root / path).read_text("utf-8")
        assert old in text, (path, old)
        made.write(path, text.replace(old, new, 1))

    for path, text in {
        "berths.py": BERTHS, "tides.py": TIDES, "crane.py": CRANE, "ledger.py": LEDGER, "gates.py": GATES,
        "signals.py": SIGNALS, "__init__.py": PACKAGE, "master.py": MASTER,
    }.items():  # fmt: skip
        made.write(f"src/harbour/{path}", text)
        commit(f"Add {path}")
    made.write("web/board.ts", BOARD)
    commit("Add the board")
    made.write("tests/test_harbour.py", TESTS)
    commit("Add tests")
    made.write("src/harbour/yard/__init__.py", "")
    made.write("src/harbour/yard/crane.py", '"""Another crane."""\n\n\ndef hoist(weight):\n    return weight * 2\n')
    commit("Add the yard")
    for path, text in tickets.items():
        made.write(path, text)
    commit("File the tickets")  # 12
    edit("src/harbour/berths.py", "from __future__", "# Depths are in metres.\n# Lengths, too.\n\nfrom __future__")
    commit("Say what the units are")
    edit("src/harbour/berths.py", "    if ship.length > self", "    if ship.length + self.margin > self")
    edit(
        "src/harbour/berths.py",
        "        self.ship = None\n\n    def moor",
        "        self.ship = None\n        self.margin = 2\n\n    def moor",
    )
    commit("Leave two metres free")
    edit("src/harbour/berths.py", '''
    def release(self):
        """Let the ship go."""
        ship, self.ship = self.ship, None
        return ship
''', "")  # fmt: skip
    commit("Ships leave by themselves")
    edit("src/harbour/berths.py", "def free_berths", '''def by_number(berths):
    """The berths by their numbers."""
    index = {}
    for berth in berths:
        if berth.number in index:
            raise KeyError(berth.number)
        index[berth.number] = berth
    return index


def neighbours(berths, number):
    """The berths beside one."""
    index = by_number(berths)
    return [index[near] for near in (number - 1, number + 1) if near in index]


def free_berths''')  # fmt: skip
    commit("Find berths by their numbers")
    made.git("mv", "src/harbour/tides.py", "src/harbour/levels.py")
    made.write("src/harbour/levels.py", LEVELS)
    commit("Rewrite the tides")
    text = (root / "src/harbour/crane.py").read_text("utf-8")
    swing = text[text.index("def swing") : text.index("def warn")]
    edit("src/harbour/crane.py", swing, "")
    made.write("src/harbour/winch.py", f'"""What turns."""\n\n\n{swing.rstrip()}\n')
    commit("Move swing to the winch")
    edit(
        "src/harbour/master.py",
        "from harbour.crane import Crane, swing",
        "from harbour.crane import Crane\nfrom harbour.winch import swing",
    )
    commit("Import swing from the winch")
    ledger = LEDGER.split("\n\n\n")
    made.write("src/harbour/accounts.py", '"""Accounts."""\n\n\n' + "\n\n\n".join(ledger[1:3]) + "\n")
    made.write("src/harbour/invoices.py", '"""Invoices."""\n\n\n' + "\n\n\n".join(ledger[3:]))
    (root / "src/harbour/ledger.py").unlink()
    commit("Split the ledger")
    (root / "src/harbour/gates.py").unlink()
    commit("The gates work by hand again")
    edit("src/harbour/signals.py", "lamp, times", "lamp, times=3")
    commit("Three flashes are usual")
    edit("web/board.ts", "export class", "/** What arrives. */\nexport class")
    commit("Document the board")
    edit("web/board.ts", "ship.expected)", "ship.expected && !ship.moored)")
    commit("Show no ship twice")
    edit("src/harbour/crane.py", "range(3)", "range(5)")
    commit("Warn longer")
    made.git("mv", "src/harbour/master.py", "src/harbour/office.py")
    commit("The master gets an office")
    edit("src/harbour/office.py", "Crane(40)", "Crane(60)")
    commit("A stronger crane")
    made.git("mv", "src/harbour/crane.py", "src/harbour/cranes.py")
    commit("There are several cranes")
    edit("src/harbour/signals.py", '    lamp.morse("QRT")', '    lamp.morse("QRT")  # nobody answers')
    commit("Remark on the signal")
    edit("src/harbour/office.py", "            flash(ship.lamp, 2)", "            flash(ship.lamp)")
    commit("Flash as usual")
    edit("src/harbour/invoices.py", "due * 0.9", "due * 0.85")
    commit("Members pay less")
    return made
