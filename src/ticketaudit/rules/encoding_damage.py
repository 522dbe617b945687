"""Text went through the wrong encoding on its way into the ticket.

`â€”` was a dash, `Ã©` an é. It happens where a program reads UTF-8 as if it were Windows-1252 and saves what it
saw; where a file in another encoding is read as UTF-8, the characters are lost. The damage is quoted and copied
on, spoils names and figures (`Â±`), and no search finds the words that it stands in. Where one character of a
line was damaged the others were too, so that each line is reported once.

Restore the file from its last good version, or replace the text by what was meant, and save it as UTF-8. What
stands in code is left alone: a ticket about such damage may show it.

`--fix` restores what can be restored, where ftfy is installed (`pip install ticketaudit[ftfy]`).

## Bad

~~~~markdown
# Finding Ticket: Winter timetable hides Blåvik

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-07` |
| **Status** | `open` |

## Description

The stop is called BlÃ¥vik there â€” nobody finds it.
~~~~

~~~~text
ticket.md:10:20: warning: `Ã¥` is `å` read in the wrong encoding [encoding-damage]
~~~~

## Good

~~~~markdown
# Finding Ticket: Winter timetable hides Blåvik

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-07` |
| **Status** | `open` |

## Description

The stop is printed as `BlÃ¥vik`: the printer's driver reads UTF-8 as Latin-1.
~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from ticketaudit.rule import Fix, Level, NoOptions, Problem, Rule, each_ticket
from ticketaudit.ticket import Ticket
from ticketaudit.vocabulary import Vocabulary


def check(ticket: Ticket, options: NoOptions, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem per damaged line, at its first damaged word."""
    for defect in ticket.defects:
        if defect.kind == "encoding":
            from ticketaudit.extract.mojibake import mended

            fix = Fix(defect.line, mended)
            yield Problem(defect.line, defect.message, subject=defect.text, mark=defect.text, fixes=(fix,))


RULE = Rule("encoding-damage", family="text", level=Level.WARNING, check=each_ticket(check), manual=__doc__, fixes=True)
