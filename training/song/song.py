"""A song as packed and trained on, and its conversion from a score: parts, roles, bars, keys, chords."""

import dataclasses

import numpy as np

from form import form_of
from harmony import key_of, keys_by_bar, recognise
from instruments import class_of, class_of_program
from score import BEAT, Bar
from vocabulary import BASS, COUNTER, DRUMS, HARMONY, KINDS, LONGEST_BAR, MELODY, VOCABULARY, part_of

KIND_NUMBER = {name: i for i, name in enumerate(VOCABULARY["chordKinds"])}
KEYBOARDS = ("piano", "organ", "guitar", "chromatic-percussion")
FEWEST_NOTES = 24


@dataclasses.dataclass
class Song:
    """Notes are sorted by onset, part, pitch. Columns: onset, part, pitch, duration, velocity (0: unknown)."""

    name: str
    source: str
    work: str  # pieces of one work are in the same split
    style: str
    genre: str  # "" if unknown
    tempo: float  # quarter notes per minute
    bars: list  # [Bar], contiguous from 0 to the end
    keys: list  # [(onset, key 0-23)]
    chords: list  # [(onset, chord)]
    chords_given: bool
    sections: list  # [(first bar, letter, number of earlier occurrences)]
    notes: np.ndarray  # int64 [n, 5]


def even_bars(bars):
    """Splits bars for the network: those with two mensural bars become two, and none is longer than LONGEST_BAR."""
    out, new_index = [], []
    for bar in bars:
        new_index.append(len(out))
        unit = bar.nominal if bar.nominal and bar.length % bar.nominal == 0 else bar.length
        if unit > LONGEST_BAR:
            unit = 4 * BEAT
        now, end = bar.start, bar.start + bar.length
        while now < end:
            length = min(unit, end - now)
            out.append(Bar(now, length, bar.numerator, bar.denominator))
            now += length
    return out, new_index


def beat_of(bar):
    """Length of a bar's beat in positions: a dotted quarter in 6/8, 9/8 and 12/8, otherwise a quarter."""
    compound = bar.denominator == 8 and bar.numerator % 3 == 0 and bar.numerator > 3
    return 36 if compound else BEAT


def beats_of(bars):
    """Boundaries of the beats, and whether a beat is the first or the middle of its bar."""
    limits, strong = [], []
    for bar in bars:
        step = beat_of(bar)
        places = range(0, bar.length, step)
        for place in places:
            limits.append(bar.start + place)
            strong.append(place == 0 or (len(places) == 4 and place == 2 * step))
    limits.append(bars[-1].start + bars[-1].length)
    return np.array(limits), np.array(strong)


def mean_pitch(staff):
    return sum(note[2] for note in staff.notes) / len(staff.notes)


def lines(staves, top, roles):
    """Assigns roles to the staves of one class, from its `top` role down: {staff's id: role}.

    Up to four staves keep the order of the score, more are ordered by mean pitch. The last is the bass if it is the
    lowest of three or more, or if the score says so.
    """
    ordered = staves if len(staves) <= 4 else sorted(staves, key=mean_pitch, reverse=True)
    for i, staff in enumerate(ordered):
        last = i == len(ordered) - 1
        lowest = mean_pitch(staff) <= min(map(mean_pitch, ordered)) + 0.5
        if last and i > 0 and lowest and (len(ordered) >= 3 or mean_pitch(staff) < 53):
            roles[id(staff)] = BASS
        else:
            roles[id(staff)] = min(top + i, HARMONY)
    return roles


def roles_of(staves):
    """The part of each staff of a score: [(staff, part)]; omits percussion.

    Singers have the melody if there are any; other classes then begin with the counter-melody. Keyboards accompany
    with both hands; if alone, the right hand is the melody.
    """
    by_class = {}
    for staff in staves:
        kind = class_of(staff.name, staff.program)
        if kind is not None and staff.notes:
            by_class.setdefault(kind, []).append(staff)
    singers = "ensemble" in by_class
    roles = {}
    alone = len(by_class) == 1
    for kind, members in by_class.items():
        if kind == "ensemble":
            lines(members, MELODY, roles)
        elif kind in KEYBOARDS:
            keyboard_roles(members, alone, roles)
        else:
            first = kind == "strings" or not (singers or "strings" in by_class)
            lines(members, COUNTER if singers or not first else MELODY, roles)
    return [(staff, part_of(kind, roles[id(staff)])) for kind, members in by_class.items() for staff in members]


def keyboard_roles(members, alone, roles):
    for i, staff in enumerate(members):
        last = i == len(members) - 1
        if not alone:
            single = len(members) == 1 and mean_pitch(staff) < 53
            roles[id(staff)] = BASS if single else HARMONY
        elif i == 0:
            roles[id(staff)] = MELODY
        else:
            roles[id(staff)] = BASS if last and len(members) >= 3 and mean_pitch(staff) < 48 else HARMONY


def band_roles(staves):
    """The parts of a band's channels: bass and drums by class; of the others, the most active monophonic one is the
    melody, the next one the counter-melody.
    """
    out, lines_of = [], []
    for staff in staves:
        if staff.drums:
            out.append((staff, DRUMS))
            continue
        kind = class_of_program(staff.program or 0)
        if kind is None:
            continue
        if kind == "bass":
            out.append((staff, part_of(kind, BASS)))
        else:
            lines_of.append((staff, kind))

    def melodic(entry):
        notes = entry[0].notes
        onsets = len({note[0] for note in notes})
        return (onsets / len(notes)) ** 2 * min(onsets, 200) * (mean_pitch(entry[0]) - 36)

    lines_of.sort(key=melodic, reverse=True)
    has_bass = any(part != DRUMS for _, part in out)
    for i, (staff, kind) in enumerate(lines_of):
        role = MELODY if i == 0 else COUNTER if i == 1 and melodic((staff, kind)) > 0 else HARMONY
        if not has_bass and i == len(lines_of) - 1 and i > 0 and mean_pitch(staff) < 50:
            role = BASS
        out.append((staff, part_of(kind, role)))
    return out


POP_PARTS = {
    "MELODY": part_of("ensemble", MELODY),
    "BRIDGE": part_of("strings", COUNTER),
    "PIANO": part_of("piano", HARMONY),
}


def table_of(parts):
    """The notes of [(staff, part)] in order, int64 [n, 5]: of duplicates the longer one is kept, and a note ends
    where its part strikes the pitch again.
    """
    rows = [(on, part, pitch, length, velocity) for staff, part in parts for on, length, pitch, velocity in staff.notes]
    if not rows:
        return np.zeros((0, 5), dtype=np.int64)
    notes = np.array(rows, dtype=np.int64)
    notes = notes[np.lexsort((-notes[:, 3], notes[:, 0], notes[:, 2], notes[:, 1]))]
    same = (notes[1:, 1] == notes[:-1, 1]) & (notes[1:, 2] == notes[:-1, 2])
    keep = np.append(True, ~(same & (notes[1:, 0] == notes[:-1, 0])))
    notes = notes[keep]
    same = (notes[1:, 1] == notes[:-1, 1]) & (notes[1:, 2] == notes[:-1, 2])
    gap = notes[1:, 0] - notes[:-1, 0]
    cut = same & (notes[:-1, 3] > gap)
    notes[:-1, 3][cut] = gap[cut]
    return notes[np.lexsort((notes[:, 2], notes[:, 1], notes[:, 0]))]


def song_of(score, parts, **what):
    """Converts a score to a song. `parts`: [(staff, part)]; `what`: name, source, work, style, genre.

    Raises ValueError if it is too short for training.
    """
    notes = table_of(parts)
    if len(notes) < FEWEST_NOTES and what["style"] != "drums":
        raise ValueError("too few notes")
    if len(notes) < 6:
        raise ValueError("too few notes")
    bars, new_index = even_bars(score.bars)
    sections = [(new_index[bar], letter, count) for bar, letter, count in score.sections if bar < len(new_index)]
    # Trims silence before the first bar with a note, and after the last.
    limits = np.array([bar.start for bar in bars] + [bars[-1].start + bars[-1].length])
    notes = notes[notes[:, 0] < limits[-1]]
    first = int(np.searchsorted(limits, notes[0, 0], side="right")) - 1
    last = int(np.searchsorted(limits, notes[-1, 0], side="right")) - 1
    begin, end = limits[first], limits[last + 1]
    bars = [Bar(b.start - begin, b.length, b.numerator, b.denominator) for b in bars[first : last + 1]]
    notes = notes.copy()
    notes[:, 0] -= begin
    notes[:, 3] = np.minimum(notes[:, 3], end - begin - notes[:, 0])
    sections = [(max(0, bar - first), letter, count) for bar, letter, count in sections if bar <= last]
    pitched = notes[notes[:, 1] != DRUMS]
    keys = []
    if len(pitched):
        keys = with_modulations(keys_of(score.keys, pitched, begin, end - begin), pitched, bars)
        sections = sections or form_of(pitched, bars)
    if score.chords:
        chords = []
        for onset, root, kind in score.chords:
            chord = 0 if root is None else 1 + KINDS * root + KIND_NUMBER[kind]
            onset = max(0, onset - begin)
            if chords and chords[-1][0] == onset:
                chords.pop()
            if not chords or chords[-1][1] != chord:
                chords.append((onset, chord))
    elif len(pitched):
        limits, strong = beats_of(bars)
        found = recognise(pitched[:, 0], pitched[:, 3], pitched[:, 2], limits, strong)
        change = np.append(True, found[1:] != found[:-1])
        chords = [(int(at), int(chord)) for at, chord in zip(limits[:-1][change], found[change], strict=True)]
    else:
        chords = []
    return Song(
        tempo=score.tempo,
        bars=bars,
        keys=keys,
        chords=chords,
        chords_given=bool(score.chords),
        sections=sections,
        notes=notes,
        **what,
    )


def with_modulations(keys, notes, bars):
    """The keys that the music is in, bar by bar, where scores only have a signature for whole movements."""
    starts = np.array([bar.start for bar in bars] + [bars[-1].start + bars[-1].length])
    written = np.array([key for _, key in keys])[np.searchsorted([onset for onset, _ in keys], starts[:-1], "right") - 1]
    by_bar = keys_by_bar(notes[:, 0], notes[:, 3], notes[:, 2], starts, written)
    change = np.append(True, by_bar[1:] != by_bar[:-1])
    return [(int(at), int(key)) for at, key in zip(starts[:-1][change], by_bar[change], strict=True)]


def keys_of(written, notes, begin, length):
    """The written keys of a song, with their mode estimated from the notes if it is not written; estimated
    keys if there are none.
    """
    spans = []
    for onset, fifths, mode in written:
        onset = max(0, onset - begin)
        if onset >= length:
            continue
        if spans and spans[-1][0] == onset:
            spans.pop()
        spans.append((onset, fifths, mode))
    if not spans:
        spans = [(0, None, None)]
    spans[0] = (0, *spans[0][1:])
    keys = []
    for i, (onset, fifths, mode) in enumerate(spans):
        end = spans[i + 1][0] if i + 1 < len(spans) else length
        inside = notes[(notes[:, 0] >= onset) & (notes[:, 0] < end)]
        if len(inside) < 4:
            if keys or len(spans) > 1:
                continue
            inside = notes
        if fifths is not None and mode in ("major", "minor"):
            tonic = (7 * fifths + (9 if mode == "minor" else 0)) % 12
            key = 2 * tonic + (mode == "minor")
        else:
            at_end = inside[inside[:, 0] >= inside[-1, 0]]
            key = key_of(inside[:, 2], inside[:, 3], int(at_end[:, 2].min()), fifths)
        if not keys or keys[-1][1] != key:
            keys.append((onset if keys else 0, key))
    return keys
