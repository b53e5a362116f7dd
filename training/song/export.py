"""Writes a checkpoint as a model folder for the bot, and the fixture of the parity test.

    python export.py --checkpoint FILE --out DIR --typical-nats N
    python export.py --fixture FILE

OUT/model.json   shape, vocabulary, names and shapes of the tensors, and the average loss per note of real music, in
nats
OUT/weights.bin  every tensor, float16, little-endian, in that order
"""

import argparse
import dataclasses
import json
import pathlib

import numpy as np
import torch

import windows
from model import NUMBER, ONSET, PITCH, START_PITCH, Shape, SongTransformer
from score import Bar
from song import Song
from train import LONG
from vocabulary import DRUMS, DURATIONS, FIELDS, PLAN, PLAN_OFFSET, SIZES, TAG_OFFSET, TAGS, VOCABULARY, part_of


def tensors_of(state_dict):
    return {name: tensor.float().numpy().astype("<f2") for name, tensor in state_dict.items()}


def description(shape, state_dict, context):
    """The content of model.json except the nats: everything needed to read and run the weights."""
    return {
        "format": "song-transformer",
        "shape": dataclasses.asdict(shape) | {"context": context},
        "fields": dict(zip(FIELDS, SIZES, strict=True)),
        "plan": PLAN,
        "tags": TAGS,
        "clocks": {
            "number": [round(float(x), 9) for x in NUMBER],
            "onset": [round(float(x), 9) for x in ONSET],
            "pitch": [round(float(x), 9) for x in PITCH],
            "startPitch": START_PITCH,
        },
        "durations": DURATIONS.tolist(),
        "tensors": [[name, list(tensor.shape)] for name, tensor in state_dict.items()],
        "vocabulary": VOCABULARY,
    }


def write_model(checkpoint, out, typical_nats):
    state = torch.load(checkpoint, map_location="cpu", weights_only=False)
    out.mkdir(parents=True, exist_ok=True)
    tensors = tensors_of(state["model"])
    (out / "weights.bin").write_bytes(b"".join(tensor.tobytes() for tensor in tensors.values()))
    model = description(state["shape"], state["model"], state["context"])
    model |= {"typicalNats": typical_nats, "trained": {"steps": state["step"], "notes": state["notes"]}}
    (out / "model.json").write_text(json.dumps(model) + "\n")


def made_up_values(count, seed):
    """Reproducible numbers between -1 and 1, in any language: a linear congruential generator."""
    values = np.empty(count, dtype=np.float32)
    x = seed
    for i in range(count):
        x = (x * 1103515245 + 12345) % 2**31
        values[i] = x / 2**30 - 1
    return values


def made_up_model():
    """A small network with made-up weights; the test builds the same one: tensor i from the seed i + 1, times 0.3."""
    model = SongTransformer(Shape(width=64, layers=2, heads=1, mlp=64, chain=32))
    for i, parameter in enumerate(model.parameters()):
        parameter.data = torch.from_numpy(made_up_values(parameter.numel(), i + 1).reshape(parameter.shape)) * 0.3
    return model


def made_up_song():
    """Six bars in 3/4 and 6/8, in D minor, for voice, piano, bass and drums."""
    bars, now = [], 0
    for i in range(6):
        bars.append(Bar(now, 72, 3 if i < 3 else 6, 4 if i < 3 else 8))
        now += 72
    notes = []
    for i in range(24):
        onset = 18 * i
        notes.append((onset, part_of("ensemble", 0), 62 + (5 * i) % 13, 12 + 6 * (i % 3), 0 if i % 4 else 40 + i))
        if i % 2 == 0:
            notes.append((onset, part_of("piano", 2), 50 + (7 * i) % 11, 36, 70))
            notes.append((onset, DRUMS, 36 + 2 * (i % 4), 6, 90))
        if i % 4 == 0:
            notes.append((onset, part_of("bass", 3), 38 + (3 * i) % 8, 300 if i == 20 else 72, 60))
    table = np.array(notes, dtype=np.int64)
    table = table[np.lexsort((table[:, 2], table[:, 1], table[:, 0]))]
    chords = [(0, 1 + 8 * 2 + 1), (72, 1 + 8 * 9 + 2), (180, 0), (216, 1 + 8 * 10), (324, 1 + 8 * 2 + 1)]
    return Song(
        name="made up",
        source="",
        work="",
        style="pop",
        genre="rock",
        tempo=100.0,
        bars=bars,
        keys=[(0, 2 * 2 + 1), (216, 2 * 5)],
        chords=chords,
        chords_given=True,
        sections=[(0, "i", 0), (2, "A", 0), (4, "A", 1)],
        notes=table,
    )


def fixture():
    """Values that the TypeScript implementation must reproduce: a passage with given notes, its plan, logits and
    nats.
    """
    song = windows.Prepared(made_up_song())
    notes = song.notes.astype(np.int64)
    composed = (song.bar >= 2) & (song.bar < 4) & (notes[:, 1] != DRUMS)
    tags = windows.tags_of(song, notes, 6, np.unique(notes[:, 1]).tolist())
    sequence = windows.sequence_of(song, notes, song.bar, composed, 2, 4, LONG, tags)
    made = windows.batch_of([sequence], len(sequence))
    model = made_up_model()
    arrays = (made.kind, made.fields, made.onset, made.plan)
    kind, fields, onset, plan = map(torch.from_numpy, arrays)
    tag_vector = torch.from_numpy(made.tags)
    with torch.no_grad():
        state = model.states(kind, fields, onset, plan, tag_vector)[0]
        start = int(np.flatnonzero(sequence.kind == 2)[0])
        h = state[start]
        target, told = made.targets[0, start], torch.from_numpy(made.target_plan[0, start])
        logits = {}
        for i, (name, field) in enumerate(zip(FIELDS, model.chain, strict=True)):
            if name == "part":
                h = h + model.told(told, model.next_plan)
            values = model.pitch_logits(h, told, torch.tensor(target[2])) if name == "pitch" else field(h)
            logits[name] = [float(f"{x:.6g}") for x in values.tolist()]
            if i < 5:
                h = h + field.embedding[target[i]]
        rest = (made.targets, made.target_plan)
        nats = model(kind, fields, onset, plan, *map(torch.from_numpy, rest), tag_vector)[0].double().numpy()
    counted = made.counted[0]
    sums = {name: float((nats[:, i] * counted[:, i]).sum().round(5)) for i, name in enumerate(FIELDS)}
    return {
        "song": {
            "bars": [[bar.start, bar.length, bar.numerator, bar.denominator] for bar in made_up_song().bars],
            "keys": made_up_song().keys,
            "chords": made_up_song().chords,
            "sections": made_up_song().sections,
            "notes": notes.tolist(),
            "columns": ["onset", "part", "pitch", "duration", "velocity"],
        },
        "composed": composed.tolist(),
        "passage": [2, 4],
        "tags": {name: [int(value) for value in values] for name, values in tags.items()},
        "tagPlaces": np.flatnonzero(made.tags[0]).tolist(),
        "tagOffsets": TAG_OFFSET,
        "planOffsets": PLAN_OFFSET,
        "kind": sequence.kind.tolist(),
        "fields": sequence.fields.tolist(),
        "onset": made.onset[0].tolist(),
        "plan": sequence.plan.tolist(),
        "closed": sequence.closed,
        "start": start,
        "logits": logits,
        "nats": sums,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoint", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, help="folder of the model")
    parser.add_argument("--typical-nats", type=float, help="of evaluate.py")
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
