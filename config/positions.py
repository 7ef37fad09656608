"""Where each key of a TOML document stands, so that an error can name its line.

``tomllib`` tells values but not places. This scanner walks a document that ``tomllib`` has
already accepted, so it may be lenient: it only has to find keys, never to judge them.
A path is a tuple of keys and array indices, as in ``("window", 3, "skills", 0)``.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]+")
_STRINGS = (
    re.compile(r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""("{0,2})'),
    re.compile(r"'''(?:[^']|'(?!''))*'''('{0,2})"),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)


class Positions:
    """Line numbers (from 1) of the keys, tables and array elements of one TOML document."""

    def __init__(self, text: str) -> None:
        """Index ``text``, which must be a document that ``tomllib`` accepts."""
        self._lines = _Scanner(text).scan()

    def line(self, path: Path) -> int:
        """The line where ``path`` is written, else that of its nearest written ancestor."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def paths(self) -> frozenset[Path]:
        """Every path the document writes."""
        return frozenset(self._lines)


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._newlines = [i for i, character in enumerate(text) if character == "\n"]
        self._lines: dict[Path, int] = {}
        self._tables: dict[Path, int] = {}  # arrays of tables and how many they hold so far

    def scan(self) -> dict[Path, int]:
        prefix: Path = ()
        self._skip_blank()
        while self._at < len(self._text):
            if self._peek("[["):
                prefix = self._header(closing="]]")
            elif self._peek("["):
                prefix = self._header(closing="]")
            else:
                self._key_and_value(prefix)
            self._skip_blank()
        return self._lines

    def _header(self, closing: str) -> Path:
        line = self._here()
        self._at += len(closing)
        path: Path = ()
        keys = self._keys()
        self._skip_blank()
        self._at += len(closing)
        for n, key in enumerate(keys):
            path = (*path, key)
            self._lines.setdefault(path, line)
            if closing == "]]" and n == len(keys) - 1:
                self._tables[path] = self._tables.get(path, 0) + 1
            if path in self._tables:
                path = (*path, self._tables[path] - 1)
                self._lines.setdefault(path, line)
        if closing == "]":
            self._lines[path] = line  # a header written later than a subtable's names it better
        return path

    def _key_and_value(self, prefix: Path) -> None:
        line = self._here()
        path = prefix
        for key in self._keys():
            path = (*path, key)
            self._lines.setdefault(path, line)
        self._skip_blank()
        self._at += 1  # "="
        self._skip_blank()
        self._value(path)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip_blank()
            keys.append(self._one_key())
            self._skip_blank()
            if not self._peek("."):
                return keys
            self._at += 1

    def _one_key(self) -> str:
        if self._text[self._at] in "\"'":
            return str(tomllib.loads("key = " + self._string())["key"])
        match = _BARE_KEY.match(self._text, self._at)
        assert match, "the document was accepted, so a key stands here"
        self._at = match.end()
        return match.group()

    def _value(self, path: Path) -> None:
        if self._peek("["):
            self._array(path)
        elif self._peek("{"):
            self._inline_table(path)
        elif self._text[self._at] in "\"'":
            self._string()
        else:
            match = _SCALAR.match(self._text, self._at)
            assert match, "the document was accepted, so a value stands here"
            self._at = match.end()

    def _array(self, path: Path) -> None:
        n = 0
        while self._next_element("]"):
            element = (*path, n)
            self._lines[element] = self._here()
            self._value(element)
            n += 1

    def _inline_table(self, path: Path) -> None:
        while self._next_element("}"):
            self._key_and_value(path)

    def _next_element(self, closing: str) -> bool:
        """Step over the opening bracket or a comma; at the closing bracket step out."""
        if not self._peek(closing):
            self._at += 1
            self._skip_blank()
        if self._peek(closing):
            self._at += 1
            return False
        return True

    def _string(self) -> str:
        start = self._at
        for pattern in _STRINGS:
            if match := pattern.match(self._text, start):
                self._at = match.end()
                return match.group()
        raise AssertionError("the document was accepted, so a string stands here")

    def _skip_blank(self) -> None:
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _peek(self, token: str) -> bool:
        return self._text.startswith(token, self._at)

    def _here(self) -> int:
        return bisect_right(self._newlines, self._at - 1) + 1
