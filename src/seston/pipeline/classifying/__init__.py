"""Images of a workspace to features, models, answers and explanations."""
