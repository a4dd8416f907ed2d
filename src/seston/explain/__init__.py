"""A prediction as steps down the tree, each with its evidence and its source sentences."""
