"""The version of Seston, as `pyproject.toml` states it too (a test holds them equal)."""

VERSION = "0.1.0"
