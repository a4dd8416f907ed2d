"""Whether concepts carry over to labels never seen, whether decisions rest on them, what answers up the tree gain."""
