"""Reads what a git checkout says of a file: repository, commit, and if the file was changed.

Git itself is not called: it need not be installed, and in a foreign checkout it would run what the
checkout's settings name.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

MAX_TEXT_BYTES = 20_000_000
MAX_INDEX_BYTES = 200_000_000
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SECTION = re.compile(r'\s*\[remote "(.+)"\]\s*$')
_URL = re.compile(r"\s*url\s*=\s*(.+?)\s*$")
_LIKE_SCP = re.compile(r"(?:[\w.-]+@)?([\w.-]+\.[\w-]+):(?!//)(.+)$")
_EXTENDED, _NAME_LENGTH = 0x4000, 0xFFF
_SHA1_SIZE, _SHA256_SIZE = 20, 32
_PREFIXED_NAMES = 4
"""The version of an index from which names repeat only what differs."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """A work tree, the address it came from and the commit it stands at; both may be empty."""

    root: Path
    repository: str
    commit: str
    _hashes: dict[str, bytes]
    """Of the files git knows, by their path in the work tree."""

    def path_of(self, file: Path) -> str | None:
        """The path of a file that git knows, from the root."""
        with suppress(ValueError):
            path = file.resolve().relative_to(self.root).as_posix()
            return path if path in self._hashes else None
        return None

    def is_changed(self, file: Path) -> bool:
        """True if a file that git knows has another content now; line ends do not count."""
        known = self._hashes[file.resolve().relative_to(self.root).as_posix()]
        content = file.read_bytes()
        contents = (content, content.replace(b"\r\n", b"\n"))
        return all(_blob_hash(each, len(known)) != known for each in contents)


def checkout_of(path: Path) -> Checkout | None:
    """The checkout around a file or folder; ``None`` where there is none or it is unreadable."""
    inside = path.resolve()
    for root in (inside, *inside.parents):
        if (root / ".git").exists():
            try:
                return _read_checkout(root)
            except (OSError, ValueError, IndexError, struct.error):
                return None
    return None


def _read_checkout(root: Path) -> Checkout | None:
    own = _git_folder(root)
    common = own
    with suppress(OSError):
        common = (own / _text(own / "commondir").strip()).resolve()
    config = _text(common / "config")
    is_sha256 = re.search(r"objectformat\s*=\s*sha256", config, re.IGNORECASE)
    hash_size = _SHA256_SIZE if is_sha256 else _SHA1_SIZE
    hashes: dict[str, bytes] = {}
    for index in (*sorted(own.glob("sharedindex.*")), own / "index"):
        hashes |= _read_index(index, hash_size)
    return Checkout(root, _address(config), _head(own, common), hashes)


def _git_folder(root: Path) -> Path:
    """The folder with git's data; ``.git`` is a file in a further work tree and a submodule."""
    git = root / ".git"
    if git.is_dir():
        return git
    return (root / _text(git).removeprefix("gitdir:").strip()).resolve()


def _text(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(MAX_TEXT_BYTES).decode("utf-8", errors="replace")


# ---- commit ------------------------------------------------------------------------------------


def _head(own: Path, common: Path) -> str:
    head = _text(own / "HEAD").strip()
    if not head.startswith("ref:"):
        return _commit(head)
    ref = head.removeprefix("ref:").strip()
    if not ref.startswith("refs/") or ".." in ref:
        return ""
    for folder in (own, common):
        with suppress(OSError):
            return _commit(_text(folder / ref).strip())
    with suppress(OSError):
        for line in _text(common / "packed-refs").splitlines():
            commit, _, name = line.partition(" ")
            if name == ref:
                return _commit(commit)
    return ""


def _commit(text: str) -> str:
    return text if _COMMIT.fullmatch(text) else ""


# ---- address -----------------------------------------------------------------------------------


def _address(config: str) -> str:
    """The address of ``origin``, else of the first remote that has a public form."""
    found: dict[str, str] = {}
    remote = ""
    for line in config.splitlines():
        section = _SECTION.match(line)
        if line.lstrip().startswith("["):
            remote = section[1] if section else ""
        elif remote and (url := _URL.match(line)):
            found.setdefault(remote, public_address(url[1]))
    return found.get("origin") or next(filter(None, found.values()), "")


def public_address(url: str) -> str:
    """A repository's address for a browser, without user and password; empty for a local path."""
    url = url.strip('"')
    like_scp = _LIKE_SCP.match(url)
    if like_scp and "://" not in url:
        url = f"ssh://{like_scp[1]}/{like_scp[2].lstrip('/')}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https", "ssh", "git", "git+ssh"} or not host:
        return ""
    is_web = parts.scheme in {"http", "https"}
    place = f"{host}:{port}" if port and is_web else host
    path = parts.path.rstrip("/").removesuffix(".git")
    return f"{parts.scheme if is_web else 'https'}://{place}{path}"


# ---- index -------------------------------------------------------------------------------------


def _blob_hash(content: bytes, size: int) -> bytes:
    """Git's hash of a file's content; 20 bytes are SHA-1, 32 are SHA-256."""
    name = "sha1" if size == _SHA1_SIZE else "sha256"
    blob = b"blob %d\0" % len(content) + content
    return hashlib.new(name, blob, usedforsecurity=False).digest()


def _read_index(path: Path, hash_size: int) -> dict[str, bytes]:
    """Path and content hash of every file of an index (gitformat-index)."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_INDEX_BYTES)
    except FileNotFoundError:
        return {}
    if content[:4] != b"DIRC":
        return {}
    return {
        name.decode("utf-8", errors="replace"): each for name, each in _entries(content, hash_size)
    }


def _entries(content: bytes, hash_size: int) -> Iterator[tuple[bytes, bytes]]:
    version, count = struct.unpack_from(">II", content, 4)
    place, name = 12, b""
    for _ in range(count):
        start = place
        found = content[start + 40 : start + 40 + hash_size]
        place = start + 40 + hash_size
        (flags,) = struct.unpack_from(">H", content, place)
        place += 4 if flags & _EXTENDED and version >= 3 else 2
        if version >= _PREFIXED_NAMES:
            dropped, place = _number(content, place)
            end = content.index(b"\0", place)
            name = name[: len(name) - dropped] + content[place:end]
            place = end + 1
        else:
            end = content.index(b"\0", place)
            name = content[place:end]
            place = start + ((end - start) // 8 + 1) * 8
        if name:  # none in the overlay of a split index
            yield name, found


def _number(content: bytes, place: int) -> tuple[int, int]:
    """A number of variable length, and the place after it."""
    byte = content[place]
    number = byte & 127
    while byte & 128:
        place += 1
        byte = content[place]
        number = ((number + 1) << 7) | (byte & 127)
    return number, place + 1
