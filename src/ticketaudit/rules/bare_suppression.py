"""A suppression gives no reason.

Somebody decided that a diagnostic does not matter here. The next reader cannot tell whether that still holds, or
whether it was only in the way. Write the reason behind the brackets; the diagnostic is suppressed either way.

## Bad

~~~~markdown
# Finding Ticket: Refund is booked twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-PAY-03` |
| **Status** | `closed` |

## Verification

<!-- ticketaudit: ignore[unchecked-verification] -->

- [x] One refund row per cancelled booking
- [ ] Replay the storm day of March
~~~~

~~~~text
ticket.md:10:1: warning: the suppression gives no reason [bare-suppression]
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

RULE = Rule("bare-suppression", family="suppression", level=Level.WARNING, check=by_engine, manual=__doc__)
