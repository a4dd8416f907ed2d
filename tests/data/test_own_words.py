"""No text of the repository borrows a run of words from the Wikipedia pages that its authors had at hand."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WIKIPEDIA = Path(os.environ.get("SESTON_SHARED", str(ROOT.parent / "shared"))) / "data" / "wikipedia"
RUN = 8
MARKS = re.compile(r"\[(?:general|\d+)\]|<[^<>\n]*>")
APOSTROPHES = re.compile(r"['’]")
# Numbers and signs are no words: a table of figures shares its digits with any other.
WORD = re.compile(r"[^\W\d_]+")


def words(text: str) -> list[str]:
    """Return the words of a text, case-folded, without marks, markup, punctuation and numbers."""
    return WORD.findall(APOSTROPHES.sub("", MARKS.sub(" ", text)).casefold())


def runs(text: str) -> Iterator[str]:
    found = words(text)
    return (" ".join(found[start : start + RUN]) for start in range(len(found) - RUN + 1))


def tracked_texts() -> Iterator[tuple[str, str]]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in sorted(filter(None, listing.stdout.decode().split("\0"))):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b"\0"
        if b"\0" in content:
            continue
        yield name, content.decode("utf-8", errors="replace")


@pytest.fixture(scope="module")
def borrowed() -> frozenset[str]:
    if not WIKIPEDIA.is_dir():
        pytest.skip(f"the Wikipedia pages are not at {WIKIPEDIA}; set SESTON_SHARED")
    return frozenset(run for page in WIKIPEDIA.glob("*.md") for run in runs(page.read_text(encoding="utf-8")))


def test_no_run_of_eight_words_comes_from_wikipedia(borrowed: frozenset[str]) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout, so the tracked files are unknown")
    hits = [f"{name}: {run}" for name, text in tracked_texts() for run in runs(text) if run in borrowed]
    assert not hits


def test_the_search_sees_through_case_marks_and_markup(borrowed: frozenset[str]) -> None:
    page = words((WIKIPEDIA / "Bryozoa.md").read_text(encoding="utf-8"))
    sentence = page[100 : 100 + RUN]
    disguised = f"**{sentence[0].upper()}** {sentence[1]}. [general] <b>{' '.join(sentence[2:5])}</b>, 17 " + "-".join(
        sentence[5:]
    )
    assert list(runs(disguised)) == [" ".join(sentence)]
    assert not borrowed.isdisjoint(runs(disguised))
