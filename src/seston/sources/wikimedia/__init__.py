"""Wikidata and Wikipedia: which page is about which taxon, and what it says."""
