"""Reads the weights of a model folder, to train on from them."""

import json
import math

import numpy as np
import torch

from model import Shape, SongTransformer


def read_model(folder):
    """A folder with model.json and weights.bin, as export.py writes it -> (Shape, tensors by name, in float32).

    Raises ValueError if the sizes do not match.
    """
    description = json.loads((folder / "model.json").read_text())
    shape = Shape(**{name: size for name, size in description["shape"].items() if name != "context"})
    values = np.fromfile(folder / "weights.bin", dtype="<f2").astype(np.float32)
    ends = np.cumsum([math.prod(size) for _, size in description["tensors"]])
    if ends[-1] != len(values):
        raise ValueError(f"{folder}/weights.bin holds {len(values)} numbers, not the {ends[-1]} of its model.json.")
    parts = np.split(values, ends[:-1])
    tensors = {
        name: torch.from_numpy(part.reshape(size))
        for (name, size), part in zip(description["tensors"], parts, strict=True)
    }
    SongTransformer(shape).load_state_dict(tensors)  # raises for other names or shapes
    return shape, tensors
