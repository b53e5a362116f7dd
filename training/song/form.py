"""The sections of music that does not name them: a passage that comes again is a section."""

import numpy as np

SHORTEST = 4  # bars of a passage that comes again
ALIKE = 0.6  # share of the notes of two bars, or of two passages, that are in both
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def form_of(notes, bars):
    """The sections of notes (columns as in a song), [(first bar, letter, number of earlier occurrences)]; none if
    nothing comes again.
    """
    source = first_occurrences(likeness_of(notes, bars))
    jumps = np.flatnonzero(np.diff(source) != 1) + 1
    if len(jumps) == 0:
        return []
    # Where one occurrence of a passage begins or ends, all of them are cut.
    cuts = {0, *source[jumps].tolist(), *(source[jumps - 1] + 1).tolist(), int(source[-1]) + 1}
    sections, seen = [], {}
    for bar in range(len(source)):
        if bar in jumps or int(source[bar]) in cuts:
            number, count = seen.get(int(source[bar]), (len(seen), 0))
            sections.append((bar, LETTERS[min(number, len(LETTERS) - 1)], count))
            seen[int(source[bar])] = (number, count + 1)
    return sections


def likeness_of(notes, bars):
    """For each pair of bars, the share of their notes that have the same position and pitch in both, [bars, bars]."""
    starts = np.array([bar.start for bar in bars])
    bar = np.searchsorted(starts, notes[:, 0], side="right") - 1
    _, kind = np.unique((notes[:, 0] - starts[bar]) * 128 + notes[:, 2], return_inverse=True)
    contains = np.zeros((len(bars), kind.max() + 1), dtype=np.float32)
    contains[bar, kind] = 1
    size = contains.sum(1)
    both = contains @ contains.T
    return both / np.maximum(1, size[:, None] + size - both)


def first_occurrences(likeness):
    """For each bar the one that it repeats, or itself, [bars]; only passages of at least SHORTEST bars count.

    `likeness` of each pair of bars, [bars, bars].
    """
    count = len(likeness)
    source = np.arange(count)
    bar = SHORTEST
    while bar + SHORTEST <= count:
        fit = np.mean([likeness[bar + k, k : bar - SHORTEST + 1 + k] for k in range(SHORTEST)], axis=0)
        at = int(fit.argmax())
        if fit[at] < ALIKE:
            bar += 1
            continue
        length = SHORTEST
        while at + length < bar and bar + length < count and likeness[bar + length, at + length] >= ALIKE:
            length += 1
        source[bar : bar + length] = source[at : at + length]
        bar += length
    return source
