"""Two feature sets side by side: what a network sees, and what is measured on the silhouette."""

import numpy as np

from seston.encode.features import FeatureSet

SPREAD = 5.0
"""Standard deviation that a measure is given, about that of the network's leading components."""


def joined(deep: FeatureSet, measures: FeatureSet, reference: FeatureSet) -> FeatureSet:
    """Set measures beside deep features, on a logarithmic scale and standardised by what is usual.

    Parameters
    ----------
    deep
        (n, d).
    measures
        (m, k), none negative; images that only one of both sets has are left out.
    reference
        (r, k) measures of the images that say what is usual.

    Returns
    -------
    FeatureSet
        (≤ n, d + k), in the order of `deep`.

    Raises
    ------
    InvalidFeatures
        If `measures` and `reference` are of different encoders.
    """
    measures.require(encoder=reference.encoder, fingerprint=reference.fingerprint, width=reference.width)
    usual = np.log1p(reference.values)
    spread = np.maximum(usual.std(axis=0), 1e-6)
    both = sorted(set(deep.ids) & set(measures.ids), key={name: row for row, name in enumerate(deep.ids)}.__getitem__)
    beside = SPREAD * (np.log1p(measures.select(both).values) - usual.mean(axis=0)) / spread
    return FeatureSet(
        f"{deep.encoder}+{measures.encoder}",
        f"{deep.fingerprint}+{measures.fingerprint}",
        tuple(both),
        np.hstack([deep.select(both).values, beside]),
    )
