"""Names of the places in the page that a link can point to."""

import re

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
_TAXA = ("worms", "ecotaxa")


def node_anchor(node: str) -> str:
    """Return the anchor of a node's page.

    Parameters
    ----------
    node
        A CURIE; any text is taken.

    Returns
    -------
    str
        Distinct for distinct nodes, and safe in an attribute and in an address.

    Examples
    --------
    >>> node_anchor("worms:1080"), node_anchor("planktonset:copepod_calanoid_eggs"), node_anchor("seston:living")
    ('taxon-worms-1080', 'label-copepod_calanoid_eggs', 'node-seston.living')
    """
    prefix, colon, name = node.partition(":")
    if colon and prefix == "planktonset":
        return f"label-{_safe(name)}"
    if colon and prefix in _TAXA:
        return f"taxon-{prefix}-{_safe(name)}"
    return f"node-{_safe(prefix)}{'.' if colon else ''}{_safe(name)}"


def sentence_anchor(node: str, position: int) -> str:
    """Return the anchor of a sentence of a node's page."""
    return f"{node_anchor(node)}.s{position}"


def concept_anchor(node: str, concept: str) -> str:
    """Return the anchor of a concept in a node's page."""
    return f"{node_anchor(node)}.c.{'.'.join(map(_safe, concept.split('/')))}"


def silhouette_anchor(label: str) -> str:
    """Return the anchor of a label's silhouette."""
    return f"sil-{node_anchor(label)}"


def _safe(text: str) -> str:
    return _UNSAFE.sub(lambda match: f"~{ord(match[0]):x}~", text)
