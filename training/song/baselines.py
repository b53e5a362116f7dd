"""Unigram and chained bigram models of songs: baselines for a network's loss.

A note consists of time (bar step and position as one symbol) + part + pitch + duration, without velocity. The chained
bigram predicts the time from the last position, the part from the last part, the pitch from the last pitch of that
part and the duration from the last duration of that part; each backs off to the unigram with weight 20.
"""

import collections

import numpy as np

from vocabulary import BAR_STEPS, DURATIONS, LONGEST_BAR, PARTS, duration_of

WEIGHT = 20
SMOOTHING = 0.5  # added to every count of the unigram
SIZES = (BAR_STEPS * LONGEST_BAR, PARTS, 128, len(DURATIONS))
FIRST = -1  # context of the first note of a piece or part


def symbols(song):
    """A prepared song's notes -> rows (time, part, pitch, duration), [n, 4], and the context of each, [n, 4]."""
    notes, bar = song.notes, song.bar
    step = np.minimum(np.diff(bar, prepend=0), BAR_STEPS - 1)
    position = notes[:, 0] - song.bars[bar]
    duration = duration_of(notes[:, 3])
    rows = np.stack([step * LONGEST_BAR + position, notes[:, 1], notes[:, 2], duration], axis=1)
    given = np.full(rows.shape, FIRST)
    given[1:, 0], given[1:, 1] = position[:-1], notes[:-1, 1]
    for part in np.unique(notes[:, 1]):
        mine = np.flatnonzero(notes[:, 1] == part)
        given[mine[1:], 2], given[mine[1:], 3] = notes[mine[:-1], 2], duration[mine[:-1]]
        given[mine, 2] += 1000 * int(part)  # each part has its own statistics
        given[mine, 3] += 1000 * int(part)
    return rows, given


class Baselines:
    """Counts over the training songs of one style."""

    def __init__(self):
        self.single = [np.full(size, SMOOTHING) for size in SIZES]
        self.pairs = [collections.Counter() for _ in SIZES]
        self.totals = [collections.Counter() for _ in SIZES]

    def add(self, song):
        rows, given = symbols(song)
        for i in range(4):
            self.single[i] += np.bincount(rows[:, i], minlength=SIZES[i])
            self.pairs[i].update(zip(given[:, i].tolist(), rows[:, i].tolist(), strict=True))
            self.totals[i].update(given[:, i].tolist())

    def nats(self, song):
        """Loss on a song's notes, in nats: (unigram, chained bigram, number of notes)."""
        rows, given = symbols(song)
        one = two = 0.0
        for i in range(4):
            base = self.single[i][rows[:, i]] / self.single[i].sum()
            pairs = list(zip(given[:, i].tolist(), rows[:, i].tolist(), strict=True))
            seen = np.array([self.pairs[i][pair] for pair in pairs])
            total = np.array([self.totals[i][g] for g, _ in pairs])
            one -= np.log(base).sum()
            two -= np.log((seen + WEIGHT * base) / (total + WEIGHT)).sum()
        return one, two, len(rows)
