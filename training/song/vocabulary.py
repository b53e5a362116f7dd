"""The numbers of songs: fields of a note, parts, chords, the plan and the tags (README.md says what each means).

All constants stand in vocabulary.json, which goes into the model's file too.
"""

import json
import pathlib

import numpy as np

VOCABULARY = json.loads((pathlib.Path(__file__).parent / "vocabulary.json").read_text())

BEAT = VOCABULARY["positionsPerBeat"]
LONGEST_BAR = VOCABULARY["longestBar"]
CLASSES = VOCABULARY["classes"]
ROLES = VOCABULARY["roles"]
DRUMS = len(CLASSES) * len(ROLES)  # the part of the drums, the last one
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

DURATIONS = np.concatenate([np.arange(a, b + 1, step) for a, b, step in VOCABULARY["durations"]])  # positions
VELOCITIES_PER_BIN = VOCABULARY["velocitiesPerBin"]
VELOCITIES = 128 // VELOCITIES_PER_BIN
UNKNOWN = VELOCITIES  # a velocity that is not known: an input, never an output

BAR_STEPS = VOCABULARY["barSteps"]
END = BAR_STEPS  # the bar step that says: the passage is over

FIELDS = ["bar", "position", "part", "pitch", "duration", "velocity"]
# How many values each field's prediction chooses from.
SIZES = [BAR_STEPS + 1, LONGEST_BAR, PARTS, 128, len(DURATIONS), VELOCITIES]


def part_of(class_name, role):
    """The number of a part: its role first, so that parts stand from the melody down to the bass."""
    return role * len(CLASSES) + CLASSES.index(class_name)


def name_of(part):
    """(class, role) of a part's number."""
    if part == DRUMS:
        return "drums", "drums"
    return CLASSES[part % len(CLASSES)], ROLES[part // len(CLASSES)]


def duration_of(positions):
    """The nearest duration's number, of two equally near the shorter."""
    middle = (DURATIONS[1:] + DURATIONS[:-1]) / 2
    return np.searchsorted(middle, positions, side="left")


def velocity_of(velocity):
    """1-127 -> number of the bin; 0 (not known) -> UNKNOWN."""
    velocity = np.asarray(velocity)
    return np.where(velocity > 0, (np.maximum(velocity, 1) - 1) // VELOCITIES_PER_BIN, UNKNOWN)


# The plan: what is told about a place, one value a field; the last value of a field means "not told".
LEFT_IN_SECTION, LEFT_IN_PIECE, AGE, DISTANCE = 16, 32, 8, 16  # the largest numbers told; more counts as these
PLAN = {
    "key": KEYS + 1,
    "chord": CHORDS + 1,  # from C
    "degree": CHORDS + 1,  # the same chord with its root counted from the tonic
    "next": CHORDS + 1,  # the next chord, from the tonic
    "distance": DISTANCE + 1,  # quarter notes to it, 1 up, rounded up: value d - 1
    "section": len(LETTERS) + 1,
    "return": 3,  # 0: the section is here for the first time, 1: it was before
    "left_in_section": LEFT_IN_SECTION + 2,
    "left_in_piece": LEFT_IN_PIECE + 2,
    "left_in_passage": LEFT_IN_PIECE + 2,
    "age": AGE + 2,  # bars since the piece began
    "place": 6,  # in the bar: first, middle, another beat, half a beat, a quarter of one, elsewhere; always told
}
PLAN_OFFSET = dict(zip(PLAN, np.cumsum([0, *PLAN.values()]).tolist(), strict=False))
PLAN_WIDTH = sum(PLAN.values())

# The tags: what is told about the whole piece, any number of ones.
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

COMPOSED, GIVEN, START = range(3)  # what a position of the sequence is


def letter_of(letter):
    """A section's letter as the plan tells it: lower case are passages without the melody."""
    names = {"i": "intro", "o": "outro", "A": "A", "B": "B", "C": "C", "D": "D"}
    return LETTERS.index(names.get(letter, "interlude" if letter.islower() else "other"))


def grade(name, value):
    """The grade of a value by the limits in vocabulary.json: how many of them it reaches."""
    return int(np.searchsorted(VOCABULARY[name + "Limits"], value, side="right"))
