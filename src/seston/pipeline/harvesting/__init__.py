"""Taxa, pages and tables of others into the workspace and back."""
