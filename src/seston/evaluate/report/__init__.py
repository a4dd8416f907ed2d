"""The report: one HTML file that a biologist reads with pleasure, and that needs no network."""

from seston.evaluate.report.data import ReportData
from seston.evaluate.report.page import render

__all__ = ["ReportData", "render"]
