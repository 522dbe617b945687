"""Read Markdown finding tickets into records, audit them and report on them."""

__version__ = "0.1.0"
