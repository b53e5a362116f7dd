"""The numbers of songs: fields of a note, parts, chords, the plan and the tags (explained in README.md).

All constants are in vocabulary.json, which is also included in the model's file.
"""

import json
import pathlib

import numpy as np

VOCABULARY = json.loads((pathlib.Path(__file__).parent / "vocabulary.json").read_text())

BEAT = VOCABULARY["positionsPerBeat"]
LONGEST_BAR = VOCABULARY["longestBar"]
CLASSES = VOCABULARY["classes"]
ROLES = VOCABULARY["roles"]
DRUMS = len(CLASSES) * len(ROLES)  # the drum part, the last one
PARTS = DRUMS + 1
MELODY, COUNTER, HARMONY, BASS = range(4)

CHORD_TONES = VOCABULARY["chordTones"]
KINDS = len(CHORD_TONES)
CHORDS = 1 + 12 * KINDS
KEYS = 24
STYLES = VOCABULARY["styles"]
GENRES = VOCABULARY["genres"]
METERS = VOCABULARY["meters"]
LETTERS = VOCABULARY["sectionLetters"]

DURATIONS = np.concatenate([np.arange(a, b + 1, step) for a, b, step in VOCABULARY["durations"]])  # in positions
VELOCITIES_PER_BIN = VOCABULARY["velocitiesPerBin"]
VELOCITIES = 128 // VELOCITIES_PER_BIN
UNKNOWN = VELOCITIES  # an unknown velocity: an input, never an output

BAR_STEPS = VOCABULARY["barSteps"]
END = BAR_STEPS  # the bar step that ends a passage

FIELDS = ["bar", "position", "part", "pitch", "duration", "velocity"]
# Number of values of each field's prediction.
SIZES = [BAR_STEPS + 1, LONGEST_BAR, PARTS, 128, len(DURATIONS), VELOCITIES]


def part_of(class_name, role):
    """The number of a part: by role first, so that parts are ordered from the melody to the bass."""
    return role * len(CLASSES) + CLASSES.index(class_name)


def name_of(part):
    """(class, role) of a part's number."""
    if part == DRUMS:
        return "drums", "drums"
    return CLASSES[part % len(CLASSES)], ROLES[part // len(CLASSES)]


def duration_of(positions):
    """The number of the nearest duration; of two equally near ones, the shorter."""
    middle = (DURATIONS[1:] + DURATIONS[:-1]) / 2
    return np.searchsorted(middle, positions, side="left")


def velocity_of(velocity):
    """1-127 -> number of the bin; 0 (unknown) -> UNKNOWN."""
    velocity = np.asarray(velocity)
    return np.where(velocity > 0, (np.maximum(velocity, 1) - 1) // VELOCITIES_PER_BIN, UNKNOWN)


# The plan: what is told about a place, one value per field; the last value of a field means "not told".
LEFT_IN_SECTION, LEFT_IN_PIECE, AGE, DISTANCE = 16, 32, 8, 16  # maximum values of fields; more counts as these
PLAN = {
    "key": KEYS + 1,
    "chord": CHORDS + 1,  # from C
    "degree": CHORDS + 1,  # the same chord with its root relative to the tonic
    "next": CHORDS + 1,  # the next chord, relative to the tonic
    "distance": DISTANCE + 1,  # quarter notes to it, at least 1, rounded up: value d - 1
    "section": len(LETTERS) + 1,
    "return": 3,  # 0: first occurrence of the section, 1: a later one
    "left_in_section": LEFT_IN_SECTION + 2,
    "left_in_piece": LEFT_IN_PIECE + 2,
    "left_in_passage": LEFT_IN_PIECE + 2,
    "age": AGE + 2,  # bars since the start of the piece
    "place": 6,  # metrical level: first, middle, another beat, half a beat, a quarter of one, elsewhere; always told
}
PLAN_OFFSET = dict(zip(PLAN, np.cumsum([0, *PLAN.values()]).tolist(), strict=False))
PLAN_WIDTH = sum(PLAN.values())

# The tags: what is told about the whole piece, a multi-hot vector.
TAGS = {
    "style": len(STYLES),
    "genre": len(GENRES),
    "meter": len(METERS),
    "tempo": len(VOCABULARY["tempoLimits"]) + 1,
    "parts": PARTS,
    "density": len(VOCABULARY["densityLimits"]) + 1,
    "polyphony": len(VOCABULARY["polyphonyLimits"]) + 1,
}
TAG_OFFSET = dict(zip(TAGS, np.cumsum([0, *TAGS.values()]).tolist(), strict=False))
TAG_WIDTH = sum(TAGS.values())

COMPOSED, GIVEN, START = range(3)  # kinds of positions in a sequence


def letter_of(letter):
    """A section's letter in the plan; lower-case letters are passages without the melody."""
    names = {"i": "intro", "o": "outro", "A": "A", "B": "B", "C": "C", "D": "D"}
    return LETTERS.index(names.get(letter, "interlude" if letter.islower() else "other"))


def grade(name, value):
    """The grade of a value: the number of thresholds in vocabulary.json that it reaches."""
    return int(np.searchsorted(VOCABULARY[name + "Limits"], value, side="right"))
