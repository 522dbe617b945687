"""A summary that somebody wrote by hand says something else than the tickets.

A review round ends in a page: so many tickets of this severity and that, these ones endorsed, those ones
closed. It is right on the day it is written, if it was counted well. Then a ticket is re-rated, another one
is closed, and the page goes on saying what it said. Most people read only the page.

`ticketaudit report --verify-summary FILE` reads such a page and speaks in this rule's name; `ticketaudit
check` never does. It looks at these, and leaves everything else on the page alone:

- tables of counts: the first column names values of one attribute (severity, status, batch, agent, domain,
  category, disposition, premise, verdict, reviewer), the others hold numbers, under a heading for the count or one
  value of another attribute each. A row of totals counts, too;
- tables of tickets: one column names them, others say their severity, status, verdict, disposition, batch
  or agent;
- lines such as "P1: 14" or "Total tickets: 201", and "B1-NAV-04 (P2)" in a list;
- sentences that leave no doubt: "We reviewed 201 tickets", "201 tickets in total", "120 are open, 81 are closed",
  "14 P1 tickets", "B1-NAV-04 is still open". A count is passed over where its paragraph says anything else before
  it, or its heading is about a part of the batch.

The command says on standard error which lines name numbers or tickets that it could not compare.

Where a ticket was re-rated, both severities pass: the one it carries and the one that was concluded.

## Bad

~~~~markdown
# Finding Ticket: Fog horn is silent on the north pier

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-04` |
| **Severity** | `P2` |
| **Status** | `open` |
~~~~

~~~~markdown and SUMMARY.md
# Round one

| Severity | Tickets |
|----------|--------:|
| P1 | 1 |
| P2 | 1 |

| Ticket | Severity | Status |
|--------|----------|--------|
| B1-NAV-04 | P2 | closed |
~~~~

~~~~text
SUMMARY.md:5:8: warning: the summary counts 1 of severity P1, there is none [summary-mismatch]
SUMMARY.md:10:20: warning: the summary says “closed” of `B1-NAV-04`, its status is `open` [summary-mismatch]
~~~~

## Good

~~~~markdown
# Finding Ticket: Fog horn is silent on the north pier

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-NAV-04` |
| **Severity** | `P2` |
| **Status** | `open` |
~~~~

~~~~markdown and SUMMARY.md
# Round one

Total tickets: 1

| Severity | open | closed | Total |
|----------|-----:|-------:|------:|
| P1 | 0 | 0 | 0 |
| P2 | 1 | 0 | 1 |
| **Total** | 1 | 0 | 1 |

- B1-NAV-04 (P2): somebody has to climb up there.
~~~~
"""

from __future__ import annotations

from ticketaudit.rule import Level, Rule, by_engine

RULE = Rule("summary-mismatch", family="lifecycle", level=Level.WARNING, check=by_engine, manual=__doc__)
