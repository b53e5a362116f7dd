"""How busy the parts of each style are, from which the density of a song is drawn.

    python density.py --data packed --out ../../assets/plan/density.json

For each style and role, ten quantiles (5 %, 15 % ... 95 % of the parts) of two measures of a part in the first BARS
bars of a piece, from its first bar to its last: notes per bar; and how many notes sound on average, rests included
(drums: none). Parts with fewer than FEWEST notes do not count; roles of a style with fewer than FEWEST parts are left
out. `any` is all styles together.
"""

import argparse
import collections
import json
import pathlib

import numpy as np

from pack import Songs
from vocabulary import CLASSES, DRUMS, STYLES, VOCABULARY

BARS = 32
FEWEST = 8
QUANTILES = np.arange(0.05, 1, 0.1)
ROLES = [*VOCABULARY["roles"], "drums"]


def measures_of(notes, bar_starts):
    """Notes [n, 5] of a part, in order, and the starts of the bars and their end [bars + 1] -> (notes per bar, notes
    that sound on average).
    """
    bars = np.searchsorted(bar_starts, notes[[0, -1], 0], side="right") - 1
    span = bar_starts[bars[1] + 1] - bar_starts[bars[0]]
    return len(notes) / (bars[1] - bars[0] + 1), notes[:, 3].sum() / span


def count(files):
    """{style: {role: ([notes per bar], [sounding])}} of the parts in packed files."""
    found = collections.defaultdict(lambda: ([], []))
    for path in files:
        songs = Songs(path)
        for s in range(len(songs)):
            song = songs[s]
            starts = np.array([bar.start for bar in song.bars] + [song.bars[-1].start + song.bars[-1].length])
            starts = starts[: BARS + 1]
            notes = song.notes[song.notes[:, 0] < starts[-1]].astype(np.int64)
            for part in np.unique(notes[:, 1]):
                own = notes[notes[:, 1] == part]
                if len(own) < FEWEST:
                    continue
                role = "drums" if part == DRUMS else ROLES[part // len(CLASSES)]
                for style in (song.style, "any"):
                    for values, value in zip(found[style, role], measures_of(own, starts), strict=True):
                        values.append(value)
    return found


def quantiles(values):
    return np.quantile(values, QUANTILES).round(2).tolist()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    options = parser.parse_args()
    found = count(sorted(options.data.glob("*.train.npz")))
    out = {
        style: {
            role: {"notes": quantiles(notes), "sounding": [0] * len(QUANTILES) if role == "drums" else quantiles(sounds)}
            for role in ROLES
            for notes, sounds in [found[style, role]]
            if len(notes) >= FEWEST
        }
        for style in [*STYLES, "any"]
    }
    options.out.write_text(json.dumps(out) + "\n")


if __name__ == "__main__":
    main()
