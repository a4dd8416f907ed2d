"""The encoder that measures: silhouette and opacity of the main object, lengths in pixels.

All measures keep their value when the image is turned by a quarter or mirrored, save for what a skeleton of pixels
changes.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seston.encode.base import Matrix, check_images
from seston.encode.silhouette import Silhouette, pose, silhouette
from seston.vignettes import Grey

MEASURES: dict[str, str] = {
    "area": "pixels of the object of the largest summed opacity, holes left out, px²",
    "esd": "diameter of the circle of that area, px",
    "perimeter": "length of its outline, px",
    "major": "longer axis of the ellipse of equal second moments, px",
    "minor": "shorter axis of that ellipse, px",
    "elongation": "major / minor",
    "eccentricity": "of that ellipse, 0 a circle",
    "feret": "largest distance between two points of the outline, px",
    "hull_area": "area of the convex hull, px²",
    "solidity": "area with holes filled / hull_area",
    "convexity": "perimeter of the convex hull / perimeter",
    "circularity": "4π · area with holes filled / perimeter², 1 a disc",
    "holes": "number of holes of at least 4 px²",
    "hole_fraction": "share of the filled area that holes take",
    "objects": "number of connected objects",
    "skeleton_length": "pixels of the skeleton, px",
    "skeleton_ends": "ends of the skeleton: tips of appendages and tails",
    "skeleton_forks": "pixels of the skeleton where branches meet",
    "thickness": "largest distance of an inner point to the outline, twice, px",
    "thickness_ratio": "thickness / feret",
    "opacity_mean": "mean opacity of the object, 0 the ground to 1",
    "opacity_std": "spread of the opacity",
    "opacity_min": "5th percentile of the opacity",
    "opacity_max": "95th percentile of the opacity",
    "border_darkness": "mean opacity of the outer pixels / opacity_mean",
    "core_darkness": "mean opacity of the inner half by depth / opacity_mean",
    "texture": "mean step of opacity between neighbours / opacity_mean",
    "fuzziness": "share of the filled area, grown by 2 px, that is fainter than half the mean opacity",
    "symmetry_major": "overlap of the opacity with its mirror image across the longer axis, 1 the same",
    "symmetry_minor": "overlap of the opacity with its mirror image across the shorter axis",
    "offset": "distance of the centre of opacity from the centre of the silhouette / esd",
    "frame_long": "longer side of the image, px",
    "frame_short": "shorter side of the image, px",
    "frame_contact": "share of the image's border that the object touches",
}


class Morphometry:
    """Measures of the silhouette, which a biologist can read: see `MEASURES`.

    Examples
    --------
    >>> disc = np.full((40, 40), 255, np.uint8)
    >>> disc[10:30, 15:25] = 60
    >>> measured = dict(zip(Morphometry().columns, Morphometry().encode([disc])[0].tolist()))
    >>> measured["area"], round(measured["elongation"], 2)
    (200.0, 2.0)
    """

    name = "morphometry"
    # To be changed by hand whenever a measure changes; a test with fixed values notices.
    fingerprint = "ecb005eb75247b37"
    columns = tuple(MEASURES)
    width = len(MEASURES)

    def encode(self, images: Sequence[Grey]) -> Matrix:
        """Measure images.

        Parameters
        ----------
        images
            n arrays (height, width) of 8-bit grey values.

        Returns
        -------
        Matrix
            Measures (n, d), in the order of `columns`; lengths in px.

        Raises
        ------
        InvalidImage
            If an array has another type or shape, or no pixels.
        """
        check_images(images)
        rows = [list(measure(image).values()) for image in images]
        return np.array(rows, np.float32).reshape(len(images), self.width)


def measure(image: Grey) -> dict[str, float]:
    """Measure one image.

    Parameters
    ----------
    image
        Array (height, width) of 8-bit grey values.

    Returns
    -------
    dict
        A value for each of `MEASURES`, in that order.
    """
    body = silhouette(image)
    found = {**_shape(body), **_skeleton(body), **_opacity(body), **_symmetry(body), **_frame(body)}
    found["thickness_ratio"] = found["thickness"] / found["feret"]
    return {name: found[name] for name in MEASURES}


def _shape(body: Silhouette) -> dict[str, float]:
    from scipy.ndimage import binary_fill_holes, label
    from scipy.spatial import ConvexHull
    from scipy.spatial.distance import pdist
    from skimage.measure import perimeter_crofton

    filled = np.pad(binary_fill_holes(body.mask), 1)
    area, filled_area = float(body.mask.sum()), float(filled.sum())
    holes, _ = label(filled & ~np.pad(body.mask, 1))
    hole_areas = np.bincount(holes.ravel())[1:]
    _, _, variances = pose(body.mask.astype(np.float64))
    major, minor = 4 * np.sqrt(variances)
    hull = ConvexHull(_corners(body.mask))
    outline = float(perimeter_crofton(filled, 4))  # type: ignore[no-untyped-call]  # until scikit-image is annotated
    return {
        "area": area,
        "esd": float(np.sqrt(4 * area / np.pi)),
        "perimeter": outline,
        "major": float(major),
        "minor": float(minor),
        "elongation": float(major / minor),
        "eccentricity": float(np.sqrt(max(1 - (minor / major) ** 2, 0))),
        "feret": float(pdist(hull.points[hull.vertices]).max()),
        "hull_area": float(hull.volume),
        "solidity": filled_area / float(hull.volume),
        "convexity": float(hull.area) / outline,
        "circularity": 4 * np.pi * filled_area / outline**2,
        "holes": float((hole_areas >= 4).sum()),
        "hole_fraction": 1 - area / filled_area,
        "objects": float(body.objects),
    }


def _corners(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    # Corners of the first and last pixel of each row: they span an area even where the object is one pixel thin.
    rows = np.flatnonzero(mask.any(1))
    first = mask[rows].argmax(1)
    last = mask.shape[1] - mask[rows, ::-1].argmax(1)
    ends = np.concatenate([np.stack([rows + step, side], 1) for step in (0, 1) for side in (first, last)])
    return ends.astype(np.float64)


def _skeleton(body: Silhouette) -> dict[str, float]:
    from scipy.ndimage import convolve, distance_transform_edt
    from skimage.morphology import skeletonize

    padded = np.pad(body.mask, 1)
    skeleton = skeletonize(padded)  # type: ignore[no-untyped-call]  # until scikit-image is annotated
    around = convolve(skeleton.astype(np.int32), np.ones((3, 3), np.int32), mode="constant") - 1
    return {
        "skeleton_length": float(skeleton.sum()),
        "skeleton_ends": float((skeleton & (around == 1)).sum()),
        "skeleton_forks": float((skeleton & (around >= 3)).sum()),
        "thickness": 2 * float(distance_transform_edt(padded).max()),
    }


def _opacity(body: Silhouette) -> dict[str, float]:
    from scipy.ndimage import binary_dilation, binary_fill_holes, distance_transform_edt

    filled = binary_fill_holes(body.mask)
    depth = distance_transform_edt(np.pad(filled, 1))[1:-1, 1:-1]
    inside, opacity = body.opacity[body.mask], body.opacity
    mean = float(inside.mean())
    grown = binary_dilation(filled, np.ones((3, 3)), iterations=2)
    return {
        "opacity_mean": mean,
        "opacity_std": float(inside.std()),
        "opacity_min": float(np.percentile(inside, 5)),
        "opacity_max": float(np.percentile(inside, 95)),
        "border_darkness": float(opacity[filled & (depth < 2)].mean()) / mean,
        "core_darkness": float(opacity[depth >= depth.max() / 2].mean()) / mean,
        "texture": _steps(opacity, body.mask) / mean,
        "fuzziness": float((opacity[grown] < mean / 2).mean()),
    }


def _steps(opacity: NDArray[np.float64], mask: NDArray[np.bool_]) -> float:
    across = np.abs(np.diff(opacity, axis=1))[mask[:, 1:] & mask[:, :-1]]
    down = np.abs(np.diff(opacity, axis=0))[mask[1:] & mask[:-1]]
    steps = np.concatenate((across, down))
    return float(steps.mean()) if steps.size else 0.0


def _symmetry(body: Silhouette) -> dict[str, float]:
    from scipy.ndimage import gaussian_filter, map_coordinates

    inside = np.where(body.mask, body.opacity, 0.0)
    smooth = gaussian_filter(inside, 1.0, mode="constant")
    centre, axes, _ = pose(inside)
    rows, columns = np.nonzero(body.mask)
    points = np.stack([rows, columns], 1) - centre
    shape_centre = np.array([rows.mean(), columns.mean()])

    def mirrored(across: NDArray[np.float64]) -> float:
        images = points - 2 * np.outer(points @ across, across) + centre
        there = map_coordinates(smooth, images.T, order=1, mode="constant")
        here = smooth[rows, columns]
        return float(np.minimum(here, there).sum() / np.maximum(here, there).sum())

    esd = np.sqrt(4 * len(rows) / np.pi)
    return {
        "symmetry_major": mirrored(axes[1]),
        "symmetry_minor": mirrored(axes[0]),
        "offset": float(np.linalg.norm(centre - shape_centre) / esd),
    }


def _frame(body: Silhouette) -> dict[str, float]:
    mask = body.mask
    border = np.concatenate((mask[0], mask[-1], mask[1:-1, 0], mask[1:-1, -1]))
    return {
        "frame_long": float(max(mask.shape)),
        "frame_short": float(min(mask.shape)),
        "frame_contact": float(border.mean()),
    }
