"""Arrays and a JSON object in one safetensors file, of the same bytes each time."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.disk import write_bytes
from seston.encode.base import Matrix
from seston.errors import InvalidFeatures

FORMAT = 1


def quantised(values: Matrix, bits: int) -> dict[str, NDArray[Any]]:
    """Return `values` (n, d) as whole numbers of 8 or 16 bits with ``scale`` and ``offset`` (d,), or 32 bits as is."""
    if bits == 32:
        return {"values": values}
    levels, kind = 2**bits - 1, np.uint8 if bits == 8 else np.uint16
    low, high = (values.min(0), values.max(0)) if len(values) else (np.zeros(values.shape[1]),) * 2
    offset = low.astype(np.float32)
    scale = ((high.astype(np.float64) - low) / levels).astype(np.float32)
    steps = (values - offset) / np.where(scale > 0, scale, 1)
    return {"values": np.clip(np.rint(steps), 0, levels).astype(kind), "scale": scale, "offset": offset}


def dequantised(tensors: Mapping[str, NDArray[Any]]) -> Matrix:
    """Return the values (n, d) that `quantised` wrote, off by half a step at most."""
    if tensors["values"].dtype.kind == "f":
        return tensors["values"].astype(np.float32)
    values: Matrix = tensors["values"].astype(np.float32) * tensors["scale"] + tensors["offset"]
    return values


def write_tensors(path: Path, tensors: Mapping[str, NDArray[Any]], about: Mapping[str, Any]) -> None:
    """Write arrays and a JSON object as one safetensors file, deterministically."""
    from safetensors.numpy import save

    # One key only: safetensors writes its metadata in the order of a hash table, which changes from run to run.
    text = json.dumps(about, sort_keys=True, ensure_ascii=False)
    write_bytes(path, save({name: np.ascontiguousarray(tensors[name]) for name in sorted(tensors)}, {"seston": text}))


def read_tensors(path: Path, kind: str) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Read what `write_tensors` wrote.

    Raises
    ------
    InvalidFeatures
        If the file is missing, damaged, or of another kind or format.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "numpy") as file:
            about = json.loads((file.metadata() or {})["seston"])
            if about["kind"] != kind or about["format"] != FORMAT:
                raise damaged(path, f"it holds {about['kind']} of format {about['format']}, expected {kind} {FORMAT}")
            return {name: file.get_tensor(name) for name in sorted(file.keys())}, about
    except FileNotFoundError as error:
        raise InvalidFeatures(f"{path} does not exist.", hint="Make it with 'seston features'.") from error
    except (SafetensorError, OSError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise damaged(path, str(error)) from error


def damaged(path: Path, reason: str) -> InvalidFeatures:
    """Return the error for a file that cannot be used."""
    return InvalidFeatures(f"{path} holds no features that can be read: {reason}.", hint="Make the file again.")
