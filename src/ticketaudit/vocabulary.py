"""What words mean: field names, severities, statuses, verdicts, dispositions, roles of sections.

All of it is data (``data/vocabulary.yaml``); this module only asks. How words are compared is the
business of `words`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, cast

from ticketaudit.hints import misspelt
from ticketaudit.lexicon import Lexicon, builtin
from ticketaudit.phrases import Group, Phrases
from ticketaudit.scale import Scale
from ticketaudit.ticket import ClaimStatus, Disposition, RelationKind, State, Verdict
from ticketaudit.words import HEAD, Memo, Words, fold, index

#: The metadata fields that the record knows, as the data name them: rules and settings ask before the data are read.
METADATA_FIELDS: Final = (
    "id",
    "title",
    "severity",
    "priority",
    "status",
    "batch",
    "agent",
    "domain",
    "assignee",
    "created",
    "updated",
    "ended",
    "resolution",
)
#: The roles that sections may have, in the order in which tickets mostly have them.
ROLES: Final = (
    "metadata",
    "location",
    "summary",
    "category",
    "description",
    "evidence",
    "impact",
    "reproduction",
    "context",
    "fix",
    "verification",
    "related",
    "review",
    "investigation",
    "resolution",
    "sign-off",
    "appendix",
    "history",
)

_CLAUSE_END = re.compile(r"[.:;,!–—(：，。；！（]|\s-\s|\n")
#: A program, its subcommands and an option: "ferry book --from quay".
_WITH_OPTIONS = re.compile(r"\$?\s*[a-z][\w./-]*(?:\s+[\w./-]+)*\s+--?[A-Za-z]")
#: What stands between the keys of several fields.
_AND = re.compile(r"[/&|]")
_BRACKETED = re.compile(r"[(（](.*?)[)）]")


class Vocabulary(Scale):
    """The words of one run, its severity scale among them."""

    def __init__(self, lexicon: Lexicon, own: Mapping[str, Any] | None = None) -> None:
        """Read the words of a lexicon and, before them, those of a team's ``own`` (see `with_words`)."""
        own = _plain(own or {})
        super().__init__(lexicon, own.get("severities"))
        self._own_statuses = tuple(str(word) for words in (own.get("statuses") or {}).values() for word in words)
        self._states = self._words("statuses", own)
        self._statuses = Words(index(dict.fromkeys(self._own_statuses, ()))) if self._own_statuses else self._states
        self._verdicts = self._words("verdicts", own)
        self._dispositions = self._words("dispositions", own)
        self._claims = self._words("claims")
        self._relations = self._words("relations")
        self._sections = self._words("sections", own)
        self._labels = self._words("labels")
        self._reviewers = self._words("reviewers", own)
        self._months = self._words("months")
        self._lists = self._words("lists")
        self._fields = {part: Words(names) for part, names in lexicon.fields.items()}
        if own.get("fields"):
            self._fields["metadata"] = Words(lexicon.fields["metadata"], index(own["fields"]))
        self._folders = lexicon.folders | {fold(name): kind for name, kind in (own.get("folders") or {}).items()}
        self._machine_prefixes = tuple(str(prefix) for prefix in own.get("strip_prefix") or ())
        self._phrases = Phrases(lexicon.phrases, lexicon.denials, self.severities)
        self._metadata = Memo(self._metadata_field)
        self._known = Memo(self._names_fields)
        self._disciplines = Memo(self._find_discipline)

    def _words(self, name: str, own: Mapping[str, Any] | None = None) -> Words:
        words = (own or {}).get(name)
        return Words(self._lexicon.words[name], index(words)) if words else Words(self._lexicon.words[name])

    @classmethod
    def builtin(cls) -> Vocabulary:
        """The vocabulary that ticketaudit comes with."""
        return _builtin()

    def with_words(self, own: Mapping[str, Any]) -> Vocabulary:
        """Add a team's own words, in the form of ``data/vocabulary.yaml``.

        ``severities`` and ``statuses`` are the team's whole lists: others are unknown, though a
        status keeps its meaning. ``verdicts``, ``dispositions``, ``sections``, ``fields`` (of the
        metadata), ``folders`` and ``reviewers`` are added to the words that are there. ``strip_prefix``
        are the folders in which the repository lies on somebody's machine.
        """
        return Vocabulary(self._lexicon, own)

    def knows_status(self, status: str) -> bool:
        """Whether a status is one that the team uses."""
        return self._statuses.leading(status) is not None

    def misspelt_status(self, status: str) -> str | None:
        """The status that a slip of the pen made an unknown one of; None where that cannot be told."""
        return misspelt(status, self._own_statuses or self._lexicon.statuses)

    def closed_status(self, disposition: Disposition) -> str | None:
        """The team's status for tickets that ended so: one that says it, else the first that says no more than closed.

        None where the team has neither; where it has no statuses of its own, "closed".
        """
        closed = [word for word in self._own_statuses or ("closed",) if self.state(word) == "closed"]
        said = (word for word in closed if self.disposition(word) == disposition)
        return next(said, next((word for word in closed if self.disposition(word) is None), None))

    def field(self, part: str, key: str) -> str | None:
        """Which field of a part of the ticket ("metadata", "review", …) a key names."""
        return self._metadata[key] if part == "metadata" else self._fields[part].exact(key)

    def _metadata_field(self, key: str) -> str | None:
        """The same for the metadata, where words around the one that counts say nothing."""
        found = self._fields["metadata"].exact(key)
        if found:
            return found
        words = fold(_BRACKETED.sub("", key[:HEAD])).split()
        bare = [word for word in words if word not in self._lexicon.sets["fillers"]]
        return self._fields["metadata"].exact(" ".join(bare)) if bare else None

    def is_field(self, key: str) -> bool:
        """Whether a key names a field of the metadata, or several at once: "Severity / Priority"."""
        return self._known[key]

    def _names_fields(self, key: str) -> bool:
        return all(self._metadata[part] for part in _AND.split(key))

    def label(self, key: str) -> str | None:
        """What a lead-in such as "One-line summary" introduces."""
        return self._labels.exact(key)

    def role(self, title: str) -> str | None:
        """What a heading says that its section is for."""
        return self._sections.heading(title)

    def heading(self, role: str) -> str:
        """How a section of a role is usually headed: "Recommended Fix" for ``fix``."""
        return self._lexicon.roles.get(role, role).title()

    def document_type(self, text: str) -> bool:
        """Whether a text only says what kind of document this is ("Finding Ticket")."""
        return fold(text) in self._lexicon.sets["documents"]

    def other_document(self, name: str) -> bool:
        """Whether a file's name says that it is no ticket ("README")."""
        return fold(name) in self._lexicon.sets["other documents"]

    def lists_tickets(self, name: str) -> bool:
        """Whether a file's name or a title says that it lists tickets ("Known Issues")."""
        return self._lists.heading(name) is not None

    def heads_values(self, text: str) -> bool:
        """Whether a text only heads the column of the values in a table of keys and values."""
        return fold(text) in self._lexicon.sets["value headers"]

    def month(self, name: str) -> int | None:
        """The number of a month, None for another word."""
        number = None if name.isdigit() else self._months.exact(name)
        return int(number) if number else None

    def nothing(self, text: str) -> bool:
        """Whether a text only says that there is nothing to say ("None.", a dash)."""
        return fold(text) in self._lexicon.sets["nothing"]

    def machine_folder(self, path: str) -> str | None:
        """The folder of somebody's machine that a path begins with, None where it begins elsewhere."""
        match = self.phrase("machine folder", path)
        return match[0] if match else None

    def path_in_repository(self, path: str) -> str | None:
        """A path of somebody's machine as it is in the repository, None where nobody said where that lies."""
        for prefix in sorted(self._machine_prefixes, key=len, reverse=True):
            inside = path.removeprefix(prefix.rstrip("/\\"))
            if inside != path and inside[:1] in ("/", "\\") and inside.strip("/\\"):
                return inside.lstrip("/\\")
        return None

    def command(self, text: str) -> bool:
        """Whether a text is a command line."""
        words = text.removeprefix("$").split()
        return len(words) > 1 and (words[0] in self._lexicon.sets["commands"] or bool(_WITH_OPTIONS.match(text)))

    def names_priority(self, text: str) -> bool:
        """Whether one of the words of a text is one for priority."""
        return any(self.field("metadata", word) == "priority" for word in text.split())

    def has_number(self, name: str) -> bool:
        """Whether a word with a number is the name of a thing ("UTF-8"), not the id of a ticket."""
        letters = re.match(r"[^\W\d_]+", name)
        return letters is not None and fold(letters[0]) in self._lexicon.sets["names with numbers"]

    def state(self, status: str) -> State | None:
        """Whether a status means open or closed."""
        return cast("State | None", self._states.leading(status))

    def verdict(self, text: str) -> Verdict:
        """What a reviewer's verdict means; "other" where the vocabulary does not know it."""
        return cast("Verdict", self._verdicts.leading(text) or "other")

    def is_verdict(self, text: str) -> bool:
        """Whether a text is nothing but a verdict."""
        return self._verdicts.exact(text) is not None

    def disposition(self, text: str) -> Disposition | None:
        """The disposition that a text begins with."""
        return cast("Disposition | None", self._dispositions.leading(text))

    def opening_disposition(self, text: str) -> Disposition | None:
        """The disposition that a text opens with, where the words do not begin another sentence.

        "Fixed in 1a2b3c4", "Duplicate of X-1" and "Acceptable as-is" do, "Invalid entries are dropped" does not.
        """
        words = fold(_CLAUSE_END.split(text[:HEAD], maxsplit=1)[0]).split()
        behind = self._lexicon.sets["behind dispositions"]
        ends = (end for end in range(len(words), 0, -1) if end == len(words) or words[end] in behind)
        found = (self._dispositions.exact(" ".join(words[:end])) for end in ends)
        return cast("Disposition | None", next((disposition for disposition in found if disposition), None))

    def disposition_within(self, text: str) -> Disposition | None:
        """The first disposition that a text names anywhere."""
        return cast("Disposition | None", self._dispositions.anywhere(text))

    def claim_status(self, text: str) -> ClaimStatus:
        """Whether an examined claim holds."""
        status = self._claims.leading(text) or "other"
        if status == "true" and self._claims.anywhere(text.partition(" ")[2]) == "false":
            status = "false"  # "confirmed false"
        return cast("ClaimStatus", status)

    def relation(self, text: str) -> RelationKind:
        """How another ticket is related."""
        return cast("RelationKind", self._relations.anywhere(text) or "related")

    def folder_disposition(self, path: str) -> Disposition | None:
        """The disposition that the folder a ticket lies in stands for (the innermost one that has any)."""
        folders = path.replace("\\", "/").split("/")[:-1]
        return next((self._folders[fold(name)] for name in reversed(folders) if fold(name) in self._folders), None)

    def discipline(self, reviewer: str) -> str:
        """The discipline that a reviewer speaks for: one word for all its spellings."""
        return self._disciplines[reviewer]

    def _find_discipline(self, reviewer: str) -> str:
        return self._known_discipline(reviewer) or "".join(self._without_titles(reviewer))

    def discipline_name(self, reviewer: str) -> str:
        """The same for people to read: ``harbour-office`` for "Harbour Office Specialist"."""
        return self._known_discipline(reviewer) or "-".join(self._without_titles(reviewer))

    def _known_discipline(self, reviewer: str) -> str | None:
        return self._reviewers.exact(reviewer) or self._reviewers.exact(" ".join(self._without_titles(reviewer)))

    def _without_titles(self, reviewer: str) -> list[str]:
        words = fold(reviewer).split()
        return [word for word in words if word not in self._lexicon.sets["titles"]] or words

    def phrase(self, name: str, text: str) -> re.Match[str] | None:
        """The earliest match of a group of phrases in plain text."""
        return self._phrases[name].first(text)

    def says(self, name: str, text: str) -> bool:
        """Whether plain text has one of a group of phrases."""
        return self._phrases[name].matches(text)

    def phrases(self, name: str, text: str) -> list[re.Match[str]]:
        """All matches of a group of phrases in plain text, in their order."""
        return self._phrases[name].every(text)

    def phrases_within(self, name: str, text: str) -> Group:
        """Those of a group that may match in a text, mostly none, for a reader that goes through its parts."""
        return self._phrases[name].within(text)

    def denials(self, headline: str) -> Group:
        """What denies the kind of thing that a headline claims, mostly nothing."""
        return self._phrases.denials(headline)


def _plain(words: Any) -> Any:
    """The same words as nothing but text: one from a file may know its place there, and records do not."""
    if isinstance(words, Mapping):
        return {str(key): _plain(value) for key, value in words.items()}
    if isinstance(words, list | tuple):
        return [_plain(word) for word in words]
    return str(words) if isinstance(words, str) else words


@lru_cache(maxsize=1)
def _builtin() -> Vocabulary:
    return Vocabulary(builtin())
