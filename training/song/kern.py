"""Reads Humdrum **kern as a Score: spines that split, join, swap, end and begin."""

import functools
import pathlib
import re

from score import BEAT, Measure, Score, Staff, lay_out, sections_of, tied, unfold

STEPS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
RECIPROCAL = re.compile(r"(\d+)(?:%(\d+))?(\.*)")
PITCH = re.compile(r"([a-gA-G]+)([#\-n]*)")


@functools.cache
def meaning(token):
    """A token's (quarter notes, [(pitch, starts a tie, ends a tie)]), None for grace notes and for anything but
    notes.
    """
    length, notes = None, []
    for note in token.split(" "):
        if "q" in note or "Q" in note:
            continue
        found = RECIPROCAL.search(note)
        if found is None:
            continue
        if length is None:
            digits, parts, dots = found.groups()
            if digits.strip("0") == "":
                whole = 2.0 ** len(digits)  # 0 is a breve, 00 a long
            else:
                whole = int(parts or 1) / int(digits)
            length = 4 * whole * (2 - 0.5 ** len(dots))
        pitch = PITCH.search(note)
        if pitch is None or "r" in note:
            continue
        letters, signs = pitch.groups()
        octave = len(letters) - 1 if letters[0].islower() else -len(letters)
        midi = 60 + STEPS[letters[0].lower()] + 12 * octave + signs.count("#") - signs.count("-")
        notes.append((midi, "[" in note or "_" in note, "]" in note or "_" in note))
    return None if length is None else (length, notes)


class Spine:
    def __init__(self, kind, column):
        self.kind, self.column = kind, column
        self.until = 0.0  # quarter notes from the piece's start: end of the latest sound

    def copy(self):
        other = Spine(self.kind, self.column)
        other.until = self.until
        return other


def moved(spines, tokens):
    """The spines after a line of interpretations."""
    out, i, crossed = [], 0, []
    while i < len(spines):
        spine, token = spines[i], tokens[i]
        if token == "*^":
            out += [spine, spine.copy()]
        elif token == "*v":
            last = i
            while last + 1 < len(spines) and tokens[last + 1] == "*v" and spines[last + 1].column == spine.column:
                last += 1
            spine.until = max(other.until for other in spines[i : last + 1])
            out.append(spine)
            i = last
        elif token == "*+":
            out += [spine, Spine("", spine.column)]
        elif token == "*-":
            pass
        else:
            if token == "*x":
                crossed.append(len(out))
            if token.startswith("**"):
                spine.kind = token
            out.append(spine)
        i += 1
    for a, b in zip(crossed[::2], crossed[1::2], strict=False):
        out[a], out[b] = out[b], out[a]
    return out


def read(path):
    """The score of one file. Raises ValueError if it has no **kern."""
    return parse(pathlib.Path(path).read_text(encoding="utf-8", errors="replace"))


def parse(text):
    meta, spines = {}, None
    names, parts, codes = {}, {}, {}  # for each first column
    measures, keys, tempo = [Measure()], [], 0.0
    labels, expansion = [], None  # (index of a label's first bar, label)
    began = now = clock = 0.0  # quarter notes: start of the bar, of the line, of the next line
    numerator, denominator = 4, 4
    kinds = []

    def close(at):
        nonlocal began
        m = measures[-1]
        m.length = at - began
        m.numerator, m.denominator = numerator, denominator
        began = at

    for line in text.splitlines():
        if not line:
            continue
        if line[0] == "!":
            if line.startswith("!!!") and ":" in line:
                name, _, value = line[3:].partition(":")
                meta.setdefault(name.strip(), value.strip())
            continue
        tokens = line.split("\t")
        if spines is None:
            if not line.startswith("**"):
                continue
            spines = [Spine(kind, column) for column, kind in enumerate(tokens)]
            continue
        if len(tokens) != len(spines):
            raise ValueError(f"{len(tokens)} tokens for {len(spines)} spines")
        first = tokens[0][0]
        if first == "*":
            for spine, token in zip(spines, tokens, strict=True):
                if token == "*" or spine.kind != "**kern":
                    continue
                if token.startswith("*I"):
                    if token.startswith('*I"'):
                        names.setdefault(spine.column, token[3:])
                    elif not token.startswith(("*I'", "*ITr", "*IC", "*IG")):
                        codes.setdefault(spine.column, token[2:])
                    elif token.startswith("*IC"):
                        kinds.append((spine.column, token[3:]))
                elif token.startswith("*part"):
                    parts.setdefault(spine.column, token[5:])
                elif token.startswith("*MM") and tempo == 0:
                    found = re.match(r"\*MM(\d+(?:\.\d+)?)", token)
                    tempo = float(found[1]) if found else 0.0
                elif re.match(r"\*M\d+/\d+", token):
                    found = re.match(r"\*M(\d+)/(\d+)", token)
                    if int(found[2]):
                        numerator, denominator = int(found[1]), int(found[2])
                elif token.startswith("*k["):
                    fifths = token.count("#") - token.count("-")
                    if not keys or keys[-1][1] != fifths:
                        keys.append((len(measures) - 1, fifths, None))
                elif re.fullmatch(r"\*[a-gA-G][#-]?:", token):
                    mode = "major" if token[1].isupper() else "minor"
                    tonic = STEPS[token[1].lower()] + token.count("#") - token.count("-")
                    fifths = (7 * (tonic + (3 if mode == "minor" else 0)) + 6) % 12 - 6
                    if keys and keys[-1][0] == len(measures) - 1:
                        keys[-1] = (keys[-1][0], fifths, mode)
                    elif not keys or keys[-1][1:] != (fifths, mode):
                        keys.append((len(measures) - 1, fifths, mode))
            label = tokens[0]
            if label.startswith("*>["):
                expansion = expansion or label[3:].rstrip("]").split(",")
            elif label.startswith("*>") and not label.startswith("*>norep"):
                if clock > began + 1e-6:
                    close(clock)
                    measures.append(Measure())
                labels.append((len(measures) - 1, label[2:]))
            spines = moved(spines, tokens)
        elif first == "=":
            at = clock  # the earliest end: rests, and notes in early music, may extend beyond a bar
            sign = tokens[0]
            ends = ":|" in sign or ":!" in sign
            begins = "|:" in sign or "!:" in sign
            if at > began + 1e-6:
                close(at)
                measures[-1].backward = 2 if ends else 0
                measures.append(Measure())
            elif ends and len(measures) > 1:
                measures[-2].backward = 2
            measures[-1].forward |= begins
            now = clock = at
        else:
            placed = False
            now = clock
            for spine, token in zip(spines, tokens, strict=True):
                if spine.kind != "**kern" or token == ".":
                    continue
                found = meaning(token)
                if found is None:
                    continue
                length, notes = found
                placed = True
                spine.until = now + length
                for pitch, starts, ends in notes:
                    measures[-1].events.append((spine.column, now - began, length, pitch, starts, ends))
            if placed:
                clock = min((s.until for s in spines if s.kind == "**kern" and s.until > now + 1e-6), default=now)
    if spines is None or not names.keys() | {e[0] for m in measures for e in m.events}:
        raise ValueError("no notes")
    close(max(clock, now))
    if measures[-1].length <= 1e-6:
        measures.pop()
    order = expanded(expansion, labels, len(measures)) or unfold(measures)
    starts, bars = lay_out(measures, order)
    rows = {}
    for index, start in zip(order, starts, strict=True):
        for column, offset, length, pitch, tie_start, tie_end in measures[index].events:
            onset = start + round(offset * BEAT)
            end = start + round((offset + length) * BEAT)
            if 0 <= pitch <= 127:
                rows.setdefault(column, []).append((onset, max(1, end - onset), pitch, 0, tie_start, tie_end))
    of_kind = dict(kinds)
    staves = []
    for column in sorted(rows, reverse=True):  # kern writes the lowest staff first
        name = " ".join(filter(None, (names.get(column), codes.get(column), of_kind.get(column))))
        staves.append(Staff(name, tied(rows[column]), None, parts.get(column, str(column))))
    where = {}
    for index, start in zip(order, starts, strict=True):
        where.setdefault(index, start)
    placed_keys = [(where[m], fifths, mode) for m, fifths, mode in keys if m in where]
    return Score(staves, bars, placed_keys, tempo, sections_of(order, starts, bars), meta=meta)


def expanded(expansion, labels, count):
    """The order given by an expansion list (*>[A,A,B]), None if the list or a label is missing."""
    if not expansion or not labels:
        return None
    ends = [first for first, _ in labels[1:]] + [count]
    spans = {}
    for (first, label), end in zip(labels, ends, strict=True):
        spans.setdefault(label, range(first, end))
    if any(label not in spans for label in expansion):
        return None
    head = range(labels[0][0])
    return [*head, *(index for label in expansion for index in spans[label])]
