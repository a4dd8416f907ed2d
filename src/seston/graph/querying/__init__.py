"""Stores, endpoints and named queries."""
