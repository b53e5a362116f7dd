"""Nats per note of weights on a split (validation.py describes the cases).

    python evaluate.py --data DIR --model FILE-or-DIR [--every 1] [--pieces 1]

Prints one JSON object per line: plain music; endings, with and without being told what is left; gaps, with and
without the notes that follow.
"""

import argparse
import json
import math
import pathlib

import torch

import validation
from vocabulary import FIELDS
from weights import CONTEXT, read_model
from windows import Split

EVENTS_PER_NOTE = 4.042  # tokens per note in Oore et al.'s encoding (MAESTRO v2 test)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, required=True, help="a checkpoint or a model folder")
    parser.add_argument("--weights", choices=["model", "average"], default="model")
    parser.add_argument("--split", default="validation")
    parser.add_argument("--context", type=int, default=CONTEXT)
    parser.add_argument("--every", type=int, default=1, help="takes every n-th window of plain music; 0: none")
    parser.add_argument("--pieces", type=int, default=1, help="takes every n-th piece's end and gap; 0: none")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = read_model(options.model, options.weights).to(device)
    split = Split(options.data / f"{options.split}.npz")

    def tell(of, windows):
        fields, end, notes = validation.nats(model, windows, device)
        total = fields.sum()
        result = {"of": of, "split": options.split, "notes": notes, "nats": round(total, 4)}
        if of == "plain":
            result |= {"bits": round(total / math.log(2), 4), "perEvent": round(total / EVENTS_PER_NOTE, 4)}
        if of.startswith("endings"):
            result["endMark"] = round(end, 4)
        print(json.dumps(result | {"fields": dict(zip(FIELDS, fields.round(4).tolist(), strict=True))}), flush=True)

    if options.every:
        tell("plain", validation.plain(split, options.every, options.context))
    if options.pieces:
        for notes, seconds in ((False, False), (True, False), (False, True), (True, True)):
            told = " and ".join(name for name, is_told in (("notes", notes), ("seconds", seconds)) if is_told)
            windows = validation.endings(split, options.pieces, notes, seconds, options.context)
            tell(f"endings, told {told or 'nothing'}", windows)
        for right_side in (False, True):
            windows = validation.gaps(split, options.pieces, right_side, options.context)
            tell("gaps with what follows" if right_side else "gaps without what follows", windows)


if __name__ == "__main__":
    main()
