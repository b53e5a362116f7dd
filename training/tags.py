"""Tags: properties of the music that can be requested, computed from the music itself.

A set of tags is a vector of zeros and ones, one place per value of each tag; a tag that is not given is zero
everywhere. Thresholds, names and their order are in vocabulary.json. Based on FIGARO (von Rütte et al. 2022) and
MuseCoco (Lu et al. 2023): attributes that need no human labels.
"""

import numpy as np

from vocabulary import TICKS_PER_SECOND, VOCABULARY

TAGS = VOCABULARY["tags"]
GRADES = VOCABULARY["gradedTags"]  # tag -> ascending thresholds; value v has grade #{thresholds <= v}
VALUES = {name: len(values) for name, values in TAGS.items()}
VALUES |= {name: len(limits) + 1 for name, limits in GRADES.items()}
VALUES["source"] = len(VOCABULARY["sources"])  # the newest tag has the last rows: older weights lack them
OFFSET = dict(zip(VALUES, np.cumsum([0, *VALUES.values()]).tolist(), strict=False))
WIDTH = sum(VALUES.values())

ERA_OF_COMPOSER = VOCABULARY["eraOfComposer"]
CHORD_TICKS = 3  # onsets this close together count as one chord
LONGEST_KEY_TICKS = 1 * TICKS_PER_SECOND  # longer notes count as this length for the key
CLEAR_KEY_MARGIN = VOCABULARY["clearKeyMargin"]

# Probe-tone ratings from the tonic upwards: Krumhansl & Kessler (1982).
MAJOR = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88]
MINOR = [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]


def _unit(rows):
    centred = rows - rows.mean(axis=-1, keepdims=True)
    return centred / np.linalg.norm(centred, axis=-1, keepdims=True)


# [24, 12]: C major, C minor, C# major, ...; centred, of unit length
KEY_PROFILES = _unit(np.array([np.roll(mode, tonic) for tonic in range(12) for mode in (MAJOR, MINOR)]))


def key_of(pitch, duration):
    """Krumhansl & Schmuckler's key, 0-23, or None if two keys fit about equally well."""
    weights = np.minimum(duration, LONGEST_KEY_TICKS)
    sounding = np.bincount(pitch % 12, weights=weights, minlength=12)
    if sounding.max() == sounding.min():
        return None
    correlation = KEY_PROFILES @ _unit(sounding)
    best, second = np.sort(correlation)[[-1, -2]]
    return int(np.argmax(correlation)) if best - second >= CLEAR_KEY_MARGIN else None


def measures(onset, pitch, velocity, duration):
    """The measures behind the graded tags, for at least two notes in onset order (ticks).

    tempo         median gap between onsets, ignoring gaps within chords, ticks; absent if there is only one chord
    density       notes per second
    loudness      mean velocity
    dynamics      standard deviation of velocity
    register      mean pitch
    polyphony     mean number of simultaneous notes
    articulation  median duration divided by the median gap
    """
    ticks = onset[-1] - onset[0] + 1
    values = {
        "density": len(onset) * TICKS_PER_SECOND / ticks,
        "loudness": velocity.mean(),
        "dynamics": velocity.std(),
        "register": pitch.mean(),
        "polyphony": duration.sum() / ticks,
    }
    gaps = np.diff(onset)
    gaps = gaps[gaps > CHORD_TICKS]
    if len(gaps) > 0:
        gap = np.median(gaps)
        values["tempo"] = gap
        values["articulation"] = np.median(duration) / gap
    return values


def tags_of_notes(onset, pitch, velocity, duration):
    """The tags computed from notes: {tag: value's index}."""
    tags = {
        name: int(np.searchsorted(GRADES[name], value, side="right"))
        for name, value in measures(onset, pitch, velocity, duration).items()
    }
    key = key_of(pitch, duration)
    if key is not None:
        tags["key"] = key
    return tags


def tags_of_piece(canonical, source):
    """The tags from a data set's table.

    canonical: a composer as in MAESTRO's table ("A / B" is B's arrangement of A's work), "" if unknown; for one who
    is missing in eraOfComposer, neither period nor genre are set: many wrote light music.
    """
    name = canonical.split(" / ")[0]
    composers = TAGS["composer"]
    tags = {
        "timebase": TAGS["timebase"].index("seconds"),
        "instruments": TAGS["instruments"].index("piano"),
        "source": VOCABULARY["sources"].index(source),
    }
    if name:
        tags["composer"] = composers.index(name if name in composers else "other")
    if name in ERA_OF_COMPOSER:
        tags["era"] = TAGS["era"].index(ERA_OF_COMPOSER[name])
        tags["genre"] = TAGS["genre"].index("classical")
    return tags


def vector_of(tags):
    """{tag: value's index} -> float32 [WIDTH] of zeros and ones."""
    vector = np.zeros(WIDTH, dtype=np.float32)
    for name, value in tags.items():
        vector[OFFSET[name] + value] = 1
    return vector


def drop(tags, rng, one=0.3, everything=0.2):
    """Omits each tag with probability `one`, and all of them with probability `everything`."""
    if rng.random() < everything:
        return {}
    return {name: value for name, value in tags.items() if rng.random() >= one}
