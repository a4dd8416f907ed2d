"""All stages, in the order in which they feed each other."""

from seston.pipeline.reporting import REPORTING

from seston.pipeline.knowledge import KNOWLEDGE
from seston.pipeline.learning import LEARNING

ALL = (*KNOWLEDGE, *LEARNING, *REPORTING)
