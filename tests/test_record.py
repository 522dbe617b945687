"""One ticket and its whole record, key by key: what `parse` promises."""

import msgspec

from ticketaudit.extract import extract
from ticketaudit.text import Source
from ticketaudit.vocabulary import Vocabulary

TICKET = """\
# Finding Ticket: Bell rings twice

| Field | Value |
|-------|-------|
| **Ticket ID** | `B1-OPS-01` |
| **Severity** | `P1` |
| **Priority** | soon |
| **Status** | `closed` |
| **Batch** | 1 |
| **Agent** | `deck` |
| **Domain** | `bell` |
| **Assignee** | Ida |
| **Created** | 2025-03-04 |
| **Updated** | 2025-03-05 |

## Location

| Field | Value |
|-------|-------|
| **File(s)** | `src/bell.py` |
| **Line(s)** | `3-5` |
| **Function/Class** | `ring()` |

## Summary

**One-line summary:** The bell rings twice.

**Category:**
- [x] Noise

## Code Evidence

```python
# src/bell.py:3-5
ring(); ring()
```

## Verification

- [ ] It rings once

## Related Findings

- B1-OPS-02: duplicate

## Cross-Review

| Reviewer | Verdict | Date | Evaluation |
|----------|---------|------|------------|
| `bridge` | **OBJECT** | 2025-03-05 | Line 4 is for fog. Recommend P3. |

## Resolution

**Status:** Won't fix
**Resolved:** 2025-03-06
**Sign-off:** Bosun

Severity: from P1 to P4. It came with 1a2b3c4d. The ticket is wrong: the second ring is for fog.

| Claim | Status | Evidence |
|-------|--------|----------|
| The bell rings twice | FALSE | src/bell.py:4 |
"""

WANTED = {
    "path": "b.md",
    "line": 1,
    "end_line": 63,
    "id": "B1-OPS-01",
    "title": "Bell rings twice",
    "severity": "P1",
    "priority": "soon",
    "status": "closed",
    "state": "closed",
    "batch": "1",
    "agent": "deck",
    "assignee": "Ida",
    "domain": ["bell"],
    "created": "2025-03-04",
    "updated": "2025-03-05",
    "summary": "The bell rings twice.",
    "categories": ["Noise"],
    "locations": [{"path": "src/bell.py", "lines": [[3, 5]], "symbol": "ring()", "line": 20}],
    "checklists": [
        {"section": "Category", "role": "category", "items": [{"text": "Noise", "checked": True, "line": 29}]},
        {
            "section": "Verification",
            "role": "verification",
            "items": [{"text": "It rings once", "checked": False, "line": 40}],
        },
    ],
    "reviews": [
        {
            "reviewer": "bridge",
            "verdict": "object",
            "verdict_text": "OBJECT",
            "severity": ["P3"],
            "evidence": [{"kind": "line", "text": "Line 4", "line": 50}],
            "date": "2025-03-05",
            "text": "Line 4 is for fog. Recommend P3.",
            "line": 50,
            "refutes": None,
        }
    ],
    "claims": [{"text": "The bell rings twice", "status": "false", "evidence": "src/bell.py:4", "line": 62}],
    "relations": [{"id": "B1-OPS-02", "kind": "duplicate", "note": "duplicate", "line": 44}],
    "citations": [
        {"kind": "path", "text": "src/bell.py", "path": "src/bell.py", "lines": [], "line": 20, "report": None},
        {"kind": "commit", "text": "1a2b3c4d", "path": None, "lines": [], "line": 58, "report": None},
        {"kind": "path", "text": "src/bell.py:4", "path": "src/bell.py", "lines": [[4, 4]], "line": 62, "report": None},
    ],
    "code": [
        {
            "language": "python",
            "section": "Code Evidence",
            "line": 33,
            "end_line": 36,
            "cites": {"path": "src/bell.py", "lines": [[3, 5]]},
            "comments_only": False,
        }
    ],
    "resolution": {
        "disposition": "wont-fix",
        "text": "Won't fix",
        "severity": ["P4"],
        "commits": [],
        "sign_offs": [{"name": "Bosun", "text": "Bosun", "line": 56}],
        "date": "2025-03-06",
        "line": 54,
        "severity_line": 58,
        "severity_before": "P1",
        "refutation": {"text": "The ticket is wrong: the second ring is for fog.", "line": 58},
    },
    "premise": "refuted",
    "defects": [],
}


def test_every_key_of_the_record():
    (ticket,) = extract(Source.from_text("b.md", TICKET), Vocabulary.builtin())
    record = msgspec.json.decode(msgspec.json.encode(ticket))
    assert {key: record[key] for key in WANTED} == WANTED
    assert list(record) == [*list(WANTED)[:15], "fields", *list(WANTED)[15:18], "sections", *list(WANTED)[18:]]
    assert record["fields"][2] == {"key": "Priority", "value": "soon", "line": 7}
    assert [(section["title"], section["role"]) for section in record["sections"]] == [
        ("Finding Ticket: Bell rings twice", None),
        ("Location", "location"),
        ("Summary", "summary"),
        ("Code Evidence", "evidence"),
        ("Verification", "verification"),
        ("Related Findings", "related"),
        ("Cross-Review", "review"),
        ("Resolution", "resolution"),
    ]
