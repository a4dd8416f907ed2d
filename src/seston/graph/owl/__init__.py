"""The OWL view of the graph, and reasoners that must come to what the graph says."""
