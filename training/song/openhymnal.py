"""Reads the Open Hymnal's ABC file as one Score per hymn: four voices, and only the ABC features used there."""

import pathlib
import re
from fractions import Fraction

from score import BEAT, Measure, Score, Staff, lay_out, sections_of, tied, unfold

NAMES = ("Soprano", "Alto", "Tenor", "Bass")
STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
SHARPS, FLATS = "FCGDAEB", "BEADGCF"
FIFTHS = {
    "C": 0,
    "G": 1,
    "D": 2,
    "A": 3,
    "E": 4,
    "B": 5,
    "F#": 6,
    "F": -1,
    "Bb": -2,
    "Eb": -3,
    "Ab": -4,
    "Db": -5,
    "Gb": -6,
}
TOKEN = re.compile(
    r"\[(?P<field>[A-Za-z]):(?P<value>[^\]]*)\]"
    r"|![^!]*!|\{[^}]*\}|\"[^\"]*\""
    r"|\((?P<tuplet>\d)(?::\d*)*"
    r"|(?P<bar>:*\|+[\]:|]*|\[\||::)(?P<ending>\[?\d)?"
    r"|\[(?P<second>\d)"
    r"|(?P<chord>\[[^\]:]+\])(?P<chordlength>[\d/]*)(?P<chordtie>-?)"
    r"|(?P<sign>[\^_=]*)(?P<note>[A-Ga-gzx])(?P<octave>[,']*)(?P<length>[\d/]*)(?P<tie>-?)"
    r"|(?P<broken>[<>])"
)
NOTE = re.compile(r"(?P<sign>[\^_=]*)(?P<note>[A-Ga-g])(?P<octave>[,']*)(?P<length>[\d/]*)(?P<tie>-?)")
TUPLETS = {"2": Fraction(3, 2), "3": Fraction(2, 3), "4": Fraction(3, 4), "6": Fraction(1, 3)}


def read(path):
    """Every hymn in the file; skips those without four voices of notes."""
    text = pathlib.Path(path).read_text(encoding="utf-8", errors="replace")
    return [score for tune in re.split(r"(?m)^(?=X:)", text)[1:] if (score := read_tune(tune)) is not None]


def length_of(text):
    """"3/2", "/", "//", "2" -> Fraction, in unit lengths."""
    if not text:
        return Fraction(1)
    digits, slash, below = text.partition("/")
    top = Fraction(int(digits or 1))
    if not slash:
        return top
    return top / (2 ** text.count("/") if not below.strip("/") else int(below.strip("/")))


def fifths_of(key):
    """The signature of an ABC key; modes other than major use their relative major."""
    found = re.match(r"\s*([A-G][#b]?)\s*(m(?!aj|ix)|min|dor|mix)?", key)
    if found is None:
        return 0
    return FIFTHS.get(found[1], 0) + {"m": -3, "min": -3, "dor": -2, "mix": -1}.get(found[2], 0)


def meter_of(text):
    found = re.match(r"\s*(\d+)/(\d+)", text)
    return (int(found[1]), int(found[2])) if found else None


class Voice:
    """The measures of one voice while its lines are read."""

    def __init__(self, meter, fifths):
        self.measures = [Measure()]
        self.meter, self.fifths = meter, fifths
        self.now = Fraction(0)  # quarter notes in the bar
        self.signs = {}  # accidentals of this bar: (letter, octave) -> semitones
        self.last = None  # the last note's rows, for broken rhythm
        self.swing = None  # factor on the next note's length
        self.tuplet, self.left = Fraction(1), 0
        self.ending = None

    def close(self):
        m = self.measures[-1]
        m.length = float(self.now)
        m.numerator, m.denominator = self.meter
        m.endings = self.ending
        self.now, self.signs = Fraction(0), {}

    def pitch(self, found):
        letter = found["note"]
        octave = (1 if letter.islower() else 0) + found["octave"].count("'") - found["octave"].count(",")
        name = letter.upper()
        sign = found["sign"]
        if sign:
            self.signs[name, octave] = sign.count("^") - sign.count("_")
        signature = (name in SHARPS[: max(0, self.fifths)]) - (name in FLATS[: max(0, -self.fifths)])
        return 60 + STEPS[name] + 12 * octave + self.signs.get((name, octave), signature)


def read_tune(text):
    title, meter, unit, fifths, tempo = "", (4, 4), Fraction(1, 4), 0, 0.0
    voices = {}
    for line in text.splitlines():
        if line.startswith("T:") and not title:
            title = line[2:].strip()
        elif line.startswith("M:"):
            found = meter_of(line[2:])
            if found is None:
                return None  # chant without a meter
            meter = found
        elif line.startswith("L:"):
            found = meter_of(line[2:])
            unit = Fraction(*found) if found else unit
        elif line.startswith("K:"):
            fifths = fifths_of(line[2:])
        elif line.startswith("[V:"):
            name = re.match(r"\[V:\s*(\S+?)\s*\]", line)[1]
            voice = voices.setdefault(name, Voice(meter, fifths))
            tempo = read_line(voice, line.split("%")[0], unit) or tempo
    if len(voices) != 4:
        return None
    for voice in voices.values():
        if voice.now > 0:
            voice.close()
        else:
            voice.measures.pop()
    columns = [voice.measures for voice in voices.values()]
    if len({len(column) for column in columns}) != 1 or not columns[0]:
        return None
    measures = []
    for row in zip(*columns, strict=True):
        m = Measure()
        m.numerator, m.denominator, m.length = row[0].numerator, row[0].denominator, max(r.length for r in row)
        m.forward, m.backward = any(r.forward for r in row), max(r.backward for r in row)
        m.endings = next((r.endings for r in row if r.endings), None)
        measures.append(m)
    order = unfold(measures)
    starts, bars = lay_out(measures, order)
    staves = []
    for name, column in zip(NAMES, columns, strict=True):
        rows = []
        for index, start in zip(order, starts, strict=True):
            for offset, length, pitch, begins, ends in column[index].events:
                onset = start + round(offset * BEAT)
                rows.append((onset, max(1, start + round((offset + length) * BEAT) - onset), pitch, 0, begins, ends))
        staves.append(Staff(name, tied(rows), None, name))
    return Score(staves, bars, [(0, fifths, None)], tempo, sections_of(order, starts, bars), meta={"title": title})


def read_line(voice, line, unit):
    """Reads one line of a voice's music; returns its tempo, or None."""
    tempo = None
    tied_pitches = getattr(voice, "open", set())
    for found in TOKEN.finditer(line):
        if found["field"]:
            value = found["value"]
            if found["field"] == "Q":
                mark = re.match(r"\s*(\d+)/(\d+)\s*=\s*(\d+)", value)
                tempo = 4 * int(mark[1]) / int(mark[2]) * int(mark[3]) if mark else None
            elif found["field"] == "M" and meter_of(value):
                voice.meter = meter_of(value)
            elif found["field"] == "K":
                voice.fifths = fifths_of(value)
        elif found["tuplet"]:
            voice.tuplet, voice.left = TUPLETS.get(found["tuplet"], Fraction(1)), int(found["tuplet"])
        elif found["bar"]:
            sign = found["bar"]
            if voice.now > 0:
                voice.close()
                voice.measures.append(Measure())
            if sign.startswith(":") and len(voice.measures) > 1:
                voice.measures[-2].backward = 2
                voice.ending = None
            if sign.endswith(":"):
                voice.measures[-1].forward = True
            if found["ending"]:
                voice.ending = {int(found["ending"][-1])}
            elif sign in ("||", "|]"):
                voice.ending = None
        elif found["second"]:
            voice.ending = {int(found["second"])}
        elif found["broken"] and voice.last is not None:
            more, less = (
                (Fraction(3, 2), Fraction(1, 2)) if found["broken"] == ">" else (Fraction(1, 2), Fraction(3, 2))
            )
            start, length, rows = voice.last
            for i in rows:
                offset, _, *rest = voice.measures[-1].events[i]
                voice.measures[-1].events[i] = (offset, float(length * more), *rest)
            voice.now, voice.swing = start + length * more, less
        elif found["note"] or found["chord"]:
            inner = [found] if found["note"] else list(NOTE.finditer(found["chord"]))
            outer = found["length"] if found["note"] else found["chordlength"]
            length = length_of(outer) * unit * 4
            if found["chord"]:
                length *= length_of(inner[0]["length"])
            if voice.left:
                length *= voice.tuplet
                voice.left -= 1
            if voice.swing is not None:
                length, voice.swing = length * voice.swing, None
            rows, now_open = [], set()
            if found["note"] not in ("z", "x"):
                for note in inner:
                    pitch = voice.pitch(note)
                    begins = bool(note["tie"] or found["chordtie"])
                    rows.append(len(voice.measures[-1].events))
                    row = (float(voice.now), float(length), pitch, begins, pitch in tied_pitches)
                    voice.measures[-1].events.append(row)
                    if begins:
                        now_open.add(pitch)
            tied_pitches = now_open
            voice.last = (voice.now, length, rows)
            voice.now += length
    voice.open = tied_pitches
    return tempo
