"""Taxonomies, label tables, articles and images of others, read as records."""
