"""Few labels: unlabelled images, and what the rows say about labels, take part."""
