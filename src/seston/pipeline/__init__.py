"""Stages with declared inputs and outputs, in the order in which they feed each other."""
