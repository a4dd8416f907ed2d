"""Hierarchical metrics, held-out labels, baselines, controls and the report."""
