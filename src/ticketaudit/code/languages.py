"""What the code that tickets quote is written in, as far as reading it needs: its comments, its definitions."""

from __future__ import annotations

from typing import NamedTuple


class Language(NamedTuple):
    """A family of languages: how a comment to the end of the line begins, and how blocks of them are marked.

    ``grammar`` names the tree-sitter grammar, where there is one.
    """

    name: str
    line_comments: tuple[str, ...]
    block_comments: bool = False
    grammar: str | None = None


_SLASHES = ("//",)
_BY_NAME = {
    language.name: language
    for language in (
        Language("python", ("#",)),
        Language("script", ("#",)),
        Language("plain", ()),
        Language("sql", ("--",), block_comments=True),
        Language("lisp", (";",)),
        Language("javascript", _SLASHES, True, "javascript"),
        Language("typescript", _SLASHES, True, "typescript"),
        Language("tsx", _SLASHES, True, "tsx"),
        Language("go", _SLASHES, True, "go"),
        Language("rust", _SLASHES, True, "rust"),
        Language("java", _SLASHES, True, "java"),
        Language("c", _SLASHES, True, "c"),
        Language("cpp", _SLASHES, True, "cpp"),
        Language("braces", _SLASHES, True),
        Language("php", ("//", "#"), True),
    )
}
#: Endings of files, and the names that fences give to languages, by the language that they mean.
_WORDS = {
    "python": "py pyi pyx python python3",
    "script": "sh bash zsh fish rb pl pm r jl ex exs yaml yml toml cfg ini conf cmake tf dockerfile ruby perl elixir",
    "plain": "md mdx rst txt csv json html htm xml svg css text console output log diff",
    "sql": "sql lua hs elm ada haskell",
    "lisp": "clj cljs lisp el scm rkt clojure",
    "javascript": "js jsx mjs cjs javascript",
    "typescript": "ts mts cts typescript",
    "tsx": "tsx",
    "go": "go golang",
    "rust": "rs rust",
    "java": "java",
    "c": "c h",
    "cpp": "cc cpp cxx hpp hh c++",
    "braces": "kt kts scala groovy cs fs swift dart m mm proto scss less graphql kotlin csharp",
    "php": "php",
}
_LANGUAGES = {word: _BY_NAME[name] for name, words in _WORDS.items() for word in words.split()}


def language_of(path: str) -> Language:
    """The language of a file by the ending of its name; one with braces where nobody knows."""
    return named(path.rpartition("/")[2].rpartition(".")[2]) or _BY_NAME["braces"]


def named(word: str) -> Language | None:
    """The language of a word: an ending, or what a fence says."""
    return _LANGUAGES.get(word.lower())
