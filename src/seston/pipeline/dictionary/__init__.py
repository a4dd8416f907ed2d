"""The dictionary of a workspace: what people add to it, and what is published of it."""
