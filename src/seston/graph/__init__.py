"""Records to RDF and back: the columnar core, the hierarchy index, inheritance, stores, queries and checks."""
