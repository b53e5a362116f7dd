"""Writes a checkpoint as the model folder that is served, and the fixture of the parity test.

    python export.py --checkpoint FILE --out DIR --typical-nats N
    python export.py --fixture FILE

OUT/model.json   shape, vocabulary, and the nats that a note of real music costs
OUT/weights.bin  every tensor, float16, little-endian, in the order of the model's parameters
"""

import argparse
import dataclasses
import json
import pathlib

import numpy as np
import torch

from model import Shape, Transformer
from tags import WIDTH as TAG_VALUES
from tags import tags_of_notes, vector_of
from train import LONG
from vocabulary import DT_WIDTH_NATS, DURATION_WIDTH_NATS, FIELDS, VOCABULARY, to_tuples
from windows import MARK


def write_model(checkpoint, out, typical_nats):
    state = torch.load(checkpoint, map_location="cpu", weights_only=False)
    out.mkdir(parents=True, exist_ok=True)
    tensors = [tensor.float().numpy().astype("<f2").tobytes() for tensor in state["model"].values()]
    (out / "weights.bin").write_bytes(b"".join(tensors))
    shape = dataclasses.asdict(state["shape"]) | {"context": LONG}
    model = {"format": "note-transformer", "shape": shape, "typicalNats": typical_nats, "vocabulary": VOCABULARY}
    (out / "model.json").write_text(json.dumps(model, ensure_ascii=False) + "\n")


def made_up_values(count, seed):
    """Numbers between -1 and 1 that any language makes alike: a linear congruential generator."""
    values = np.empty(count, dtype=np.float32)
    x = seed
    for i in range(count):
        x = (x * 1103515245 + 12345) % 2**31
        values[i] = x / 2**30 - 1
    return values


def made_up_model():
    """A small network with made-up weights; the test makes the same."""
    model = Transformer(Shape(width=64, layers=2, heads=1, mlp=64, chain=32))
    for i, parameter in enumerate(model.parameters()):
        parameter.data = torch.from_numpy(made_up_values(parameter.numel(), i + 1).reshape(parameter.shape)) * 0.3
    return model


def made_up_notes(count):
    """(onset, pitch, velocity, duration) in ticks: chords, runs and long notes."""
    onset = np.cumsum([(0, 12, 13, 1, 25, 140)[i % 6] for i in range(count)])
    pitch = np.array([48 + (7 * i) % 29 for i in range(count)])
    velocity = np.array([20 + (13 * i) % 100 for i in range(count)])
    duration = np.array([5 + (37 * i) % 300 for i in range(count)])
    order = np.lexsort((pitch, onset))
    return onset, pitch[order], velocity, duration


def fixture():
    """What the TypeScript side must compute too."""
    notes = made_up_notes(60)
    tags = tags_of_notes(*notes)
    tuples = to_tuples(*notes)
    model = made_up_model()
    with torch.no_grad():
        h = model.states(torch.from_numpy(tuples[None]), torch.from_numpy(vector_of(tags)[None]))[0, -1]
        marked = torch.from_numpy(np.array([[MARK["start"], *tuples.tolist()]]))
        nats = model(marked, torch.zeros(1, TAG_VALUES))[0, 1:].double().numpy()  # of every note but the first
        nats[:, 1] += DT_WIDTH_NATS[tuples[1:, 1]]
        nats[:, 4] += DURATION_WIDTH_NATS[tuples[1:, 4]]
        logits = {}
        for name, field, value in zip(FIELDS, model.chain, tuples[0], strict=True):
            logits[name] = [float(f"{x:.6g}") for x in field(h).tolist()]
            h = h + field.embedding[value]
    columns = ("onsetTicks", "pitch", "velocity", "durationTicks")
    return {
        "notes": [dict(zip(columns, map(int, note), strict=True)) for note in zip(*notes, strict=True)],
        "tags": tags,
        "tuples": tuples.tolist(),
        "logits": logits,
        "nats": dict(zip(FIELDS, nats.mean(0).round(6).tolist(), strict=True)),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoint", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, help="folder of the model")
    parser.add_argument("--typical-nats", type=float, help="of evaluate.py, in-bin widths left out")
    parser.add_argument("--fixture", type=pathlib.Path, help="file of the parity test")
    options = parser.parse_args()
    if options.fixture:
        options.fixture.write_text(json.dumps(fixture()) + "\n")
    if options.checkpoint:
        if options.out is None or options.typical_nats is None:
            parser.error("--checkpoint needs --out and --typical-nats")
        write_model(options.checkpoint, options.out, options.typical_nats)


if __name__ == "__main__":
    main()
