"""A suppression names a rule that does not exist, or cannot be read.

It suppresses nothing, and its author believes that it does. The form is the name of a rule or of a family of rules
in brackets, several with commas between, and the reason behind them:
`<!-- ticketaudit: ignore[rule] reason -->`. "All" is no name: a suppression should say what it is about.

## Bad

~~~~markdown
# Finding Ticket: Refund is booked twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-PAY-03` |
| **Status** | `closed` |

## Verification

<!-- ticketaudit: ignore[verdict-splits] the storm day is archived in autumn -->
<!-- ticketaudit: ignore boxes -->

- [x] One refund row per cancelled booking
- [ ] Replay the storm day of March
~~~~

~~~~text
ticket.md:10:26: warning: no rule is called `verdict-splits`; did you mean `verdict-split`? [unknown-suppression]
ticket.md:11:1: warning: no suppression: “ignore boxes”; write `ticketaudit: ignore[rule] reason` [unknown-suppression]
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

RULE = Rule("unknown-suppression", family="suppression", level=Level.WARNING, check=by_engine, manual=__doc__)
