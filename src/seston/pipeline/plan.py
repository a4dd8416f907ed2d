"""All stages, in the order in which they feed each other."""

from seston.pipeline.classifying.learning import CHOQUET, LEARNING
from seston.pipeline.classifying.measuring import MEASURING
from seston.pipeline.harvesting.ecotaxa_categories import LINKING, TABLES
from seston.pipeline.knowledge import KNOWLEDGE
from seston.pipeline.report.writing import REPORTING
from seston.pipeline.stages import Stage, chosen
from seston.workspace import Workspace

ALL = (*KNOWLEDGE, *LINKING, *MEASURING, *LEARNING, *REPORTING)


def in_use(workspace: Workspace) -> list[Stage]:
    """Return all stages, those of the Choquet head and of EcoTaxa's categories only where there is cause for them."""
    there = {"choquet": workspace.path(CHOQUET).exists(), "categories": any(workspace.root.glob(TABLES))}
    return [stage for stage in ALL if there.get(stage.name, True)]


def to_model(*, choquet: bool = False) -> list[Stage]:
    """Return the stages that a model needs, that of the Choquet head only when it is asked for."""
    return chosen(ALL, ["taxonomy", "concepts", "features", "train", *(["choquet"] if choquet else [])])
