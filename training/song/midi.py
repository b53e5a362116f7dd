"""Reads MIDI files as Scores: songs of POP909, takes of the Groove set, game bands."""

import functools
import pathlib
import re

import mido
import numpy as np

from score import BEAT, Bar, Score, Staff

DRUM_CHANNEL = 9
# Pads of the Groove set's drum kit that are not in General MIDI: other zones of the same drums.
GROOVE_PADS = {22: 42, 26: 46, 40: 38, 58: 43, 50: 48, 47: 45, 55: 49, 52: 57, 59: 51}
# General MIDI drums that are kept, and the replacements of some others.
DRUM_ALIASES = {35: 36}
DRUM_LENGTH = 6


@functools.cache
def clock(path):
    """(file, [(tick, seconds, seconds per tick)]) for a file's tempo changes."""
    file = mido.MidiFile(path, clip=True)
    changes = []
    for track in file.tracks:
        tick = 0
        for message in track:
            tick += message.time
            if message.type == "set_tempo":
                changes.append((tick, message.tempo))
    changes.sort(key=lambda change: change[0])
    table, seconds, last, per_tick = [(0, 0.0, 0.5 / file.ticks_per_beat)], 0.0, 0, 0.5 / file.ticks_per_beat
    for tick, tempo in changes:
        seconds += (tick - last) * per_tick
        last, per_tick = tick, tempo * 1e-6 / file.ticks_per_beat
        table.append((tick, seconds, per_tick))
    return file, table


def notes_of(file):
    """Notes of each track: [(track's name, channel, program, [(tick, ticks, pitch, velocity)])]."""
    programs = {}
    out = {}
    for number, track in enumerate(file.tracks):
        tick, sounding = 0, {}
        for message in track:
            tick += message.time
            if message.type == "program_change":
                programs[message.channel] = message.program
            elif message.type in ("note_on", "note_off"):
                place = (message.channel, message.note)
                if message.type == "note_on" and message.velocity > 0:
                    key = (number, message.channel, programs.get(message.channel, 0))
                    row = [tick, 0, message.note, message.velocity]
                    if place in sounding:
                        sounding[place][1] = tick - sounding[place][0]
                    sounding[place] = row
                    out.setdefault(key, (track.name, []))[1].append(row)
                elif place in sounding:
                    row = sounding.pop(place)
                    row[1] = tick - row[0]
        for row in sounding.values():
            row[1] = tick - row[0]
    return [(name, channel, program, rows) for (_, channel, program), (name, rows) in out.items()]


def meters_of(file, end):
    """The bars of a file up to position `end`, by its time signatures."""
    changes = []
    for track in file.tracks:
        tick = 0
        for message in track:
            tick += message.time
            if message.type == "time_signature":
                changes.append((round(tick * BEAT / file.ticks_per_beat), message.numerator, message.denominator))
    changes.sort()
    if not changes or changes[0][0] > 0:
        changes.insert(0, (0, 4, 4))
    bars, now, at = [], 0, 0
    while now < end or not bars:
        while at + 1 < len(changes) and changes[at + 1][0] <= now:
            at += 1
        _, numerator, denominator = changes[at]
        length = max(BEAT // 2, 4 * BEAT * numerator // denominator)
        bars.append(Bar(now, length, numerator, denominator))
        now += length
    return bars


def snapped(position, within=2.0):
    """Rounds positions (float) to the grid: to a 16th or a triplet 8th if one is near, otherwise to the nearest 1/24
    beat.
    """
    position = np.asarray(position, dtype=float)
    sixteenth, triplet = np.round(position / 6) * 6, np.round(position / 8) * 8
    to_sixteenth, to_triplet = abs(position - sixteenth), abs(position - triplet)
    near = np.where(to_sixteenth <= to_triplet, sixteenth, triplet)
    return np.where(np.minimum(to_sixteenth, to_triplet) <= within, near, np.round(position)).astype(int)


def read_band(path):
    """A piece for several instruments whose ticks are aligned to its beats. Uses the longest-lasting tempo."""
    file, table = clock(path)
    per = BEAT / file.ticks_per_beat
    staves, end = [], 0
    for name, channel, program, rows in notes_of(file):
        drums = channel == DRUM_CHANNEL
        staff = Staff(name, [], program, f"{channel}.{program}", drums)
        onsets = snapped([row[0] * per for row in rows], within=1.0)
        for (_, ticks, pitch, velocity), onset in zip(rows, onsets.tolist(), strict=True):
            length = DRUM_LENGTH if drums else max(1, round(ticks * per))
            staff.notes.append((onset, length, DRUM_ALIASES.get(pitch, pitch) if drums else pitch, velocity))
            end = max(end, onset + length)
        staves.append(staff)
    last_tick = round(end / per)
    spans = [
        (b[0] - a[0], a[2]) for a, b in zip(table, [*table[1:], (max(last_tick, table[-1][0] + 1), 0, 0)], strict=True)
    ]
    held = {}
    for ticks, per_tick in spans:
        held[per_tick] = held.get(per_tick, 0) + ticks
    tempo = 60 / (max(held, key=held.get) * file.ticks_per_beat)
    clock.cache_clear()
    return Score(staves, meters_of(file, end), [], tempo)


def read_groove(path, numerator, denominator, tempo):
    """A drummer's take; simultaneous strokes on zones of the same drum are merged."""
    file, _ = clock(path)
    per = BEAT / file.ticks_per_beat
    strokes = {}
    for _, _, _, rows in notes_of(file):
        onsets = snapped([row[0] * per for row in rows], within=2.2)
        for (_, _, pitch, velocity), onset in zip(rows, onsets.tolist(), strict=True):
            pad = GROOVE_PADS.get(pitch, DRUM_ALIASES.get(pitch, pitch))
            strokes[onset, pad] = max(velocity, strokes.get((onset, pad), 0))
    notes = [(onset, DRUM_LENGTH, pad, velocity) for (onset, pad), velocity in sorted(strokes.items())]
    clock.cache_clear()
    if not notes:
        raise ValueError("no strokes")
    length = 4 * BEAT * numerator // denominator
    count = notes[-1][0] // length + 1
    bars = [Bar(i * length, length, numerator, denominator) for i in range(count)]
    return Score([Staff("drums", notes, None, "drums", True)], bars, [], tempo)


NOTES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
# Kinds of chords in POP909 -> kinds in vocabulary.json.
KIND_OF = [
    (r"^(sus|5$)", "sus"),
    (r"^(dim|hdim|min7b5|minmaj7b5)", "dim"),
    (r"^aug", "aug"),
    (r"^maj7|^maj9", "maj7"),
    (r"^(min7|min9|min11)", "min7"),
    (r"^min", "min"),
    (r"^(7|9|11|13)", "7"),
    (r"^maj", "maj"),
]


def pitch_class(name):
    """ "Bb" -> 10."""
    return (NOTES[name[0].upper()] + name.count("#") - name[1:].count("b")) % 12


def chord_of(label):
    """"Ab:min7/b3" -> (8, "min7"); "N" -> (None, None). Raises KeyError for anything else."""
    if label in ("N", "X"):
        return None, None
    root, _, kind = label.partition(":")
    kind = kind.split("/")[0]
    for pattern, name in KIND_OF:
        if re.match(pattern, kind or "maj"):
            return pitch_class(root.split("/")[0]), name
    raise KeyError(label)


def pop_grid(seconds, beats):
    """Converts seconds to beats as float, given the times of the beats in ascending order; extrapolates with the
    length of the nearest beat.
    """
    number = np.interp(seconds, beats, np.arange(len(beats)))
    before, after = seconds < beats[0], seconds > beats[-1]
    number = np.where(before, (seconds - beats[0]) / (beats[1] - beats[0]), number)
    return np.where(after, len(beats) - 1 + (seconds - beats[-1]) / (beats[-1] - beats[-2]), number)


def pop_lengths(positions):
    """Rounds lengths to a 16th, above a half note to an 8th, as in the vocabulary."""
    positions = np.asarray(positions, dtype=float)
    unit = np.where(positions > 2 * BEAT, BEAT / 2, BEAT / 4)
    return np.maximum(BEAT // 4, np.round(positions / unit) * unit).astype(int)


def form_of(text):
    """ "i4A4b8" -> [("i", 4), ("A", 4), ("b", 8)]."""
    return [(letter, int(bars)) for letter, bars in re.findall(r"([A-Za-z])(\d+)", text)]


def read_pop(folder, form):
    """A song of POP909 (its folder) with the section strings, key and bar phase from pop909_form (its folder)."""
    folder, form = pathlib.Path(folder), pathlib.Path(form)
    file, table = clock(str(folder / f"{folder.name}.mid"))
    beats = np.loadtxt(folder / "beat_midi.txt", ndmin=2)[:, 0]
    ticks_of_change = np.array([row[0] for row in table])

    def position(ticks):
        ticks = np.asarray(ticks)
        row = np.searchsorted(ticks_of_change, ticks, side="right") - 1
        seconds = np.array([table[r][1] + (t - table[r][0]) * table[r][2] for r, t in zip(row, ticks, strict=True)])
        return pop_grid(seconds, beats) * BEAT

    rows_of = {name: rows for name, _, _, rows in notes_of(file) if name in ("MELODY", "BRIDGE", "PIANO")}
    clock.cache_clear()
    if "MELODY" not in rows_of or "PIANO" not in rows_of:
        raise ValueError("no melody or no piano")
    placed = {}
    for name, rows in rows_of.items():
        exact = position([row[0] for row in rows])
        ends = position([row[0] + row[1] for row in rows])
        onsets = snapped(exact, within=3.0)
        placed[name] = list(
            zip(
                onsets.tolist(),
                pop_lengths(ends - exact).tolist(),
                (r[2] for r in rows),
                (r[3] for r in rows),
                strict=True,
            )
        )
    sections = form_of((form / "human_label1.txt").read_text())
    total = sum(bars for _, bars in sections)
    chord_beats = sum(
        int(line.split()[-1]) for line in (form / "finalized_chord.txt").read_text().splitlines() if line.strip()
    )
    per_bar = 3 if abs(chord_beats - 3 * total) < abs(chord_beats - 4 * total) else 4
    offset, agreed = form_offset(placed["MELODY"], (form / "melody.txt").read_text(), per_bar * BEAT)
    if not agreed:
        sections = []
    bar = per_bar * BEAT
    first = min(note[0] for notes in placed.values() for note in notes)
    start = offset + (first - offset) // bar * bar  # the bar line at or before the first note
    last = max(note[0] + note[1] for notes in placed.values() for note in notes)
    count = max(1, -((start - last) // bar))
    bars = [Bar(i * bar, bar, per_bar, 4) for i in range(count)]
    staves = [
        Staff(name, [(on - start, length, pitch, velocity) for on, length, pitch, velocity in notes], None, name)
        for name, notes in placed.items()
    ]
    chords = []
    for line in (folder / "chord_midi.txt").read_text().splitlines():
        begin, _, label = line.split()
        at = round((float(pop_grid(np.array([float(begin)]), beats)[0]) * BEAT - start) / BEAT) * BEAT
        chords.append((max(0, at), *chord_of(label)))
    placed_sections, now, seen = [], (offset - start) // bar, {}
    for letter, length in sections:
        if 0 <= now < count:
            placed_sections.append((now, letter, seen.get(letter, 0)))
        elif now < 0 < now + length:
            placed_sections.append((0, letter, seen.get(letter, 0)))
        seen[letter] = seen.get(letter, 0) + 1
        now += length
    key = (form / "analyzed_key.txt").read_text().split()[0]
    name, _, mode = key.partition(":")
    minor = mode.startswith("min")
    fifths = (7 * (pitch_class(name) + 3 * minor) + 6) % 12 - 6
    tempo = 60 / float(np.median(np.diff(beats)))
    return Score(staves, bars, [(0, fifths, "minor" if minor else "major")], tempo, placed_sections, chords)


def form_offset(melody, text, bar):
    """Position of the form's first bar line: the offset on which most notes of both melodies agree.

    Returns (positions, whether half of the notes agree). If they do not (a passage is missing in one of the two), the
    phase of the bars is still the one that most notes support, but sections are unknown. Raises ValueError if even
    the phase is unclear.
    """
    now, other = 0, []
    for line in text.splitlines():
        if line.strip():
            pitch, length = map(int, line.split())
            if pitch:
                other.append((now * BEAT // 4, pitch))
            now += length
    votes = {}
    here = {}
    for onset, _, pitch, _ in melody:
        here.setdefault(pitch, []).append(onset)
    for onset, pitch in other:
        for mine in here.get(pitch, ()):
            if abs(mine - onset) <= 48 * BEAT:
                place = round((mine - onset) / 6) * 6
                votes[place] = votes.get(place, 0) + 1
    enough = 0.5 * min(len(other), len(melody))
    best = max(votes, key=votes.get, default=0)
    if votes.get(best, 0) >= enough:
        return best, True
    phases = {}
    for place, count in votes.items():
        if count > 0.15 * enough:  # far above chance
            phases[place % bar] = phases.get(place % bar, 0) + count
    phase = max(phases, key=phases.get, default=0)
    if phases.get(phase, 0) < max(1, 0.6 * sum(phases.values())):
        raise ValueError("the form's melody is not the file's")
    return phase, False
