"""The columnar core: taxa in preorder, the hierarchy index, inheritance."""
