"""Windows of a split: what one step of training sees."""

import numpy as np

from tags import drop, tags_of_composer, tags_of_notes, vector_of
from vocabulary import END, PIANO, START, to_ticks, to_tuples

LOWEST, HIGHEST = 21, 108  # the piano's keys
MARK = {"start": [START, 0, 0, 0, 0], "end": [END, 0, 0, 0, 0]}


class Split:
    """One packed split (prepare.py), in memory."""

    def __init__(self, path):
        arrays = np.load(path)
        self.onset, self.duration, self.pitch, self.velocity = (
            arrays[name].astype(np.int64) for name in ("onset", "duration", "pitch", "velocity")
        )
        self.start = arrays["start"]  # [pieces + 1]
        self.tags = [tags_of_composer(name) for name in arrays["composer"].tolist()]

    def __len__(self):
        return len(self.start) - 1

    def notes(self, piece, first=0, last=None):
        """(onset, duration, pitch, velocity) of a piece's notes first .. last - 1, 0.1 ms."""
        a, b = self.start[piece], self.start[piece + 1]
        part = slice(a + first, b if last is None else min(b, a + last))
        return self.onset[part], self.duration[part], self.pitch[part], self.velocity[part]


def in_ticks(onset, duration, pitch, velocity):
    """Notes on the grid, in the order of (onset, pitch), in which rounding may leave them changed."""
    onset, duration = to_ticks(onset, duration)
    order = np.lexsort((pitch, onset))
    return onset[order], pitch[order], velocity[order], duration[order]


def augmented(onset, duration, pitch, velocity, rng):
    """Other keys (-5 .. +6 semitones, on the keyboard), tempi (x 0.9 .. 1.1), dynamics (+- 8) of the same music."""
    up = rng.integers(max(-5, LOWEST - pitch.min()), min(6, HIGHEST - pitch.max()) + 1)
    stretch = rng.uniform(0.9, 1.1)
    louder = rng.integers(-8, 9)
    onset = ((onset - onset[0]) * stretch + rng.uniform(0, 100)).astype(np.int64)
    duration = np.maximum(1, duration * stretch).astype(np.int64)
    return onset, duration, pitch + up, np.clip(velocity + louder, 1, 127)


def window(split, length, rng):
    """One augmented window: (tuples [length + 1, 5], tags [WIDTH]).

    A piece stands between its start and end marks. Where the window begins is uniform over
    the notes and as far before the first, then moved into the piece, so that every note is
    seen about equally often and the end as often as it happens. A piece that is too short
    is filled up with negative numbers.
    """
    place = rng.integers(0, len(split.onset))
    piece = int(np.searchsorted(split.start, place, side="right")) - 1
    count = int(split.start[piece + 1] - split.start[piece])
    first = int(rng.integers(-length, count))
    first = max(0, min(first, count + 2 - (length + 1)))  # in the marked piece: 0 is its start mark
    # One note more in front, where there is one: the first note's dt counts from it.
    before = int(first >= 2)
    raw = split.notes(piece, max(0, first - 1) - before, first + length)
    notes = in_ticks(*augmented(*raw, rng))
    tuples = to_tuples(*notes)[before:]
    marked = [MARK["start"]] * (first == 0) + tuples.tolist()
    if len(marked) < length + 1:
        marked.append(MARK["end"])
    out = np.full((length + 1, 5), -1, dtype=np.int64)
    out[: len(marked)] = marked
    tags = split.tags[piece] | tags_of_notes(*(field[before:] for field in notes))
    return out, vector_of(drop(tags, rng))


def batch(split, windows, length, seed, step):
    """The windows of one step, a function of its number alone: (int64 [B, T + 1, 5], float32 [B, WIDTH])."""
    rng = np.random.default_rng([seed, step])
    made = [window(split, length, rng) for _ in range(windows)]
    return np.stack([tuples for tuples, _ in made]), np.stack([tags for _, tags in made])


def counted(targets):
    """Which fields of the targets [..., 5] are predictions: all of a note, of a mark its class alone."""
    kind = targets[..., :1]
    fields = kind == PIANO
    return np.concatenate([kind >= 0, fields, fields, fields, fields], axis=-1)
