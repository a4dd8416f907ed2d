"""EcoTaxa: its tree, its REST service, and its import and export tables."""
