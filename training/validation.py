"""Fixed windows of validation pieces, and a network's loss on them.

Nats per note, on the 10 ms grid, with 32 velocity bins; a time bin of w ticks adds ln w (uniform within the bin). No
tags are told.

plain    every note but a piece's first, predicted from the 256 to 512 preceding notes, or from the start
         mark if there are fewer: the deployed context
endings  the last 32 notes of pieces, and the mark `end`, with and without being told what is left
gaps     the notes of a gap, with and without the notes after it
"""

import numpy as np
import torch

from precision import autocast
from tags import WIDTH
from vocabulary import DT_WIDTH_NATS, DURATION_WIDTH_NATS, END, PIANO, to_tuples
from weights import CONTEXT
from windows import MARK, clock_of, countdown, drawn_gap, filled_up, in_ticks, stacked, with_gap

LAST = 32  # notes in an ending
SEED = 1  # for gaps


def marked(split, piece):
    """(tuples, onset, end) of a whole piece with its marks; onset [entries] and end in ticks."""
    onset, pitch, velocity, duration = in_ticks(*split.notes(piece))
    tuples = np.array([MARK["start"], *to_tuples(onset, pitch, velocity, duration).tolist(), MARK["end"]])
    return tuples, np.concatenate([onset[:1], onset, onset[-1:]]), int((onset + duration).max())


def untold(tuples, counts_from, length):
    told = countdown(tuples[:, 0], 0, 0, notes=False, seconds=False)
    return filled_up(tuples, np.zeros(WIDTH, np.float32), clock_of(tuples), told, length, counts_from)


def plain(split, every, context=CONTEXT):
    """Every n-th of the windows that cover the split."""
    hop = context // 2
    windows = []
    number = 0
    for piece in range(len(split)):
        tuples = marked(split, piece)[0][:-1]
        for first in range(0, max(1, len(tuples) - 1 - hop), hop):
            number += 1
            if (number - 1) % every == 0:
                # Places after the previous window's end count; the first note's prediction does not.
                windows.append(untold(tuples[first : first + context + 1], 2 if first == 0 else hop + 1, context))
    return windows


def endings(split, every, notes, seconds, context=CONTEXT):
    """The ends of every n-th piece; the last 32 notes and the mark `end` count."""
    windows = []
    for piece in range(0, len(split), every):
        tuples, onset, end = marked(split, piece)
        first = max(0, len(tuples) - (context + 1))
        notes_after = np.maximum(0, len(tuples) - 2 - np.arange(first, len(tuples)))
        tuples, onset = tuples[first:], onset[first:]
        told = countdown(onset, notes_after, end, notes, seconds)
        counts_from = len(tuples) - 1 - LAST
        tags = np.zeros(WIDTH, np.float32)
        windows.append(filled_up(tuples, tags, clock_of(tuples), told, context, counts_from))
    return windows


def gaps(split, every, right_side, context=CONTEXT):
    """A gap in every n-th piece; its notes count. right_side: whether the notes after it are given."""
    windows = []
    for piece in range(0, len(split), every):
        rng = np.random.default_rng([SEED, piece])
        tuples, onset, _ = marked(split, piece)
        tuples, onset = tuples[:-1], onset[:-1]
        first = int(rng.integers(0, max(1, len(tuples) - context)))
        tuples, onset = tuples[first : first + context], onset[first : first + context]
        gap, after = drawn_gap(len(tuples), rng)
        if right_side:
            tuples, clock, told, _ = with_gap(tuples, onset, gap, after)
            k = len(tuples) - 1 - after
            window = filled_up(tuples, np.zeros(WIDTH, np.float32), clock, told, context, k + gap)
        else:
            window = untold(tuples[:after], gap, context)
        window.counted[window.notes[1:, 0] != PIANO] = False
        windows.append(window)
    return windows


@torch.no_grad()
def nats(model, windows, device, batch=8):
    """(mean nats of each field over the counted notes [5], mean nats of counted `end` marks, number of notes)."""
    of_notes, of_ends, notes, ends = np.zeros(5), 0.0, 0, 0
    for first in range(0, len(windows), batch):
        some = stacked(windows[first : first + batch])
        arrays = [torch.from_numpy(array).to(device) for array in (some.notes, some.tags, some.clock, some.told)]
        with autocast(device):
            costs = model(*arrays).double().cpu().numpy()
        targets = some.notes[:, 1:]
        costs[..., 1] += DT_WIDTH_NATS[targets[..., 1]]
        costs[..., 4] += DURATION_WIDTH_NATS[targets[..., 4]]
        is_note = some.counted[..., 0] & (targets[..., 0] == PIANO)
        is_end = some.counted[..., 0] & (targets[..., 0] == END)
        of_notes += costs[is_note].sum(0)
        of_ends += costs[is_end][:, 0].sum()
        notes, ends = notes + int(is_note.sum()), ends + int(is_end.sum())
    return of_notes / max(1, notes), of_ends / max(1, ends), notes
