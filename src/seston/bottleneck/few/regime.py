"""What depends on how many images have labels, and on nothing else."""

from dataclasses import dataclass

AMPLE_FROM = 800


@dataclass(frozen=True)
class Regime:
    """How far to look, and how much to smooth.

    With few labels a wide neighbourhood and large ridges hold noise down; with more of them they blur what the labels
    tell. Both were set on own draws of 1 % and of 10 % of the train images (decision 12).

    Parameters
    ----------
    neighbours
        Images that an image is joined to.
    ridge, metric_ridge
        Of the discriminant and of the axes that tell labels apart, in mean eigenvalues of the covariance within labels.
    kernel_ridge
        Of the kernel opinion.
    """

    neighbours: int
    ridge: float
    metric_ridge: float
    kernel_ridge: float


FEW = Regime(neighbours=10, ridge=0.3, metric_ridge=1.0, kernel_ridge=0.1)
AMPLE = Regime(neighbours=4, ridge=0.1, metric_ridge=0.3, kernel_ridge=0.03)


def regime_of(labelled: int) -> Regime:
    """Return the regime for so many labelled images."""
    return AMPLE if labelled >= AMPLE_FROM else FEW
