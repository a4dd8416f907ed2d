"""All stages, in the order in which they feed each other."""

from seston.pipeline.knowledge import KNOWLEDGE
from seston.pipeline.learning import LEARNING
from seston.pipeline.measuring import MEASURING
from seston.pipeline.reporting import REPORTING
from seston.pipeline.stages import Stage, chosen

ALL = (*KNOWLEDGE, *MEASURING, *LEARNING, *REPORTING)


def to_model() -> list[Stage]:
    """Return the stages that a model needs."""
    return chosen(ALL, ["taxonomy", "concepts", "features", "train"])
