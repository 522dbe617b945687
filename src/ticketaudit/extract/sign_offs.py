"""Who approved the outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ticketaudit.blocks import Section, passages
from ticketaudit.extract.dates import read_date
from ticketaudit.extract.pairs import Pair, pairs
from ticketaudit.inline import Passage, plain
from ticketaudit.ticket import SignOff
from ticketaudit.vocabulary import Vocabulary

_APPROVER = re.compile(r"(?:approved|confirmed|signed off|reviewed)\s+by\s+(?:the\s+)?([^(—–.,;]+)", re.IGNORECASE)
_REMARK = re.compile(r"\s[-–—(]|\(")


def read_sign_offs(closing: Sequence[Section], vocabulary: Vocabulary) -> tuple[SignOff, ...]:
    """The sign-offs of the resolution sections: entries, names under a sign-off heading, prose."""
    found = [sign_off for section in closing for sign_off in _of_section(section, vocabulary)]
    return tuple({(sign_off.name, sign_off.line): sign_off for sign_off in found}.values())


def _of_section(section: Section, vocabulary: Vocabulary) -> list[SignOff]:
    return [*_stated(section, vocabulary)] or [*_headed(section, vocabulary)]


def _stated(section: Section, vocabulary: Vocabulary) -> Iterator[SignOff]:
    titled = vocabulary.field("resolution", section.title) == "sign-off"
    for block in section.blocks:
        entries = pairs(block, lambda key: vocabulary.field("resolution", key), vocabulary)
        for entry in entries:
            yield from _entry(entry, titled, vocabulary)
        for passage in passages(block):
            text = plain(passage.raw)
            match = None if entries else vocabulary.phrase("approved by", text)
            if match:
                yield SignOff(match["name"].rstrip("."), text, Passage(text, passage.line).line_at(match.start()))


def _headed(section: Section, vocabulary: Vocabulary) -> Iterator[SignOff]:
    """A review of the outcome, named by its heading ("Storage Specialist Review"), where its words approve."""
    *name, last = section.title.split() or [""]
    if name and vocabulary.role(last) == "review":
        texts = [plain(passage.raw) for block in section.blocks for passage in passages(block)]
        approval = next((text for text in texts if vocabulary.says("approves", text)), None)
        if approval:
            yield SignOff(" ".join(name), approval, section.line)


def _entry(entry: Pair, titled: bool, vocabulary: Vocabulary) -> Iterator[SignOff]:
    """``**Sign-off:** name``, or under a sign-off heading ``**name:** APPROVED``."""
    name = vocabulary.field("resolution", entry.key)
    names = ""
    if name == "sign-off":
        match = _APPROVER.search(entry.text)
        names = match[1] if match else _REMARK.split(entry.text)[0]
    elif titled and name is None:
        names = entry.key
    for one in names.split(","):
        if one.strip() and not read_date(one, vocabulary) and not vocabulary.nothing(one):
            yield SignOff(one.strip(), plain(entry.value.raw), entry.line)
