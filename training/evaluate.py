"""Nats a note of a checkpoint on a split.

    python evaluate.py --data DIR --checkpoint FILE [--split validation] [--every 1]

Every note but a piece's first, on the 10 ms grid, with 32 velocity bins; a bin of time that is
w ticks wide costs ln w more (uniform inside). Each note is predicted from the 256 to 512 notes
before it, or from the start mark on where there are fewer: the context that is served.
"""

import argparse
import json
import math
import pathlib

import numpy as np
import torch

from model import Transformer
from tags import tags_of_notes, vector_of
from vocabulary import DT_WIDTH_NATS, DURATION_WIDTH_NATS, FIELDS, to_tuples
from windows import MARK, Split, in_ticks

EVENTS_PER_NOTE = 4.042  # tokens that a note costs in Oore et al.'s encoding (MAESTRO v2 test)


def scored_windows(split, context, every):
    """Yields (tuples [context + 1, 5], tags [WIDTH], scored [context]) over the split's pieces."""
    hop = context // 2
    for piece in range(0, len(split), every):
        onset, pitch, velocity, duration = in_ticks(*split.notes(piece))
        tuples = np.array([MARK["start"], *to_tuples(onset, pitch, velocity, duration).tolist()])
        done = 1  # places scored: the first note's prediction does not count
        for first in range(0, max(1, len(tuples) - 1 - hop), hop):
            out = np.zeros((context + 1, 5), dtype=np.int64)
            part = tuples[first : first + context + 1]
            out[: len(part)] = part
            place = first + np.arange(context)  # of each prediction's input, in the piece
            scored = (place >= done) & (place < len(tuples) - 1)
            done = first + context
            notes = slice(max(0, first - 1), first + context)
            tags = tags_of_notes(onset[notes], pitch[notes], velocity[notes], duration[notes])
            yield out, vector_of(split.tags[piece] | tags), scored


@torch.no_grad()
def nats_per_note(model, split, context, every=1, tagged=False, batch=16):
    """(mean nats of each field [5] with in-bin widths, notes scored)."""
    total, notes, waiting = np.zeros(5), 0, []

    def score():
        nonlocal notes
        tuples, tags, scored = (np.stack(column) for column in zip(*waiting, strict=True))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            nats = model(torch.from_numpy(tuples), torch.from_numpy(tags if tagged else np.zeros_like(tags)))
        nats = nats.double().numpy()
        nats[..., 1] += DT_WIDTH_NATS[tuples[:, 1:, 1]]
        nats[..., 4] += DURATION_WIDTH_NATS[tuples[:, 1:, 4]]
        total[:] += nats[scored].sum(0)
        notes += scored.sum()
        waiting.clear()

    for entry in scored_windows(split, context, every):
        waiting.append(entry)
        if len(waiting) == batch:
            score()
    if waiting:
        score()
    return total / notes, int(notes)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--checkpoint", type=pathlib.Path, required=True)
    parser.add_argument("--split", default="validation")
    parser.add_argument("--context", type=int, default=512)
    parser.add_argument("--every", type=int, default=1, help="takes every n-th piece")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=False)
    model = Transformer(state["shape"])
    model.load_state_dict(state["model"])
    split = Split(options.data / f"{options.split}.npz")
    for tagged in (False, True):
        fields, notes = nats_per_note(model, split, options.context, options.every, tagged)
        total = fields.sum()
        result = {
            "split": options.split,
            "notes": notes,
            "context": options.context,
            "tags": "all" if tagged else "none",
            "step": state["step"],
            "nats": round(total, 4),
            "bits": round(total / math.log(2), 4),
            "perEvent": round(total / EVENTS_PER_NOTE, 4),
            "fields": dict(zip(FIELDS, fields.round(4).tolist(), strict=True)),
        }
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
