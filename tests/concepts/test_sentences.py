from hypothesis import given
from hypothesis import strategies as st

from seston.concepts.extract.sentences import split_sentences


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


def test_abbreviations_do_not_end_sentences() -> None:
    text = "Calanus sp. is small, cf. C. finmarchicus of ca. 3 mm. It has antennae, e.g. long ones. See A. Costa."
    assert texts(text) == [
        "Calanus sp. is small, cf. C. finmarchicus of ca. 3 mm.",
        "It has antennae, e.g. long ones.",
        "See A. Costa.",
    ]


def test_marks_are_sources_and_no_text() -> None:
    found = list(split_sentences("It is small. [general] It is clear. [1] [2] It is long."))
    assert [(s.text, s.source) for s in found] == [
        ("It is small.", "general"),
        ("It is clear.", "1;2"),
        ("It is long.", "general"),
    ]


def test_numbers_keep_their_points() -> None:
    assert texts("The cell is 0.5 to 1.2 mm long. It is round.") == ["The cell is 0.5 to 1.2 mm long.", "It is round."]


def test_blank_lines_end_sentences() -> None:
    assert texts("First\n\nSecond one. Third") == ["First", "Second one.", "Third"]


@given(st.text(alphabet="aB. [1]gen!\n?", max_size=80))
def test_offsets_give_back_the_sentences(text: str) -> None:
    for sentence in split_sentences(text):
        assert text[sentence.start : sentence.start + len(sentence.text)] == sentence.text


def test_a_page_without_full_stops_is_cut() -> None:
    text = "long antennae and a tail, " * 1000
    found = list(split_sentences(text))
    assert max(len(sentence.text) for sentence in found) <= 2000
    assert sum(len(sentence.text.split()) for sentence in found) == len(text.split())
    assert all(text[s.start : s.start + len(s.text)] == s.text for s in found)
