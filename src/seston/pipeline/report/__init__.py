"""The stage that writes report.html."""
