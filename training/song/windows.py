"""The input of one training step: a passage of a song as a sequence, with its plan and its tags.

A sequence consists of the given notes (first those after the passage), a start mark at the bar where composing begins,
the composed notes, and (only as a target) END. README.md, "Sequence", has the details.
"""

import dataclasses
import functools

import numpy as np

from pack import Songs
from score import BEAT
from song import beat_of
from vocabulary import (
    AGE,
    BAR_STEPS,
    BASS,
    CLASSES,
    COMPOSED,
    DISTANCE,
    DRUMS,
    END,
    GENRES,
    GIVEN,
    HARMONY,
    KEYS,
    KINDS,
    LEFT_IN_PIECE,
    LEFT_IN_SECTION,
    MELODY,
    METERS,
    PLAN,
    START,
    STYLES,
    TAG_OFFSET,
    TAG_WIDTH,
    UNKNOWN,
    duration_of,
    grade,
    letter_of,
    part_of,
    velocity_of,
)

# Probability of each style in training; within a style all notes are equally likely.
SHARES = {
    "pop": 0.15,
    "band": 0.05,
    "drums": 0.02,
    "lied": 0.18,
    "quartet": 0.12,
    "chorale": 0.06,
    "hymn": 0.03,
    "choir": 0.12,
    "oratorio": 0.04,
    "chamber": 0.09,
    "orchestra": 0.10,
    "piano": 0.03,
    "organ": 0.01,
}
PLAIN, PARTS_GIVEN, BARS_MISSING, MELODY_GIVEN = "plain", "parts", "bars", "melody"
KINDS_OF_WINDOW = ((PLAIN, 0.27), (PARTS_GIVEN, 0.07), (BARS_MISSING, 0.60), (MELODY_GIVEN, 0.06))
# Share of windows that are told no key, chords and sections, and of the tags only style and meter.
UNTOLD = {PLAIN: 0.2, BARS_MISSING: 0.5}
PAD = -1  # kind of padding after the sequence
NOT_TOLD = {name: size - 1 for name, size in PLAN.items()}
PLACES = list(PLAN)


@dataclasses.dataclass
class Sequence:
    """L positions. `kind` [L]; `fields` [L, 6]; `onset` [L] positions from the song's start; `plan` [L, fields of the
    plan]; `closed`: whether END follows. `tags` [TAG_WIDTH].
    """

    kind: np.ndarray
    fields: np.ndarray
    onset: np.ndarray
    plan: np.ndarray
    closed: bool
    tags: np.ndarray

    def __len__(self):
        return len(self.kind)


class Prepared:
    """A song as arrays."""

    def __init__(self, song):
        self.style, self.genre, self.tempo, self.given = song.style, song.genre, song.tempo, song.chords_given
        self.name, self.source = song.name, song.source
        self.notes = song.notes.astype(np.int32)
        self.bars = np.array([bar.start for bar in song.bars] + [song.bars[-1].start + song.bars[-1].length])
        self.beat = np.array([beat_of(bar) for bar in song.bars])
        names = [f"{bar.numerator}/{bar.denominator}" for bar in song.bars]
        self.meter = np.array([METERS.index(name) if name in METERS else METERS.index("other") for name in names])
        self.bar = np.searchsorted(self.bars, self.notes[:, 0], side="right") - 1  # for each note
        self.key_onset = np.array([onset for onset, _ in song.keys], dtype=np.int64)
        self.key = np.array([key for _, key in song.keys], dtype=np.int64)
        self.chord_onset = np.array([onset for onset, _ in song.chords], dtype=np.int64)
        self.chord = np.array([chord for _, chord in song.chords], dtype=np.int64)
        self.section_bar = np.array([bar for bar, _, _ in song.sections], dtype=np.int64)
        self.section = np.array([letter_of(letter) for _, letter, _ in song.sections], dtype=np.int64)
        self.returns = np.array([count > 0 for _, _, count in song.sections], dtype=np.int64)

    @property
    def count(self):
        return len(self.bars) - 1


class Corpus:
    """All songs of one split: every SOURCE.<split>.npz of a folder."""

    def __init__(self, folder, split):
        self.files = [Songs(path) for path in sorted(folder.glob(f"*.{split}.npz"))]
        if not self.files:
            raise SystemExit(f"No packed songs ({split}) in {folder}: run convert.py first.")
        self.songs = [(file, index) for file in range(len(self.files)) for index in range(len(self.files[file]))]
        sizes = np.array([np.diff(self.files[f].arrays["notes"][i : i + 2])[0] for f, i in self.songs])
        styles = np.array([self.files[f].arrays["style"][i] for f, i in self.songs])
        self.by_style = {}
        for number, style in enumerate(STYLES):
            members = np.flatnonzero(styles == number)
            if len(members):
                self.by_style[style] = (members, np.append(0, sizes[members].cumsum()))
        present = [style for style in SHARES if style in self.by_style]
        shares = np.array([SHARES[style] for style in present])
        self.present, self.shares = present, shares / shares.sum()
        self.prepared = functools.lru_cache(maxsize=20_000)(self.prepare)

    def prepare(self, number):
        file, index = self.songs[number]
        return Prepared(self.files[file][index])

    def draw(self, rng):
        """Draws a song and a note in it: first the style, then uniformly over its notes."""
        style = self.present[int(rng.choice(len(self.present), p=self.shares))]
        members, ends = self.by_style[style]
        place = int(rng.integers(0, ends[-1]))
        member = int(np.searchsorted(ends, place, side="right")) - 1
        return self.prepared(int(members[member])), place - int(ends[member])


def transposed_chord(chord, up):
    return np.where(chord > 0, 1 + (chord - 1 + KINDS * up) % (12 * KINDS), 0)


def transposed_key(key, up):
    return (key + 2 * up) % KEYS


def plan_of(song, onset, bar, up=0, told=frozenset(PLAN), passage=None):
    """The plan at places: onset [n], bar [n] -> [n, fields of the plan]. `up`: transposition in semitones; `told`:
    names of what is told; `passage`: the bar after the passage, if it has an end.
    """
    n = len(onset)
    plan = np.empty((n, len(PLAN)), dtype=np.int64)
    for i, name in enumerate(PLACES):
        plan[:, i] = NOT_TOLD[name]

    def put(name, values):
        plan[:, PLACES.index(name)] = values

    tonic = None
    if len(song.key) and "key" in told:
        key = transposed_key(song.key[np.maximum(0, np.searchsorted(song.key_onset, onset, side="right") - 1)], up)
        tonic = key // 2
        put("key", key)
    if len(song.chord) and "chord" in told:
        index = np.searchsorted(song.chord_onset, onset, side="right") - 1
        chord = np.where(index >= 0, transposed_chord(song.chord[np.maximum(index, 0)], up), 0)
        put("chord", chord)
        if tonic is not None:
            put("degree", np.where(chord > 0, 1 + (chord - 1 - KINDS * tonic) % (12 * KINDS), 0))
        if "next" in told and tonic is not None:
            more = index + 1 < len(song.chord)
            after = np.minimum(index + 1, len(song.chord) - 1)
            coming = transposed_chord(song.chord[after], up)
            coming = np.where(coming > 0, 1 + (coming - 1 - KINDS * tonic) % (12 * KINDS), 0)
            put("next", np.where(more, coming, NOT_TOLD["next"]))
            away = -(-(song.chord_onset[after] - onset) // BEAT)
            put("distance", np.where(more, np.clip(away, 1, DISTANCE) - 1, NOT_TOLD["distance"]))
    if len(song.section) and "section" in told:
        index = np.searchsorted(song.section_bar, bar, side="right") - 1
        inside = index >= 0
        index = np.maximum(index, 0)
        ends = np.append(song.section_bar[1:], song.count)
        put("section", np.where(inside, song.section[index], NOT_TOLD["section"]))
        put("return", np.where(inside, song.returns[index], NOT_TOLD["return"]))
        left = np.minimum(ends[index] - 1 - bar, LEFT_IN_SECTION)
        put("left_in_section", np.where(inside, left, NOT_TOLD["left_in_section"]))
    if "left_in_piece" in told:
        put("left_in_piece", np.minimum(song.count - 1 - bar, LEFT_IN_PIECE))
    if passage is not None and "left_in_passage" in told:
        left = passage - 1 - bar
        put("left_in_passage", np.where(left >= 0, np.minimum(left, LEFT_IN_PIECE), NOT_TOLD["left_in_passage"]))
    if "age" in told:
        put("age", np.minimum(bar, AGE))
    put("place", metrical(onset - song.bars[bar], song.bars[bar + 1] - song.bars[bar], song.beat[bar]))
    return plan


def metrical(offset, length, beat):
    """The metrical level of offsets in bars, [n]: 0 first, 1 middle, 2 another beat, 3 half, 4 quarter, 5 elsewhere.

    The halves of a dotted quarter are its eighths.
    """
    half = np.where(beat == 36, 12, beat // 2)
    place = np.full(len(offset), 5)
    place[offset % (half // 2) == 0] = 4
    place[offset % half == 0] = 3
    place[offset % beat == 0] = 2
    place[(2 * offset == length) & (offset % beat == 0)] = 1
    place[offset == 0] = 0
    return place


def bass_apart(notes):
    """Splits the bass off a pop song's piano: notes below E3 without another piano note below them."""
    notes = notes.copy()
    piano = np.flatnonzero(notes[:, 1] == part_of("piano", HARMONY))
    onsets, first = np.unique(notes[piano, 0], return_index=True)
    lowest = piano[first]  # notes are sorted by onset, part and pitch
    low = lowest[notes[lowest, 2] < 52]
    notes[low, 1] = part_of("bass", BASS)
    return notes


def other_classes(notes, rng):
    """Replaces the instruments of some parts: any instrument can play melody, accompaniment or bass."""
    notes = notes.copy()
    taken = set(np.unique(notes[:, 1]).tolist())
    for part in sorted(taken - {DRUMS}):
        if rng.random() < 0.5:
            role = part // len(CLASSES)
            new = role * len(CLASSES) + int(rng.integers(0, len(CLASSES)))
            if new not in taken:
                notes[notes[:, 1] == part, 1] = new
                taken.add(new)
    return notes


def ordered(notes):
    return notes[np.lexsort((notes[:, 2], notes[:, 1], notes[:, 0]))]


def tags_of(song, notes, bars, parts):
    """The tags of a passage: {name: values}. `bars`: their number; `parts`: all that play."""
    tags = {"style": [STYLES.index(song.style)], "meter": [int(np.bincount(song.meter).argmax())]}
    if song.genre:
        tags["genre"] = [GENRES.index(song.genre)]
    if song.tempo > 0:
        tags["tempo"] = [grade("tempo", song.tempo)]
    tags["parts"] = list(parts)
    tags["density"] = [grade("density", len(notes) / max(1, bars))]
    span = max(1, int((notes[:, 0] + notes[:, 3]).max() - notes[0, 0])) if len(notes) else 1
    pitched = notes[:, 1] != DRUMS
    if pitched.any():
        tags["polyphony"] = [grade("polyphony", notes[pitched, 3].sum() / span)]
    return tags


def vector_of(tags):
    vector = np.zeros(TAG_WIDTH, dtype=np.float32)
    for name, values in tags.items():
        vector[[TAG_OFFSET[name] + value for value in values]] = 1
    return vector


def fields_of(notes, bar, from_bar, bar_start):
    """Notes [n, 5] in order, the bar of each [n] and the bar that the first step is relative to -> fields [n, 6]; a
    bar step may exceed the network's maximum.
    """
    return np.stack(
        [
            np.diff(bar, prepend=from_bar),
            notes[:, 0] - bar_start[bar],
            notes[:, 1],
            notes[:, 2],
            duration_of(notes[:, 3]),
            velocity_of(notes[:, 4]),
        ],
        axis=1,
    )


def sequence_of(song, notes, bar, composed, first_bar, end_bar, length, tags, up=0, told=frozenset(PLAN)):
    """The sequence of a passage.

    notes [n, 5] in order, bar [n] the bar of each, composed [n] which of them are to be composed; composing begins in
    the bar `first_bar` and ends before `end_bar` (None: no set end, and no END). Given notes after the passage come
    first, so that those before it lead into it. At most `length` positions and END;
    a rest that is too long for a bar step also ends it.
    """
    order = np.flatnonzero(~composed)
    if end_bar is not None:
        order = np.concatenate([order[bar[order] >= end_bar], order[bar[order] < end_bar]])
    given, own = notes[order], notes[composed]
    given_bar, own_bar = bar[order], bar[composed]
    fields = fields_of(own, own_bar, first_bar, song.bars)
    closed = end_bar is not None
    too_long = np.flatnonzero(fields[:, 0] >= BAR_STEPS)
    room = length - 1 - len(given)
    stop = min(len(own), room, int(too_long[0]) if len(too_long) else len(own))
    if stop < len(own):
        own, own_bar, fields, closed = own[:stop], own_bar[:stop], fields[:stop], False
    before = fields_of(given, given_bar, given_bar[0] if len(given) else 0, song.bars)
    before[:, 0] = np.clip(before[:, 0], 0, BAR_STEPS - 1)
    start = song.bars[first_bar]
    onset = np.concatenate([given[:, 0], [start], own[:, 0]])
    bars = np.concatenate([given_bar, [first_bar], own_bar])
    kind = np.repeat([GIVEN, START, COMPOSED], [len(given), 1, len(own)])
    mark = np.zeros((1, 6), dtype=np.int64)
    mark[0, 5] = UNKNOWN
    plan = plan_of(song, onset, bars, up, told, end_bar)
    return Sequence(kind, np.concatenate([before, mark, fields]), onset, plan, closed, vector_of(tags))


def window(corpus, length, rng):
    """One augmented training sequence of at most `length` positions."""
    song, place = corpus.draw(rng)
    kind = str(rng.choice([name for name, _ in KINDS_OF_WINDOW], p=[share for _, share in KINDS_OF_WINDOW]))
    # Its start: as in the piano's windows, uniform over the notes and the same length before the first.
    count = len(song.notes)
    first_note = place if rng.random() < count / (count + length) else 0
    if count - first_note < length // 2:
        first_note = max(0, count - length + int(rng.integers(0, length // 4)))
    first_bar = int(song.bar[first_note])
    first_note = int(np.searchsorted(song.bar, first_bar))
    last_note = min(count, first_note + length - 1)
    notes, bar = song.notes[first_note:last_note].copy(), song.bar[first_note:last_note]
    whole = last_note == count
    end_bar = song.count if whole else int(bar[-1])  # the last bar may be cut off: only earlier bars are complete
    # Augmentation: key, instruments, loudness.
    pitched = notes[:, 1] != DRUMS
    up = 0
    if pitched.any():
        low, high = int(notes[pitched, 2].min()), int(notes[pitched, 2].max())
        up = int(rng.integers(max(-5, min(0, 21 - low)), min(6, max(0, 108 - high)) + 1))
        notes[pitched, 2] += up
    if song.style == "pop" and rng.random() < 0.4:
        notes = bass_apart(notes)
    if rng.random() < (0.5 if song.style == "pop" else 0.2):
        notes = other_classes(notes, rng)
    known = notes[:, 4] > 0
    if rng.random() < 0.4:
        notes[:, 4] = 0
    elif known.any():
        notes[known, 4] = np.clip(notes[known, 4] + rng.integers(-8, 9), 1, 127)
    order = np.lexsort((notes[:, 2], notes[:, 1], notes[:, 0]))
    notes, bar = notes[order], bar[order]
    parts = np.unique(notes[:, 1])
    little = rng.random() < UNTOLD.get(kind, 0.0)
    told = told_in_training(song, kind, little, rng)
    bars = max(1, end_bar - first_bar)
    tags = tags_of(song, notes, int(bar[-1]) - first_bar + 1, parts.tolist())
    if little:
        tags = {name: tags[name] for name in ("style", "meter")}
    elif rng.random() < 0.1:
        tags = {}
    else:
        tags = {name: values for name, values in tags.items() if rng.random() >= 0.15}
    composed = np.ones(len(notes), dtype=bool)
    passage = (first_bar, song.count if whole else None)
    if kind in (PARTS_GIVEN, MELODY_GIVEN) and len(parts) > 1 and bars >= 2:
        melodies = parts[parts // len(CLASSES) == MELODY]
        if len(melodies) and len(melodies) < len(parts) and (kind == MELODY_GIVEN or rng.random() < 0.5):
            given = melodies
        else:
            given = rng.permutation(parts)[: int(rng.integers(1, len(parts)))]
        composed = ~np.isin(notes[:, 1], given)
        passage = (first_bar, end_bar)
    elif kind == BARS_MISSING and bars >= 3:
        # Log-uniform: a gap is short next to what surrounds it.
        most = max(1, min(16, bars * 2 // 3))
        size = int(np.exp(rng.uniform(0, np.log(most + 1))))
        begin = first_bar + int(
            rng.choice([0, bars - size, int(rng.integers(0, bars - size + 1))], p=[0.10, 0.20, 0.70])
        )
        composed = (bar >= begin) & (bar < begin + size)
        if len(parts) > 1 and rng.random() < 0.3:
            composed &= np.isin(notes[:, 1], rng.permutation(parts)[: int(rng.integers(1, len(parts)))])
        passage = (begin, begin + size)
    if not composed.all():
        keep = (bar < end_bar) if not whole else np.ones(len(notes), dtype=bool)
        notes, bar, composed = notes[keep], bar[keep], composed[keep]
        if not composed.any():
            composed[:] = True
            passage = (first_bar, end_bar)
    return sequence_of(song, notes, bar, composed, *passage, length, tags, up, told)


def told_in_training(song, kind, little, rng):
    """What is told of the plan: each field or not; with `little`, at most where in the piece and in the passage a note
    stands. Chords are told half of the time where a recogniser found them in classical music. Fields dropped one by
    one are almost never all dropped, so that little is told on purpose.
    """
    classical = not song.given and song.style not in ("pop", "band", "hymn", "chorale", "drums")
    drop = {
        "key": 0.1,
        "chord": 0.0 if kind == MELODY_GIVEN else 0.5 if classical else 0.12,
        "next": 0.3,
        "section": 0.2,
        "left_in_piece": 0.3,
        "left_in_passage": 0.1,
        "age": 0.2,
    }
    names = ("left_in_piece", "left_in_passage", "age") if little else drop
    return frozenset(name for name in names if rng.random() >= drop[name])


@dataclasses.dataclass
class Batch:
    """B sequences of L positions and their targets: arrays [B, L, ...]."""

    kind: np.ndarray  # PAD after a sequence's end
    fields: np.ndarray
    onset: np.ndarray
    plan: np.ndarray
    targets: np.ndarray  # [B, L, 6]: the fields of the next position
    target_plan: np.ndarray  # [B, L, fields of the plan]: the plan at the next note
    counted: np.ndarray  # [B, L, 6]: which target fields are predictions
    tags: np.ndarray  # [B, TAG_WIDTH]


def batch_of(sequences, length):
    """Pads and stacks sequences of at most `length` positions."""
    b = len(sequences)
    batch = Batch(
        kind=np.full((b, length), PAD, dtype=np.int64),
        fields=np.zeros((b, length, 6), dtype=np.int64),
        onset=np.zeros((b, length), dtype=np.int64),
        plan=np.tile(np.array([NOT_TOLD[name] for name in PLACES]), (b, length, 1)),
        targets=np.zeros((b, length, 6), dtype=np.int64),
        target_plan=np.tile(np.array([NOT_TOLD[name] for name in PLACES]), (b, length, 1)),
        counted=np.zeros((b, length, 6), dtype=bool),
        tags=np.stack([s.tags for s in sequences]),
    )
    for i, s in enumerate(sequences):
        n = len(s)
        batch.kind[i, :n] = s.kind
        batch.fields[i, :n] = s.fields
        batch.onset[i, :n] = s.onset - s.onset.min()
        batch.plan[i, :n] = s.plan
        batch.targets[i, : n - 1] = s.fields[1:]
        batch.target_plan[i, : n - 1] = s.plan[1:]
        own = s.kind[1:] == COMPOSED
        batch.counted[i, : n - 1] = own[:, None]
        batch.counted[i, : n - 1, 5] &= s.fields[1:, 5] != UNKNOWN
        if s.closed:
            batch.targets[i, n - 1] = [END, 0, 0, 0, 0, 0]
            batch.counted[i, n - 1, 0] = True
    batch.targets[..., 5] = np.minimum(batch.targets[..., 5], UNKNOWN)
    return batch


def batch(corpus, windows, length, seed, step):
    """The windows of one step; depends only on the step number."""
    rng = np.random.default_rng([seed, step])
    return batch_of([window(corpus, length, rng) for _ in range(windows)], length)
