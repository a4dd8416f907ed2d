"""Questions to the graph of a workspace, and its releases."""
