"""Puts the authored files and the bundled data into a wheel; an editable install reads them where they lie."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundledFiles(BuildHookInterface[Any]):
    """Adds ``data``, ``ontology`` and ``queries`` as ``seston/_bundled``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Extend what goes into the wheel."""
        if version != "editable":
            build_data["force_include"] |= {name: f"seston/_bundled/{name}" for name in ("data", "ontology", "queries")}
