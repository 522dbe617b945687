"""Thirty texts that some format would obey, break on or misread if it printed them as they are."""

from __future__ import annotations

NASTY = {
    "nothing": "",
    "NUL": "a\x00b",
    "terminal escape": "\x1b[2J\x1b]0;owned\x07",
    "C1 control": "\x9b31mred\x85",
    "right-to-left override": "\u202egnp.exe\u202c",
    "isolates": "\u2067abc\u2069",
    "byte order mark inside": "a\ufeffb",
    "line separators": "a\u2028b\u2029c\x0bd\x0ce",
    "carriage return": "ok\rerror: made up",
    "CRLF": "ok\r\n::error::made up",
    "workflow command": "::add-mask::x%0A::set-output name=y::z",
    "old workflow command": "##[set-env name=PATH]/tmp",
    "percent escapes": "100%0D%0A%25%3A%2C",
    "properties": "a,line=1,title=x::y:z",
    "XML": "<failure/>&lt;&amp;&#0;",
    "end of CDATA": "]]><x>",
    "no characters of XML": "a\ufffe\uffff\x08b",
    "quotes": '"\'\\"\\u0000',
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "comment": "--><!-- x --",
    "table cells": "a | b || c \\| d",
    "Markdown": "**b** _i_ [l](javascript:x) [m](1) ![i](y) `c` ~~s~~ @octocat #1 GH-2 !3 https://a.b www.a.b c@d.e",
    "open code span": "`` ` ``` ~~~",
    "heading and list": "# h\n- x\n> q\n---",
    "formula": "=cmd|'/c calc'!A1",
    "format string": "%s %n {0} ${x} $(id) `id`",
    "path out of the tree": "../../../etc/passwd?x#y",
    "lone surrogate": "a\ud800b\udfffc",
    "beyond the plane": "😀𝒳\U0010ffff e\u0301",
    "long": "long " * 400,
}

_TICKET = """\
---
agent: "{0}"
---
# {0}

| Field | Value |
|-------|-------|
| **Ticket ID** | {0} |
| **Severity** | {0} |
| **Status** | {0} |
| **Priority** | P1 |
| **Created** | {0} |
| **File(s)** | /home/anna/{0} |
| {0} | {0} |

## Summary

**One-line summary:** {0}

**Category:**
- [x] {0}

## {0}

{0} â€” {0}

```{0}
{0}
```

<!-- ticketaudit: ignore[verdict-split] {0} -->
<!-- ticketaudit: ignore[{0}] {0} -->

## Verification

- [ ] {0}

## Related Findings

- {0}: {0}
- B1-XX-01: {0}

## Cross-Review

| Reviewer | Verdict | Evaluation |
|----------|---------|------------|
| {0} | **OBJECT** | Recommend P3. {0} |
| `bridge` | **{0}** | {0} |
| `deck` | ENDORSE | {0} |

## Resolution

### Final Disposition: Won't Fix {0}

{0} The claim is factually incorrect.
"""


def tickets(text: str) -> dict[str, bytes]:
    """Two files with a text in every field of a ticket.

    Some of the texts, as ids, make the ticket a template that is passed over: the second has an id of its own.
    """
    named = _TICKET.replace("**Ticket ID** | {0}", "**Ticket ID** | B1-OPS-01")
    files = {"odd.md": _TICKET, "named.md": named}
    return {name: ticket.replace("{0}", text).encode("utf-8", errors="surrogatepass") for name, ticket in files.items()}
