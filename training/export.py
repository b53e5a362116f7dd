"""Writes a checkpoint as a model folder for the bot, and the fixture of the parity test.

    python export.py --checkpoint FILE --out DIR --typical-nats N [--weights average]
    python export.py --fixture FILE

OUT/model.json   version, shape, vocabulary, and the average loss per note of real music, in nats
OUT/weights.bin  every tensor, float16, little-endian, in the order of the model's parameters
"""

import argparse
import dataclasses
import json
import pathlib

import numpy as np
import torch

import memory
from model import Shape, Transformer
from tags import WIDTH as TAG_VALUES
from tags import tags_of_notes, vector_of
from vocabulary import DT_WIDTH_NATS, DURATION_WIDTH_NATS, FIELDS, VOCABULARY, to_tuples
from weights import CONTEXT, VERSION, read_model
from windows import MARK, countdown, with_gap


def write_model(model, out, typical_nats):
    out.mkdir(parents=True, exist_ok=True)
    tensors = [tensor.float().numpy().astype("<f2").tobytes() for tensor in model.state_dict().values()]
    (out / "weights.bin").write_bytes(b"".join(tensors))
    description = {
        "format": "note-transformer",
        "version": VERSION,
        "shape": dataclasses.asdict(model.shape) | {"context": CONTEXT},
        "typicalNats": typical_nats,
        "vocabulary": VOCABULARY,
    }
    (out / "model.json").write_text(json.dumps(description, ensure_ascii=False) + "\n")


def made_up_values(count, seed):
    """Reproducible numbers between -1 and 1, in any language: a linear congruential generator."""
    values = np.empty(count, dtype=np.float32)
    x = seed
    for i in range(count):
        x = (x * 1103515245 + 12345) % 2**31
        values[i] = x / 2**30 - 1
    return values


def made_up_model():
    """A small network with made-up weights; the test builds the same one."""
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


def logits_of(model, h, note):
    """Logits of each field, given the previous ones, from the start vector of the next note, h [D]."""
    logits = {}
    for name, field, value in zip(FIELDS, model.chain, note, strict=True):
        logits[name] = [float(f"{x:.6g}") for x in field(h).tolist()]
        h = h + field.embedding[value]
    return logits


MADE_UP_GATES = {vote: [-1.0, 0.5, 0.25, 0.5, -0.25] for votes in memory.VOTES.values() for vote in votes}


@torch.no_grad()
def fixture_of_memory():
    """Loss with a memory on music that repeats itself a little slower, and up to there, with one other note."""
    onset, pitch, velocity, duration = (field[:30] for field in made_up_notes(30))
    again = onset[-1] + 40 + onset * 11 // 10
    other = np.where(np.arange(30) == 12, pitch + 1, pitch)
    notes = [np.concatenate(each) for each in zip((onset, pitch, velocity, duration), (again, other, velocity, duration))]
    tuples = to_tuples(*notes)
    predicted = memory.predictions(made_up_model(), np.array([MARK["start"], *tuples.tolist()]))
    nats = np.zeros(5)
    logs = predicted[2]
    for field in memory.RECALLED:
        nats[field] = -logs[field][np.arange(1, len(tuples)), tuples[1:, field]].sum()
    for field, of_network, votes in memory.cases_of(*predicted):
        gates = [MADE_UP_GATES[vote] for vote in memory.VOTES[field]]
        nats[field] += of_network - memory.mixed(of_network, votes, gates)
    nats[1] += DT_WIDTH_NATS[tuples[1:, 1]].sum()
    nats[4] += DURATION_WIDTH_NATS[tuples[1:, 4]].sum()
    columns = ("onsetTicks", "pitch", "velocity", "durationTicks")
    return {
        "settings": memory.SETTINGS | {"gates": MADE_UP_GATES},
        "notes": [dict(zip(columns, map(int, note), strict=True)) for note in zip(*notes, strict=True)],
        "nats": {FIELDS[field]: round(nats[field] / (len(tuples) - 1), 6) for field in memory.RECALLED},
    }


def fixture():
    """Values that the TypeScript implementation must reproduce."""
    notes = made_up_notes(60)
    onset, _, _, duration = notes
    tags = tags_of_notes(*notes)
    tuples = to_tuples(*notes)
    model = made_up_model()
    no_tags = torch.zeros(1, TAG_VALUES)
    # As if 100 notes followed, and the last one ended 90 s after the first began.
    told = countdown(onset, 100 + len(tuples) - 1 - np.arange(len(tuples)), 9000)
    gap, after = 30, 45
    filling, clock, told_of_gap, _ = with_gap(tuples, onset, gap, after)
    with torch.no_grad():
        h = model.states(torch.from_numpy(tuples[None]), torch.from_numpy(vector_of(tags)[None]))[0, -1]
        marked = torch.from_numpy(np.array([[MARK["start"], *tuples.tolist()]]))
        nats = model(marked, no_tags)[0, 1:].double().numpy()  # of all notes except the first
        nats[:, 1] += DT_WIDTH_NATS[tuples[1:, 1]]
        nats[:, 4] += DURATION_WIDTH_NATS[tuples[1:, 4]]
        counting = model.states(torch.from_numpy(tuples[None]), no_tags, told=torch.from_numpy(told[None]))[0, -1]
        arrays = (torch.from_numpy(array[None, :-1]) for array in (filling, clock, told_of_gap))
        tuples_of_gap, clock_of_gap, rows_of_gap = arrays
        full = model.states(tuples_of_gap, no_tags, clock_of_gap, rows_of_gap)[0, -1]
    columns = ("onsetTicks", "pitch", "velocity", "durationTicks")
    return {
        "notes": [dict(zip(columns, map(int, note), strict=True)) for note in zip(*notes, strict=True)],
        "tags": tags,
        "tuples": tuples.tolist(),
        "logits": logits_of(model, h, tuples[0]),
        "nats": dict(zip(FIELDS, nats.mean(0).round(6).tolist(), strict=True)),
        "countdown": {
            "notesAfterTheLast": 100,
            "endTicks": 9000,
            "rows": told.tolist(),
            "logits": logits_of(model, counting, tuples[0]),
        },
        "gap": {
            "first": gap,
            "after": after,
            "tuples": filling[:-1].tolist(),
            "clock": clock[:-1].tolist(),
            "rows": told_of_gap[:-1].tolist(),
            "logits": logits_of(model, full, tuples[0]),
        },
        "memory": fixture_of_memory(),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoint", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, help="folder of the model")
    parser.add_argument("--typical-nats", type=float, help="of evaluate.py, in-bin widths left out")
    parser.add_argument("--weights", choices=["model", "average"], default="model")
    parser.add_argument("--fixture", type=pathlib.Path, help="file of the parity test")
    options = parser.parse_args()
    if options.fixture:
        options.fixture.write_text(json.dumps(fixture()) + "\n")
    if options.checkpoint:
        if options.out is None or options.typical_nats is None:
            parser.error("--checkpoint needs --out and --typical-nats")
        write_model(read_model(options.checkpoint, options.weights), options.out, options.typical_nats)


if __name__ == "__main__":
    main()
