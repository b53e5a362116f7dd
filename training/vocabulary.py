"""The note tuple: one position per note, five fields (see README.md, "Representation").

All constants are in vocabulary.json, which the TypeScript implementation reads too. Time is in ticks of 10 ms. Bin b
of a binned field contains the integers edges[b] .. edges[b + 1] - 1.
"""

import json
import pathlib

import numpy as np

VOCABULARY = json.loads((pathlib.Path(__file__).parent / "vocabulary.json").read_text())

TICKS_PER_SECOND = VOCABULARY["ticksPerSecond"]
CLASSES = VOCABULARY["classes"]
PIANO = CLASSES.index("piano")
END = CLASSES.index("end")
SECTION = CLASSES.index("section")  # after the last note of a gap, to mark its end
START = len(CLASSES)  # precedes a piece's first note; an input only, never predicted
DT_EDGES = np.array(VOCABULARY["dtEdges"])  # [129]
DURATION_EDGES = np.array(VOCABULARY["durationEdges"])  # [257]
VELOCITIES_PER_BIN = VOCABULARY["velocitiesPerBin"]

# Values that a position can be told in addition to its window's tags, each a range of rows of the tables `told`; row
# b of a binned kind contains the integers edges[b] .. edges[b + 1] - 1, the last one all from its edge on.
TOLD_EDGES = {
    "notes_left": VOCABULARY["countdownEdges"],  # number of notes after this one until the piece's end
    "seconds_left": VOCABULARY["countdownEdges"],  # whole seconds from its onset to the end of the last note
    "gap_left": VOCABULARY["gapEdges"],  # ticks from its onset to that of the first note after the gap
    "after": [1],  # 1: this note is after the gap
}
TOLD_OFFSETS = dict(zip(TOLD_EDGES, np.cumsum([0, *map(len, TOLD_EDGES.values())]).tolist(), strict=False))
TOLD_ROWS = sum(map(len, TOLD_EDGES.values()))  # 58

FIELDS = ["class", "dt", "pitch", "velocity", "duration"]
# Number of values of each field's prediction.
SIZES = [len(CLASSES), len(DT_EDGES) - 1, 128, 128 // VELOCITIES_PER_BIN, len(DURATION_EDGES) - 1]

# ln of each bin's width: the additional loss for a uniform distribution within the bin.
DT_WIDTH_NATS = np.log(np.diff(DT_EDGES))  # [128]
DURATION_WIDTH_NATS = np.log(np.diff(DURATION_EDGES))  # [256]


def bin_of(ticks, edges):
    """The bins of integers; values beyond the last edge are in the last bin."""
    return np.clip(np.searchsorted(edges, ticks, side="right") - 1, 0, len(edges) - 2)


def middle_of(bins, edges):
    """The integer in the middle of each bin, the lower of two."""
    return (edges[bins] + edges[bins + 1] - 1) // 2


def to_ticks(onset, duration):
    """Tenths of a millisecond -> (onset, duration) in ticks; both ends are rounded, notes last at least one tick."""
    first = (onset + 50) // 100
    last = (onset + duration + 50) // 100
    return first, np.maximum(last - first, 1)


def to_tuples(onset, pitch, velocity, duration):
    """Notes (ticks; velocity 1-127) in order -> int64 [n, 5]. The first note's dt is 0."""
    n = len(onset)
    tuples = np.empty((n, 5), dtype=np.int64)
    tuples[:, 0] = PIANO
    tuples[:, 1] = bin_of(np.diff(onset, prepend=onset[:1]), DT_EDGES)
    tuples[:, 2] = pitch
    tuples[:, 3] = (velocity - 1) // VELOCITIES_PER_BIN
    tuples[:, 4] = bin_of(duration, DURATION_EDGES)
    return tuples


def from_tuples(tuples):
    """int64 [n, 5] -> (onset, pitch, velocity, duration), each at the middle of its bin."""
    onset = np.cumsum(middle_of(tuples[:, 1], DT_EDGES))
    velocity = tuples[:, 3] * VELOCITIES_PER_BIN + 1 + (VELOCITIES_PER_BIN - 1) // 2
    return onset, tuples[:, 2], velocity, middle_of(tuples[:, 4], DURATION_EDGES)


def told_rows(kind, values):
    """Integers -> 1 + their row of `told`; 0 means not told."""
    edges = TOLD_EDGES[kind]
    return TOLD_OFFSETS[kind] + np.clip(np.searchsorted(edges, values, side="right"), 1, len(edges))
