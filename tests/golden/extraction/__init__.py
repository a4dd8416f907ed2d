"""The gold set of extraction: drawn sentences, two passes of labels, and the score of an extractor against them."""
