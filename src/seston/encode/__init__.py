"""Text and images to vectors, through frozen encoders; the feature store."""

from seston.encode.base import ImageEncoder, image_encoder
from seston.encode.efficientnet import EfficientNetLite0
from seston.encode.features import FeatureSet
from seston.encode.images import Encoded, encode_records, encode_to_file
from seston.encode.morphometry import MEASURES, Morphometry
from seston.encode.projection import Projection
from seston.encode.silhouette import load_silhouettes, silhouette

__all__ = [
    "MEASURES",
    "EfficientNetLite0",
    "Encoded",
    "FeatureSet",
    "ImageEncoder",
    "Morphometry",
    "Projection",
    "encode_records",
    "encode_to_file",
    "image_encoder",
    "load_silhouettes",
    "silhouette",
]
