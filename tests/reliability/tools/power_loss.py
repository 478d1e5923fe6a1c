"""Simulate power loss: derive every possible disk state from a record of writes and syncs.

Synced data is certainly there. Of later writes, anything may be: none, all, any part, single
sectors of 512 bytes. Directory entries survive in order; syncing a file also keeps the entries
before it, as journaling file systems do. The record comes from a system call trace, or from an
SQLite VFS of our own where tracing is forbidden.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes at a place of a file."""

    name: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """The length of a file changes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """All writes to a file so far are durable; without a name, the directory entries are."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Create:
    """A file is created."""

    name: str


@dataclass(frozen=True, slots=True)
class Remove:
    """A file is deleted."""

    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """The driver acknowledged something on standard output."""

    words: str


Operation = Write | Truncate | Sync | Create | Remove | Said


@dataclass(slots=True)
class Disk:
    """What is certainly on the disk, and what may be."""

    kept: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Write | Truncate]] = field(default_factory=dict)
    entries: set[str] = field(default_factory=set)
    pending_entries: list[Create | Remove] = field(default_factory=list)

    def take(self, operation: Operation) -> None:
        """Carry out one operation of the record."""
        if isinstance(operation, Write | Truncate):
            self.pending.setdefault(operation.name, []).append(operation)
        elif isinstance(operation, Create | Remove):
            self.pending_entries.append(operation)
        elif isinstance(operation, Sync):
            for waiting in self.pending.pop(operation.name, ()):
                _apply(self.kept.setdefault(operation.name, bytearray()), waiting)
            self._keep_entries()

    def _keep_entries(self) -> None:
        for entry in self.pending_entries:
            self._enter(self.entries, entry)
            if isinstance(entry, Remove):
                self.kept.pop(entry.name, None)
        self.pending_entries.clear()

    @staticmethod
    def _enter(entries: set[str], entry: Create | Remove) -> None:
        if isinstance(entry, Create):
            entries.add(entry.name)
        else:
            entries.discard(entry.name)

    def after_power_loss(self, kind: str, chance: random.Random) -> dict[str, bytes]:
        """One possible disk state: ``nothing``, ``all``, ``some`` or ``torn``."""
        count = {"nothing": 0, "all": len(self.pending_entries)}.get(
            kind, chance.randint(0, len(self.pending_entries))
        )
        entries = set(self.entries)
        for entry in self.pending_entries[:count]:
            self._enter(entries, entry)
        return {name: self._content(name, kind, chance) for name in entries}

    def _content(self, name: str, kind: str, chance: random.Random) -> bytes:
        content = bytearray(self.kept.get(name, b""))
        for waiting in self.pending.get(name, ()):
            if kind == "all" or (kind == "some" and chance.random() < 0.5):
                _apply(content, waiting)
            elif kind == "torn":
                for part in _torn(waiting, chance):
                    _apply(content, part)
        return bytes(content)


def _torn(operation: Write | Truncate, chance: random.Random) -> Iterator[Write | Truncate]:
    """Some, all or none of the sectors of a write."""
    fate = chance.random()
    if fate < 0.34:
        yield operation
    elif fate < 0.67 and isinstance(operation, Write):
        for start in range(0, len(operation.data), SECTOR):
            if chance.random() < 0.5:
                part = operation.data[start : start + SECTOR]
                yield Write(operation.name, operation.offset + start, part)


def _apply(content: bytearray, operation: Write | Truncate) -> None:
    if isinstance(operation, Truncate):
        del content[operation.size :]
        content.extend(bytes(operation.size - len(content)))
        return
    end = operation.offset + len(operation.data)
    content.extend(bytes(max(0, end - len(content))))
    content[operation.offset : end] = operation.data


def possible_disks(
    before: dict[str, bytes], record: list[Operation], points: int, seed: int
) -> Iterator[tuple[list[str], dict[str, bytes]]]:
    """At random points of the record, each kind of disk twice, with what had been said by then."""
    chance = random.Random(seed)
    first = next(i for i, op in enumerate(record) if isinstance(op, Said))
    wanted = set(chance.sample(range(first, len(record)), min(points, len(record) - first)))
    disk = Disk({name: bytearray(data) for name, data in before.items()}, entries=set(before))
    said: list[str] = []
    for index, operation in enumerate(record):
        disk.take(operation)
        if isinstance(operation, Said):
            said.append(operation.words)
        if index in wanted:
            for kind in ("nothing", "all", "some", "torn") * 2:
                yield list(said), disk.after_power_loss(kind, chance)


# ---- the record of system calls ---------------------------------------------------------------

_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_DESCRIPTOR = re.compile(r"^\d+<([^>]*)>")
TRACED = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink"


def strace(trace: Path) -> tuple[str, ...]:
    """The command that records the system calls of the command behind it."""
    return ("strace", "-f", "-y", "-xx", "-s", "100000", "-o", str(trace), "-e", f"trace={TRACED}")


def can_trace(folder: Path) -> bool:
    """True if system calls can be traced here."""
    try:
        subprocess.run([*strace(folder / "probe"), "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return "exited" in (folder / "probe").read_text(encoding="ascii", errors="replace")


def read_trace(trace: Path, folder: Path) -> list[Operation]:
    """The operations on files of this folder, and what was written to standard output."""
    with trace.open(encoding="ascii", errors="replace") as lines:
        return list(_operations(lines, folder))


def _operations(lines: Iterable[str], folder: Path) -> Iterator[Operation]:
    known: set[str] = {path.name for path in folder.iterdir()}
    for line in lines:
        match = _CALL.match(line)
        if match is None or match[3] == "-1":
            continue
        yield from _operation(match[1], match[2], folder, known)


def _operation(call: str, arguments: str, folder: Path, known: set[str]) -> Iterator[Operation]:
    strings = [_bytes(found) for found in _STRING.findall(arguments)]
    descriptor = _DESCRIPTOR.match(arguments)
    path = Path(_bytes(descriptor[1]).decode("utf-8", "replace")) if descriptor else None
    if call == "write" and arguments.startswith("1<"):
        yield Said(strings[0].decode("utf-8").strip())
    elif call in ("openat", "unlink"):
        target = Path(strings[0].decode("utf-8", "replace"))
        if target.parent == folder and (call == "unlink" or "O_CREAT" in arguments):
            yield Create(target.name) if call == "openat" else Remove(target.name)
    elif path == folder:
        yield Sync()
    elif path is not None and path.parent == folder:
        yield _on_file(call, arguments, strings, path.name)


def _on_file(call: str, arguments: str, strings: list[bytes], name: str) -> Operation:
    numbers = [int(number) for number in re.findall(r", (\d+)", arguments)]
    if call == "pwrite64":
        assert len(strings[0]) == numbers[-2], "strace cut a write short"
        return Write(name, numbers[-1], strings[0])
    if call == "ftruncate":
        return Truncate(name, numbers[-1])
    assert call in ("fsync", "fdatasync"), f"{call} on {name} is not simulated"
    return Sync(name)


def _bytes(escaped: str) -> bytes:
    if "\\x" not in escaped:
        return escaped.encode("utf-8")
    return bytes.fromhex(escaped.replace("\\x", ""))
