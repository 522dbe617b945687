"""What a ticket cites, against the source tree: when the ticket was written, and now.

`source.open_source` finds the tree and its history, `verify.verify` judges every citation of a ticket
in both. The tree is read and never written; nothing outside its root is opened, and the only program
that is started is git.
"""
