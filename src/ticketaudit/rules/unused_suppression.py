"""A suppression has nothing to suppress.

What it was for is mended, or it stands in the wrong place. It must go, or it will hide the next diagnostic of the
same rule.

A suppression stands on a line of its own. It covers the block below it: a paragraph, a table, a whole list, a code
fence, a quotation. Before a heading it covers the section, as the first thing under the title the whole ticket,
also where the file holds several and the title is that of a section. A rule that does not run is not counted as
unused. What is said about suppressions cannot be suppressed in the ticket.

## Bad

~~~~markdown
# Finding Ticket: Refund is booked twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-PAY-03` |
| **Status** | `closed` |

## Verification

Later. <!-- ticketaudit: ignore[unchecked-verification] the storm day is archived in autumn -->

<!-- ticketaudit: ignore[verdict-split] the boxes need no vote -->

- [x] One refund row per cancelled booking
- [ ] Replay the storm day of March
~~~~

~~~~text
ticket.md:10:33: warning: nothing of `unchecked-verification` is suppressed from inside a line [unused-suppression]
ticket.md:12:26: warning: nothing of `verdict-split` is suppressed here [unused-suppression]
~~~~

## Good

~~~~markdown
# Finding Ticket: Refund is booked twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-PAY-03` |
| **Status** | `closed` |

## Verification

<!-- ticketaudit: ignore[unchecked-verification] the storm day is archived in autumn -->

- [x] One refund row per cancelled booking
- [ ] Replay the storm day of March
~~~~
"""

from __future__ import annotations

from ticketaudit.rule import Level, Rule, by_engine

RULE = Rule("unused-suppression", family="suppression", level=Level.WARNING, check=by_engine, manual=__doc__)
