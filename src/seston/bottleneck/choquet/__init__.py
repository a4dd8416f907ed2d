"""The Choquet head: at each node of the tree a 2-additive Choquet integral for each child.

``capacity`` holds the algebra, ``node`` the convex fit at one node, ``head`` what a fitted head is, ``train`` the way
from labelled features to it, and ``estimator`` the same as a scikit-learn classifier.
"""
