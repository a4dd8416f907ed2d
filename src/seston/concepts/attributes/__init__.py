"""Attributes of a register, its traits, as assertions: what they say of form, beside what texts say."""

from seston.concepts.attributes.reading import Reading, read_form

__all__ = ["Reading", "read_form"]
