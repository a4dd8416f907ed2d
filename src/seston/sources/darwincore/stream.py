"""The bytes of a file of an archive as UTF-8: unpacked and checked in a thread of its own, read in another.

Only whether a block is sound is found out on the way. Where the damage lies is looked up afterwards, in a second
pass that sound archives never pay for.
"""

import io
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import IO

import numpy as np

_BLOCK = 2**20
_AHEAD = 4
_BOM = b"\xef\xbb\xbf"


class Damaged(Exception):
    """A block holds NUL bytes, or bytes that are not of the file's encoding."""


class Feed(io.RawIOBase):
    """Blocks as a file that Arrow reads from, in threads of its own, without a copy."""

    def __init__(self, blocks: Generator[bytes, None, None]) -> None:
        self._blocks, self._one_at_a_time = blocks, Lock()
        self._ready = memoryview(next(blocks, b""))
        self.empty = not self._ready

    def readable(self) -> bool:
        """Return True."""
        return True

    def read_buffer(self, size: int = -1) -> memoryview:
        """Return the next bytes, at most `size`; nothing at the end."""
        with self._one_at_a_time:
            if not self._ready:
                self._ready = memoryview(next(self._blocks, b""))
            size = len(self._ready) if size < 0 else size
            taken, self._ready = self._ready[:size], self._ready[size:]
            return taken

    def close(self) -> None:
        """Let nothing more be unpacked."""
        with self._one_at_a_time:
            self._blocks.close()
        super().close()


def sound_blocks(raw: IO[bytes], encoding: str, header_lines: int) -> Generator[bytes, None, None]:
    """Yield what stands below the header as UTF-8, in blocks of whole lines; the next ones are made meanwhile.

    Raises
    ------
    Damaged
        A block holds NUL bytes, or bytes that are not of the encoding.
    """
    blocks = (_sound(block, encoding) for block in _below(line_blocks(raw), header_lines))
    with ThreadPoolExecutor(1) as worker:
        waiting = deque(worker.submit(next, blocks, b"") for _ in range(_AHEAD))
        while block := waiting.popleft().result():
            waiting.append(worker.submit(next, blocks, b""))
            yield block


def line_blocks(raw: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a file in blocks that end with a line, without a byte order mark."""
    block = (raw.read(_BLOCK) + raw.readline()).removeprefix(_BOM)
    while block:
        yield block
        block = raw.read(_BLOCK) + raw.readline()


def damage(raw: IO[bytes], encoding: str) -> Iterator[str]:
    """Say of each line with NUL bytes, or with bytes that are not of the encoding, what is wrong with it."""
    begins = 1
    for block in line_blocks(raw):
        for number, line in enumerate(block.split(b"\n"), begins):
            yield from (f"line {number}: {what}" for what in _wrong(line, encoding))
        begins += block.count(b"\n")


def _below(blocks: Iterator[bytes], header_lines: int) -> Iterator[bytes]:
    for block in blocks:
        while header_lines and block:
            _, _, block = block.partition(b"\n")
            header_lines -= 1
        if block:
            yield block


def _sound(block: bytes, encoding: str) -> bytes:
    if b"\0" in block:
        raise Damaged
    if encoding != "utf-8":
        try:
            return block.decode(encoding).encode()
        except UnicodeDecodeError as error:
            raise Damaged from error
    if not block.isascii():
        _check_utf8(block)
    return block


def _check_utf8(block: bytes) -> None:
    import pyarrow as pa

    ends = pa.py_buffer(np.array([0, len(block)], np.int64))
    try:
        pa.LargeStringArray.from_buffers(1, ends, pa.py_buffer(block)).validate(full=True)
    except pa.ArrowInvalid as error:
        raise Damaged from error


def _wrong(line: bytes, encoding: str) -> Iterator[str]:
    if b"\0" in line:
        yield "NUL byte"
    try:
        line.decode(encoding)
    except UnicodeDecodeError as error:
        yield f"not {encoding} (byte {line[error.start]:#04x} at {error.start})"
