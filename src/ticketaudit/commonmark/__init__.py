"""Block structure: lines to leaves, as markdown-it-py finds them with its rules for CommonMark and tables.

markdown-it-py asks every rule about every line and makes a token of all that it meets, which took most of the
time of a run. Here a line is asked for its first character, and what no reader looks at is not made. A test
holds the leaves equal to markdown-it-py's tokens; where the two differ, this is wrong, but for what follows a list
that is nested too deep to be read.
"""

from ticketaudit.commonmark.containers import MOST_NESTING
from ticketaudit.commonmark.containers import read as leaves
from ticketaudit.commonmark.state import Leaf

__all__ = ["MOST_NESTING", "Leaf", "leaves"]
