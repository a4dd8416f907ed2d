"""Blocks of lines, whatever their size; damage is told with its line."""

import io

import pytest

from seston.sources.darwincore import stream
from seston.sources.darwincore.stream import Damaged, Feed, damage, line_blocks, sound_blocks


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_BLOCK", 8)


def test_blocks_end_with_lines_and_lose_nothing() -> None:
    content = "".join(f"line {n} é\n" for n in range(50)).encode() + b"no end"
    blocks = list(line_blocks(io.BytesIO(b"\xef\xbb\xbf" + content)))
    assert b"".join(blocks) == content
    assert len(blocks) > 10
    assert all(block.endswith(b"\n") for block in blocks[:-1])


def test_the_header_is_left_out_and_other_encodings_become_utf8() -> None:
    text = "name\nunit\n" + "é\n" * 20
    assert b"".join(sound_blocks(io.BytesIO(text.encode("latin-1")), "iso8859-1", 2)).decode() == "é\n" * 20
    feed = Feed(sound_blocks(io.BytesIO(text.encode()), "utf-8", 2))
    assert bytes(feed.read_buffer(1)) == "é".encode()[:1]
    assert Feed(sound_blocks(io.BytesIO(b"name\n"), "utf-8", 1)).empty


@pytest.mark.parametrize("bad", [b"a\0b", b"\xe9"])
def test_damage_stops_the_stream_and_is_found_again(bad: bytes) -> None:
    content = b"fine line\n" * 30 + bad + b"\n" + b"fine line\n" * 30
    with pytest.raises(Damaged):
        list(sound_blocks(io.BytesIO(content), "utf-8", 0))
    [said] = damage(io.BytesIO(content), "utf-8")
    assert said.startswith("line 31: ")
