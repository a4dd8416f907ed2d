"""All stages, in the order in which they feed each other."""

from seston.pipeline.knowledge import KNOWLEDGE
from seston.pipeline.learning import LEARNING
from seston.pipeline.measuring import MEASURING
from seston.pipeline.reporting import REPORTING

ALL = (*KNOWLEDGE, *MEASURING, *LEARNING, *REPORTING)
