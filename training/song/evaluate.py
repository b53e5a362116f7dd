"""Nats per note of a checkpoint on held-out pieces, by style, compared with unigram and chained bigram.

    python evaluate.py --data DIR --checkpoint FILE [--notes 20000] [--told style,meter,plan]

All notes count, except the first of a piece and its END; velocities do not. A note is predicted from the 256 to 512
preceding notes: windows begin at a bar with a start mark, and only their second half counts, except in the first
window of a piece. `--told`: style, meter, parts, tags (all of them), chords, key, plan (all).
"""

import argparse
import json
import pathlib

import numpy as np
import torch

from baselines import Baselines
from model import SongTransformer
from train import LONG, nats_of, tensors_of
from vocabulary import FIELDS, PLAN
from windows import Corpus, batch_of, sequence_of, tags_of


def plan_fields(told):
    """The plan fields in a list of what is told."""
    if "plan" in told:
        return frozenset(PLAN)
    fields = set()
    if "chords" in told:
        fields |= {"chord", "next"}
    if "key" in told:
        fields.add("key")
    return frozenset(fields)


def told_tags(song, notes, bars, told):
    tags = tags_of(song, notes, bars, np.unique(song.notes[:, 1]).tolist())
    if "tags" in told:
        return tags
    return {name: values for name, values in tags.items() if name in told}


def scored_sequences(song, length, told):
    """Yields (sequence, scored [length]) over a song: each note's prediction is scored once."""
    count = len(song.notes)
    done, first = 0, 0
    fields = plan_fields(told)
    while done < count:
        bar = int(song.bar[first])
        first = int(np.searchsorted(song.bar, bar))
        last = min(count, first + length - 1)
        notes = song.notes[first:last]
        if last - first < 2:
            break
        tags = told_tags(song, notes, int(song.bar[last - 1]) - bar + 1, told)
        whole = np.ones(len(notes), dtype=bool)
        s = sequence_of(song, notes, song.bar[first:last], whole, bar if first else 0, None, length, tags, 0, fields)
        scored = np.zeros(length, dtype=bool)
        made = len(s) - 1  # number of notes in it
        scored[max(0, done - first) : made] = True
        yield s, scored
        if made == 0:
            first = done = max(done, first) + 1
            continue
        done = max(done, first + made)
        # A rest that is too long for a bar step begins a new window.
        first = first + made if made < len(notes) else max(first + 1, done - length // 2)


@torch.no_grad()
def nats_per_note(model, songs, length, told, most=None, batch=8):
    """(mean nats of each field [6], number of scored notes) over prepared songs, at most `most` notes."""
    total, notes, waiting = np.zeros(6), 0, []

    def score():
        nonlocal notes
        made = batch_of([s for s, _ in waiting], length)
        scored = np.stack([mask for _, mask in waiting])
        made.counted &= scored[..., None]
        made.counted[..., 1:] &= made.counted[..., :1]
        nats, counts = nats_of(model, tensors_of(made, torch.device("cpu")))
        total[:] += nats.double().numpy()
        notes += int(counts[1])
        waiting.clear()

    for song in songs:
        for entry in scored_sequences(song, length, told):
            waiting.append(entry)
            if len(waiting) == batch:
                score()
        if most is not None and notes >= most:
            break
    if waiting:
        score()
    return total / max(1, notes), notes


def songs_of(corpus, style, most=None):
    """The prepared songs of a style, in a fixed shuffled order."""
    members, _ = corpus.by_style[style]
    return [corpus.prepared(int(i)) for i in np.random.default_rng(0).permutation(members)[:most]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--checkpoint", type=pathlib.Path, required=True)
    parser.add_argument("--length", type=int, default=LONG)
    parser.add_argument("--notes", type=int, help="a style, at most")
    parser.add_argument("--styles", help="with commas; all by default")
    parser.add_argument("--songs", type=int, help="held-out songs of a style, at most")
    parser.add_argument("--train-songs", type=int, default=400, help="of a style, that the baselines count")
    parser.add_argument("--told", default="style,meter,plan")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--no-baselines", action="store_true", help="leaves unigram and bigram out")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=False)
    model = SongTransformer(state["shape"])
    model.load_state_dict(state["model"])
    corpus = Corpus(options.data, "validation")
    train = None if options.no_baselines else Corpus(options.data, "train")
    told = frozenset(options.told.split(","))
    for style in options.styles.split(",") if options.styles else corpus.present:
        if style not in corpus.by_style:
            continue
        songs = songs_of(corpus, style, options.songs)
        fields, notes = nats_per_note(model, songs, options.length, told, options.notes)
        row = {"style": style, "notes": notes, "nats": round(float(fields[:5].sum()), 3)}
        if train is not None and style in train.by_style:
            base = Baselines()
            for song in songs_of(train, style, options.train_songs):
                base.add(song)
            sums = np.zeros(3)
            for song in songs:
                sums += base.nats(song)
                if options.notes is not None and sums[2] >= options.notes:
                    break
            row |= {"unigram": round(sums[0] / sums[2], 2), "bigram": round(sums[1] / sums[2], 2)}
            row["ofBigram"] = round(row["nats"] / row["bigram"], 3)
        row["fields"] = dict(zip(FIELDS, fields.round(3).tolist(), strict=True))
        row["step"], row["told"] = state["step"], sorted(told)
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
