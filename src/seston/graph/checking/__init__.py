"""Numbered diagnostics and SHACL shapes."""
