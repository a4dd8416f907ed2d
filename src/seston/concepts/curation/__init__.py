"""What people add to what texts say: answers to images seen, and decisions on candidates, by which the scheme grows."""

from seston.concepts.curation.answers import Answer, read_answers, seen_assertions, write_answers
from seston.concepts.curation.decisions import Decision, read_decisions, write_decisions
from seston.concepts.curation.growth import grown
from seston.concepts.curation.overlay import overlaid

__all__ = [
    "Answer",
    "Decision",
    "grown",
    "overlaid",
    "read_answers",
    "read_decisions",
    "seen_assertions",
    "write_answers",
    "write_decisions",
]
