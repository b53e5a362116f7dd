"""Files with weights: checkpoints (train.py) and model folders (export.py)."""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

from model import Shape, Transformer
from vocabulary import VOCABULARY

CONTEXT = 512  # context length of the deployed network, in notes
# Version of model.json. 2: the tag `source` (two more rows in `tags` and `last_tags`), and after all other tensors
# `told.input` and `told.last`. If these are omitted or zero, and nothing is told, version 2 computes the same as 1.
VERSION = 2


def tensors_of(model, version=VERSION):
    """Names and shapes of a model file's tensors, in file order."""
    for name, tensor in model.state_dict().items():
        if version == 1 and name.startswith("told."):
            continue
        rows = len(VOCABULARY["sources"]) if version == 1 and name in ("tags", "last_tags") else 0
        yield name, (tensor.size(0) - rows, *tensor.shape[1:])


def read_model(path, weights="model"):
    """A checkpoint or a folder with model.json and weights.bin -> Transformer.

    weights: which ones of a checkpoint, "model" or "average". Raises ValueError if sizes do not match.
    """
    path = pathlib.Path(path)
    if not path.is_dir():
        state = torch.load(path, map_location="cpu", weights_only=False)
        if weights not in state:
            raise ValueError(f"{path} holds no weights called {weights}.")
        model = Transformer(state["shape"])
        model.load_state_dict(state[weights])
        return model.eval()
    description = json.loads((path / "model.json").read_text())
    shape = {name: size for name, size in description["shape"].items() if name != "context"}
    model = Transformer(Shape(**shape))
    values = np.fromfile(path / "weights.bin", dtype="<f2").astype(np.float32)
    tensors, end = model.state_dict(), 0
    for name, size in tensors_of(model, description.get("version", 1)):
        first, end = end, end + int(np.prod(size))
        if end > len(values):
            break
        tensor = torch.from_numpy(values[first:end].reshape(size))
        missing = tensors[name].size(0) - size[0]
        tensors[name] = F.pad(tensor, (0, 0, 0, missing)) if missing else tensor
    if end != len(values):
        raise ValueError(f"{path}/weights.bin holds {len(values)} numbers, not those of its model.json.")
    model.load_state_dict(tensors)
    return model.eval()
