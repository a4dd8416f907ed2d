"""The atlas: the dictionary as pages that open in any browser, without a server and without a network."""

from seston.pipeline.dictionary.atlas.publish import publish_atlas

__all__ = ["publish_atlas"]
