"""Reads and writes songs in one compressed file.

A file (npz) contains, for S consecutive songs:
  step u16, duration u16, pitch u8, part u8, velocity u8   per note; step: positions since the previous note
  notes i64 [S + 1]                                         song s has the notes notes[s] .. notes[s + 1] - 1
  bar_length u16, numerator u8, denominator u8; bars i64 [S + 1]
  key_onset u32, key u8; keys i64 [S + 1]
  chord_onset u32, chord u8; chords i64 [S + 1]
  section_bar u16, section_letter u8, section_count u8; sections i64 [S + 1]
  style u8, genre u8 (255: none), tempo f4, given u8        per song
  names                                                     JSON: [[name, source, work], ...]
"""

import json

import numpy as np

from score import Bar
from song import Song
from vocabulary import GENRES, STYLES


def save(path, songs):
    notes = [song.notes for song in songs]

    def column(values, kind):
        return np.array(values, dtype=kind)

    def offsets(lengths):
        return np.cumsum([0, *lengths]).astype(np.int64)

    every = np.concatenate(notes)
    steps = np.concatenate([np.diff(table[:, 0], prepend=0) for table in notes])
    if steps.max() >= 2**16 or every[:, 3].max() >= 2**16:
        raise ValueError("a rest or a note is too long to pack")
    bars = [bar for song in songs for bar in song.bars]
    keys = [key for song in songs for key in song.keys]
    chords = [chord for song in songs for chord in song.chords]
    sections = [section for song in songs for section in song.sections]
    np.savez_compressed(
        path,
        step=steps.astype(np.uint16),
        duration=every[:, 3].astype(np.uint16),
        pitch=every[:, 2].astype(np.uint8),
        part=every[:, 1].astype(np.uint8),
        velocity=every[:, 4].astype(np.uint8),
        notes=offsets(map(len, notes)),
        bar_length=column([bar.length for bar in bars], np.uint16),
        numerator=column([bar.numerator for bar in bars], np.uint8),
        denominator=column([bar.denominator for bar in bars], np.uint8),
        bars=offsets(len(song.bars) for song in songs),
        key_onset=column([onset for onset, _ in keys], np.uint32),
        key=column([key for _, key in keys], np.uint8),
        keys=offsets(len(song.keys) for song in songs),
        chord_onset=column([onset for onset, _ in chords], np.uint32),
        chord=column([chord for _, chord in chords], np.uint8),
        chords=offsets(len(song.chords) for song in songs),
        section_bar=column([bar for bar, _, _ in sections], np.uint16),
        section_letter=column([ord(letter) for _, letter, _ in sections], np.uint8),
        section_count=column([min(255, count) for _, _, count in sections], np.uint8),
        sections=offsets(len(song.sections) for song in songs),
        style=column([STYLES.index(song.style) for song in songs], np.uint8),
        genre=column([GENRES.index(song.genre) if song.genre else 255 for song in songs], np.uint8),
        tempo=column([song.tempo for song in songs], np.float32),
        given=column([song.chords_given for song in songs], np.uint8),
        names=np.frombuffer(json.dumps([[s.name, s.source, s.work] for s in songs]).encode(), dtype=np.uint8),
    )


class Songs:
    """The songs of a packed file, in memory; `songs[i]` builds one."""

    def __init__(self, path):
        with np.load(path) as file:
            self.arrays = {name: file[name] for name in file.files}
        self.names = json.loads(self.arrays["names"].tobytes().decode())

    def __len__(self):
        return len(self.names)

    def part(self, index, *columns, of):
        a, b = self.arrays[of][index : index + 2]
        return (self.arrays[name][a:b] for name in columns)

    def __getitem__(self, index):
        step, part, pitch, duration, velocity = self.part(
            index, "step", "part", "pitch", "duration", "velocity", of="notes"
        )
        notes = np.stack([column.astype(np.int64) for column in (step, part, pitch, duration, velocity)], axis=1)
        notes[:, 0] = notes[:, 0].cumsum()
        lengths, numerators, denominators = self.part(index, "bar_length", "numerator", "denominator", of="bars")
        starts = np.append(0, lengths.astype(np.int64).cumsum())
        bars = [
            Bar(int(start), int(length), int(n), int(d))
            for start, length, n, d in zip(starts, lengths, numerators, denominators, strict=False)
        ]
        keys = list(zip(*(column.tolist() for column in self.part(index, "key_onset", "key", of="keys")), strict=True))
        chords = self.part(index, "chord_onset", "chord", of="chords")
        sections = self.part(index, "section_bar", "section_letter", "section_count", of="sections")
        genre = int(self.arrays["genre"][index])
        name, source, work = self.names[index]
        return Song(
            name=name,
            source=source,
            work=work,
            style=STYLES[self.arrays["style"][index]],
            genre="" if genre == 255 else GENRES[genre],
            tempo=float(self.arrays["tempo"][index]),
            bars=bars,
            keys=keys,
            chords=list(zip(*(column.tolist() for column in chords), strict=True)),
            chords_given=bool(self.arrays["given"][index]),
            sections=[
                (bar, chr(letter), count) for bar, letter, count in zip(*(c.tolist() for c in sections), strict=True)
            ],
            notes=notes,
        )
