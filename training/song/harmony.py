"""Keys and chords of notes: Krumhansl & Schmuckler's key, the key bar by bar, and a beat-by-beat chord recogniser.

A chord is a number: 0 for none, otherwise 1 + 8 root + kind. A key is 2 tonic + (1 if minor).
"""

import numpy as np

from vocabulary import CHORD_TONES, KINDS

# Probe-tone ratings from the tonic upwards: Krumhansl & Kessler (1982).
MAJOR = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88]
MINOR = [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]


def unit(rows):
    centred = rows - rows.mean(axis=-1, keepdims=True)
    return centred / (np.linalg.norm(centred, axis=-1, keepdims=True) + 1e-9)


PROFILES = unit(np.array([np.roll(mode, tonic) for tonic in range(12) for mode in (MAJOR, MINOR)]))  # [24, 12]


def chroma(pitch, duration, longest=48):
    """Total duration of each pitch class, [12]; notes count at most `longest` positions."""
    return np.bincount(pitch % 12, weights=np.minimum(duration, longest), minlength=12)[:12]


def key_of(pitch, duration, last_bass=None, fifths=None):
    """The key of notes, 0-23. `fifths` (a signature) restricts the choice to its major and minor; the last bass note
    is evidence for its own tonic.
    """
    fit = PROFILES @ unit(chroma(pitch, duration))
    if last_bass is not None:
        fit[[2 * (last_bass % 12), 2 * (last_bass % 12) + 1]] += 0.2
    if fifths is not None:
        allowed = [2 * (7 * fifths % 12), 2 * ((7 * fifths + 9) % 12) + 1]
        return allowed[int(np.argmax(fit[allowed]))]
    return int(np.argmax(fit))


# How often a bar in a key contains each pitch class, from the tonic upwards: Temperley (2007), Music and Probability.
IN_MAJOR = [0.748, 0.060, 0.488, 0.082, 0.670, 0.460, 0.096, 0.715, 0.104, 0.366, 0.057, 0.400]
IN_MINOR = [0.712, 0.084, 0.474, 0.618, 0.049, 0.460, 0.105, 0.747, 0.404, 0.067, 0.133, 0.330]
CONTAINS = np.array([np.roll(mode, tonic) for tonic in range(12) for mode in (IN_MAJOR, IN_MINOR)])  # [24, 12]
# In nats: what another key costs, and each fifth between the two signatures; what the written key is worth in a bar.
MODULATION, FIFTH, WRITTEN = 7.0, 1.0, 0.8
FIFTHS = np.array([7 * (key // 2 + 3 * (key % 2)) % 12 for key in range(24)])
APART = np.abs(FIFTHS[:, None] - FIFTHS)
MODULATIONS = np.where(np.eye(24), 0, -MODULATION - FIFTH * np.minimum(APART, 12 - APART))  # [from, to]


def keys_by_bar(onset, duration, pitch, bars, written):
    """The key of each bar, [bars]: Viterbi over the pitch classes that sound in each bar.

    `bars` are the boundaries of the bars, one more than there are bars; `written` the written key of each bar, which
    is preferred.
    """
    count = len(bars) - 1
    first = np.searchsorted(bars, onset, side="right") - 1
    last = np.clip(np.searchsorted(bars, onset + duration, side="left") - 1, first, count - 1)
    present = np.zeros((count, 12))
    for begin, end, tone in zip(first, last, pitch % 12, strict=True):
        present[begin : end + 1, tone] = 1
    fit = present @ np.log(CONTAINS).T + (1 - present) @ np.log(1 - CONTAINS).T
    fit *= present.any(1, keepdims=True)
    fit[np.arange(count), written] += WRITTEN
    here = fit[0]
    back = np.zeros((count, 24), dtype=np.int64)
    for bar in range(1, count):
        via = here[:, None] + MODULATIONS
        back[bar] = via.argmax(0)
        here = via.max(0) + fit[bar]
    path = np.zeros(count, dtype=np.int64)
    key = int(here.argmax())
    for bar in range(count - 1, -1, -1):
        path[bar] = key
        key = back[bar, key]
    return path


# The recogniser knows the first seven kinds: 84 templates.
KNOWN = 7
TEMPLATES = np.zeros((12 * KNOWN, 12))
for root in range(12):
    for kind in range(KNOWN):
        TEMPLATES[root * KNOWN + kind, [(root + tone) % 12 for tone in CHORD_TONES[kind]]] = 1
OUTSIDE = -1.0
PRIOR = np.tile([0.0, 0.0, -0.16, -0.18, -0.14, -0.12, -0.25], 12)
BASS_ROOT, BASS_TONE = 0.4, 0.04
CHANGE, CHANGE_OFF_BEAT = 0.28, 0.42
BASS_BONUS = np.zeros((13, 12 * KNOWN))  # [bass pitch class, or 12 for none; template]
for bass in range(12):
    for index in range(12 * KNOWN):
        if index // KNOWN == bass:
            BASS_BONUS[bass, index] = BASS_ROOT
        elif TEMPLATES[index, bass]:
            BASS_BONUS[bass, index] = BASS_TONE


def by_beat(onset, duration, pitch, beats):
    """The sound in each beat: (weights [beats, 12] that sum to 1 or 0, lowest pitch class or 12 [beats]).

    `beats` are the boundaries of the beats, ascending, one more than there are beats.
    """
    count = len(beats) - 1
    first = np.clip(np.searchsorted(beats, onset, side="right") - 1, 0, count - 1)
    last = np.clip(np.searchsorted(beats, onset + duration, side="left") - 1, first, count - 1)
    spans = last - first + 1
    note = np.repeat(np.arange(len(onset)), spans)
    beat = np.repeat(first, spans) + np.arange(len(note)) - np.repeat(np.cumsum(spans) - spans, spans)
    sounding = np.minimum(onset[note] + duration[note], beats[beat + 1]) - np.maximum(onset[note], beats[beat])
    weights = np.zeros((count, 12))
    np.add.at(weights, (beat, pitch[note] % 12), np.maximum(sounding, 0) ** 0.5)
    lowest = np.full(count, 128)
    long_enough = sounding >= 3
    np.minimum.at(lowest, beat[long_enough], pitch[note][long_enough])
    total = weights.sum(1, keepdims=True)
    weights = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    return weights, np.where(lowest < 128, lowest % 12, 12)


def recognise(onset, duration, pitch, beats, strong):
    """The chord of each beat, [beats]: Viterbi over 84 templates, with a higher cost of changes where `strong` is
    false.
    """
    count = len(beats) - 1
    if count <= 0 or len(onset) == 0:
        return np.zeros(max(count, 0), dtype=np.int64)
    weights, bass = by_beat(onset, duration, pitch, beats)
    heard = weights.sum(1) > 0
    fit = weights @ TEMPLATES.T
    fit = (fit + OUTSIDE * (weights.sum(1, keepdims=True) - fit) + PRIOR + BASS_BONUS[bass]) * heard[:, None]
    cost = np.where(strong, CHANGE, CHANGE_OFF_BEAT)
    best = np.zeros((count, 12 * KNOWN))
    back = np.zeros((count, 12 * KNOWN), dtype=np.int16)
    here = fit[0]
    stay = np.arange(12 * KNOWN)
    for beat in range(1, count):
        top = int(here.argmax())
        jump = here[top] - cost[beat]
        change = jump > here
        back[beat] = np.where(change, top, stay)
        here = np.where(change, jump, here) + fit[beat]
    best = int(here.argmax())
    path = np.zeros(count, dtype=np.int64)
    for beat in range(count - 1, -1, -1):
        path[beat] = best
        best = int(back[beat][best])
    chords = 1 + KINDS * (path // KNOWN) + path % KNOWN
    # There is no chord before the first note or after the last.
    chords[: int(np.argmax(heard))] = 0
    chords[count - int(np.argmax(heard[::-1])) :] = 0
    return chords
