"""Windows of a split: the input of one training step."""

import math
import multiprocessing
import signal
from typing import NamedTuple

import numpy as np

from tags import drop, tags_of_notes, tags_of_piece, vector_of
from vocabulary import (
    DT_EDGES,
    END,
    PIANO,
    SECTION,
    START,
    TICKS_PER_SECOND,
    TOLD_EDGES,
    middle_of,
    to_ticks,
    to_tuples,
    told_rows,
)

LOWEST, HIGHEST = 21, 108  # the piano's keys
MARK = {"start": [START, 0, 0, 0, 0], "end": [END, 0, 0, 0, 0], "section": [SECTION, 0, 0, 0, 0]}
TOLD_KINDS = list(TOLD_EDGES)
SHORTEST_GAP, FEWEST_AFTER = 4, 8  # notes
FEWEST_FOR_A_GAP = 32  # entries in a window
WIDE_AFTER = 0.15  # of windows with a gap: any number of notes after it, so that it can be near the beginning


class Mix(NamedTuple):
    """Proportions of windows."""

    infill: float = 0.2  # of all windows: with a gap
    told_nothing: float = 0.5  # of those without; the others, a third each: notes left, seconds left, both
    near_the_end: float = 0.5  # of windows that are told what is left




class Split:
    """One packed split (prepare.py), in memory."""

    def __init__(self, path):
        arrays = np.load(path)
        self.duration, self.pitch, self.velocity = (
            arrays[name].astype(np.int64) for name in ("duration", "pitch", "velocity")
        )
        self.start = arrays["start"]  # [pieces + 1]
        onset = np.cumsum(arrays["step"], dtype=np.int64)
        first = onset[self.start[:-1]] - arrays["step"][self.start[:-1]]  # on the piece's own clock
        self.onset = onset - np.repeat(first, np.diff(self.start))
        self.end = np.maximum.reduceat(self.onset + self.duration, self.start[:-1])  # end of each piece's last sound
        names = zip(arrays["composer"].tolist(), arrays["source"].tolist(), strict=True)
        self.tags = [tags_of_piece(*name) for name in names]

    def __len__(self):
        return len(self.start) - 1

    def notes(self, piece, first=0, last=None):
        """(onset, duration, pitch, velocity) of a piece's notes first .. last - 1, 0.1 ms."""
        a, b = self.start[piece], self.start[piece + 1]
        part = slice(a + first, b if last is None else min(b, a + last))
        return self.onset[part], self.duration[part], self.pitch[part], self.velocity[part]


class Windows(NamedTuple):
    """One window, or with one more axis a batch of them. T inputs, each of which predicts the next entry."""

    notes: np.ndarray  # int64 [T + 1, 5], tuples; places beyond a piece's end are zero
    tags: np.ndarray  # float32 [WIDTH]
    clock: np.ndarray  # int64 [T + 1], onset of each entry in ticks
    told: np.ndarray  # int64 [T + 1, 4], 1 + a row of the tables `told` for each kind of TOLD_KINDS; 0: not told
    counted: np.ndarray  # bool [T, 5], which fields of entries 1 .. T are predictions


def in_ticks(onset, duration, pitch, velocity):
    """Notes on the grid, sorted by (onset, pitch), since rounding may change the order."""
    onset, duration = to_ticks(onset, duration)
    order = np.lexsort((pitch, onset))
    return onset[order], pitch[order], velocity[order], duration[order]


def augmented(onset, duration, pitch, velocity, end, rng):
    """The music in other keys (-5 .. +6 semitones, within the keyboard), tempos (x 0.9 .. 1.1), dynamics (+- 8).

    Returns the four fields, and the end of the piece on the new clock (0.1 ms).
    """
    up = rng.integers(max(-5, LOWEST - pitch.min()), min(6, HIGHEST - pitch.max()) + 1)
    stretch = rng.uniform(0.9, 1.1)
    louder = rng.integers(-8, 9)
    shift = rng.uniform(0, 100)
    end = int((end - onset[0]) * stretch + shift)
    onset = ((onset - onset[0]) * stretch + shift).astype(np.int64)
    duration = np.maximum(1, duration * stretch).astype(np.int64)
    return (onset, duration, pitch + up, np.clip(velocity + louder, 1, 127)), end


def clock_of(tuples):
    """Onsets [n] in ticks as seen by the network: the cumulative sum of the middles of the bins of dt."""
    return np.cumsum(middle_of(tuples[:, 1], DT_EDGES))


def countdown(onset, notes_after, end, notes=True, seconds=True):
    """Told values about the piece's end: int64 [n, 4].

    onset, end: ticks, end being that of the last note to sound; notes_after: number of notes after each position. A
    start mark has the first note's onset.
    """
    told = np.zeros((len(onset), len(TOLD_KINDS)), dtype=np.int64)
    if notes:
        told[:, TOLD_KINDS.index("notes_left")] = told_rows("notes_left", notes_after)
    if seconds:
        left = np.maximum(0, end - onset) // TICKS_PER_SECOND
        told[:, TOLD_KINDS.index("seconds_left")] = told_rows("seconds_left", left)
    return told


def with_gap(tuples, onset, gap, after):
    """A window whose notes gap .. after - 1 are to be filled in: (tuples, clock, told, first counted entry).

    The notes after the gap come first, then those before it, then the gap's, then the mark `section`. tuples [n, 5]
    and onset [n] in ticks as in the piece; a start mark has the first note's onset.
    """
    k = len(tuples) - after
    before = clock_of(tuples[:after])
    clock = np.concatenate([before[gap - 1] + onset[after:] - onset[gap - 1], before, before[-1:]])
    tuples = np.concatenate([tuples[after:], tuples[:after], [MARK["section"]]])
    tuples[0, 1] = 0  # its distance from the gap's last note is not known yet
    told = np.zeros((len(tuples), len(TOLD_KINDS)), dtype=np.int64)
    told[:k, TOLD_KINDS.index("after")] = told_rows("after", 1)
    filling = slice(k + gap - 1, k + after)  # from the last note before the gap on
    told[filling, TOLD_KINDS.index("gap_left")] = told_rows("gap_left", clock[0] - clock[filling])
    return tuples, clock, told, k + 1


def drawn_gap(count, rng):
    """(first entry of the gap, first after it) for a window of that many entries."""
    length = int(math.exp(rng.uniform(math.log(SHORTEST_GAP), math.log(count // 3 + 1))))
    most = count - length - 1 if rng.random() < WIDE_AFTER else count // 3
    after = count - int(rng.integers(FEWEST_AFTER, most + 1))
    return after - length, after


def window(split, length, rng, mix=Mix()):
    """One augmented window of `length` inputs.

    A piece is enclosed by its start and end marks. The start of the window is uniform over the notes and the same
    length before the first, then moved into the piece, so that all notes are seen about equally often and the end as
    often as it occurs; only windows that are told what is left are drawn more often near the end.
    """
    infill = rng.random() < mix.infill
    kind = -1 if infill or rng.random() < mix.told_nothing else int(rng.integers(3))  # notes, seconds, both
    place = rng.integers(0, len(split.onset))
    piece = int(np.searchsorted(split.start, place, side="right")) - 1
    count = int(split.start[piece + 1] - split.start[piece])
    first = int(rng.integers(-length, count))
    if kind >= 0 and rng.random() < mix.near_the_end:
        first = count - int(rng.integers(0, 2 * length))
    first = max(0, min(first, count + 2 - (length + 1)))  # in the marked piece: 0 is its start mark
    # Includes the previous note, if any: the first note's dt is relative to it.
    before = int(first >= 2)
    raw, end = augmented(*split.notes(piece, max(0, first - 1) - before, first + length), split.end[piece], rng)
    notes = in_ticks(*raw)
    tuples, onset = to_tuples(*notes)[before:], notes[0][before:]
    tags = split.tags[piece] | tags_of_notes(*(field[before:] for field in notes))
    if first == 0:
        tuples = np.concatenate([[MARK["start"]], tuples])
        onset = np.concatenate([onset[:1], onset])
    if infill and len(tuples) >= FEWEST_FOR_A_GAP:
        gap, after = drawn_gap(min(len(tuples), length), rng)
        tuples, clock, told, counts_from = with_gap(tuples[:length], onset[:length], gap, after)
    else:
        notes_after = count - first - np.arange(len(tuples))
        told = countdown(onset, notes_after, (end + 50) // 100, kind in (0, 2), kind in (1, 2))
        if len(tuples) < length + 1:
            tuples = np.concatenate([tuples, [MARK["end"]]])
            told = np.concatenate([told, told[-1:]])
        clock, counts_from = clock_of(tuples), 1
    return filled_up(tuples, vector_of(drop(tags, rng)), clock, told, length, counts_from)


def filled_up(tuples, tags, clock, told, length, counts_from=1):
    """Pads a window of up to length + 1 entries; those from counts_from on count."""
    counts = counted(tuples)
    counts[:counts_from] = False
    fill = [(0, length + 1 - len(tuples)), (0, 0)]
    return Windows(np.pad(tuples, fill), tags, np.pad(clock, fill[0]), np.pad(told, fill), np.pad(counts, fill)[1:])


def stacked(windows):
    return Windows(*map(np.stack, zip(*windows, strict=True)))


def batch(split, windows, length, seed, step, mix=Mix()):
    """The windows of one step, a function of its number alone."""
    rng = np.random.default_rng([seed, step])
    return stacked([window(split, length, rng, mix) for _ in range(windows)])


def batches(split, requests, workers):
    """Yields batch(split, *request) for each of the requests, prepared by this many processes; 0: by this one."""
    if workers == 0:
        yield from (batch(split, *request) for request in requests)
        return
    # Forked processes share the split's memory.
    with multiprocessing.get_context("fork").Pool(workers, _share, [split]) as pool:
        waiting = []
        for request in requests:
            waiting.append(pool.apply_async(_batch_of_shared, request))
            if len(waiting) > 2 * workers:
                yield waiting.pop(0).get()
        for result in waiting:
            yield result.get()


def _share(split):
    global _shared
    _shared = split
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the training's handler is not for its helper processes


def _batch_of_shared(*request):
    return batch(_shared, *request)


def counted(tuples):
    """Which fields of tuples [n, 5] are predictions: all fields of a note, only the class of a mark."""
    notes = tuples[:, :1] == PIANO
    return np.concatenate([np.ones_like(notes), notes, notes, notes, notes], axis=1)
