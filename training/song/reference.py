"""Measures of songs: of real ones, and of music that is wrong in a known way.

    python reference.py --data DIR [--split validation] [--styles pop,quartet] [--songs 60]
    python reference.py --samples DIR         measures of the output of sample.py, and of the real songs

Variants: real; shuffled (pitches permuted within the piece, drums separately); jitter (onsets moved by up to a 16th);
bigram (drawn from the chained bigram of the style); swapped (the melody of one song over the other parts of another,
transposed to its key). Only the first 32 bars of a song are used. `ROWS` says whether medians or means are used.
"""

import argparse
import json
import pathlib

import numpy as np

from baselines import SMOOTHING, WEIGHT, Baselines
from harmony import key_of, recognise
from vocabulary import CHORD_TONES, CLASSES, DRUMS, DURATIONS, KINDS, LONGEST_BAR, MELODY
from windows import Corpus

BARS = 32


class Piece:
    """Notes [n, 5] and the boundaries of its bars; beat: length of each bar's beat in positions; ending: notes
    including the song's last ones, if the piece is only its beginning.
    """

    def __init__(self, notes, bars, beat, tonic, ending=None):
        self.notes, self.bars, self.beat, self.tonic = notes, np.asarray(bars), np.asarray(beat), tonic
        self.ending = notes if ending is None else ending

    def __len__(self):
        return len(self.bars) - 1


def piece_of(song, most=BARS):
    last = min(most, song.count)
    notes = song.notes[song.bar < last].astype(np.int64)
    return Piece(
        notes, song.bars[: last + 1], song.beat[:last], tonic_of(song, notes), song.notes[-64:].astype(np.int64)
    )


def tonic_of(song, notes):
    if len(song.key):
        return int(song.key[-1]) // 2
    pitched = notes[notes[:, 1] != DRUMS]
    return key_of(pitched[:, 2], pitched[:, 3]) // 2 if len(pitched) else None


def entropy(classes):
    """Entropy of the distribution of pitch classes, in bits."""
    p = np.bincount(classes, minlength=12) / max(1, len(classes))
    p = p[p > 0]
    return float(-(p * np.log2(p)).sum())


def bars_of(piece, columns):
    """The notes of each bar as a set of (position in the bar, the given columns...)."""
    bar = np.searchsorted(piece.bars, piece.notes[:, 0], side="right") - 1
    sets = [set() for _ in range(len(piece))]
    for b, row in zip(bar.tolist(), piece.notes.tolist(), strict=True):
        if 0 <= b < len(sets):
            sets[b].add((row[0] - int(piece.bars[b]), *(row[c] for c in columns)))
    return sets


def groove(piece):
    """Mean similarity of the grid positions (1/24 beat) used in neighbouring bars (MusPy's groove consistency)."""
    sets = bars_of(piece, ())
    lengths = np.diff(piece.bars)
    same = [1 - len(a ^ b) / max(x, y) for a, b, x, y in zip(sets, sets[1:], lengths, lengths[1:], strict=False)]
    return float(np.mean(same)) if same else None


def likeness(piece, back):
    """Mean Jaccard index of (position, pitch) of each bar and the one `back` bars before."""
    sets = bars_of(piece, (2,))
    pairs = [(a, b) for a, b in zip(sets[back:], sets, strict=False) if a or b]
    return float(np.mean([len(a & b) / len(a | b) for a, b in pairs])) if pairs else None


def equal_bars(piece):
    """Share of bars that equal an earlier one in every position, part and pitch."""
    seen, equal, count = set(), 0, 0
    for notes in bars_of(piece, (1, 2)):
        if notes:
            key = frozenset(notes)
            equal += key in seen
            seen.add(key)
            count += 1
    return equal / max(1, count)


def beats_of(piece):
    limits, strong = [], []
    for start, end, beat in zip(piece.bars, piece.bars[1:], piece.beat, strict=False):
        places = list(range(int(start), int(end), int(beat)))
        limits += places
        strong += [i == 0 or (len(places) == 4 and i == 2) for i in range(len(places))]
    return np.array([*limits, int(piece.bars[-1])]), np.array(strong)


def melody_of(notes):
    """(the melody's notes, the other pitched notes); the melody is the melody part with the most notes."""
    melodic = (notes[:, 1] // len(CLASSES) == MELODY) & (notes[:, 1] != DRUMS)
    if not melodic.any():
        return notes[:0], notes[:0]
    part = int(np.bincount(notes[melodic, 1]).argmax())
    return notes[notes[:, 1] == part], notes[(notes[:, 1] != part) & (notes[:, 1] != DRUMS)]


def fit(melody, limits, chords):
    """Share of the melody's time on tones of the chords [beats]; None if either is missing."""
    on = total = 0
    tones = [{(root + t) % 12 for t in CHORD_TONES[kind]} for root in range(12) for kind in range(KINDS)]
    for start, _, pitch, length, _ in melody.tolist():
        first = int(np.searchsorted(limits, start, side="right")) - 1
        for beat in range(max(0, first), len(chords)):
            a, b = max(start, int(limits[beat])), min(start + length, int(limits[beat + 1]))
            if a >= b:
                break
            if chords[beat] > 0:
                total += b - a
                on += (b - a) * (pitch % 12 in tones[chords[beat] - 1])
    return on / total if total else None


def heard(piece):
    """(boundaries of the beats, chords recognised in the parts other than the melody)."""
    limits, strong = beats_of(piece)
    _, others = melody_of(piece.notes)
    return limits, recognise(others[:, 0], others[:, 3], others[:, 2], limits, strong)


def melody_fit(piece):
    melody, others = melody_of(piece.notes)
    if len(melody) < 8 or len(others) < 8:
        return None
    limits, chords = heard(piece)
    return fit(melody, limits, chords)


def tonic_end(piece):
    """Whether the lowest note of the last chord is the tonic."""
    pitched = piece.ending[piece.ending[:, 1] != DRUMS]
    if len(pitched) == 0 or piece.tonic is None:
        return None
    last = pitched[pitched[:, 0] + pitched[:, 3] >= (pitched[:, 0] + pitched[:, 3]).max() - 6]
    return float(int(last[:, 2].min()) % 12 == piece.tonic)


def measures(piece):
    pitched = piece.notes[piece.notes[:, 1] != DRUMS]
    bars = bars_of(piece, (2,))
    in_bars = (
        [entropy(np.array([pitch % 12 for _, pitch in notes])) for notes in bars if len(notes) >= 2]
        if len(pitched)
        else []
    )
    return {
        "pitchClassEntropy": entropy(pitched[:, 2] % 12) if len(pitched) else None,
        "groove": groove(piece),
        "entropyOfBar": float(np.mean(in_bars)) if in_bars else None,
        "likeness8": likeness(piece, 8),
        "equalBars": equal_bars(piece),
        "melodyFit": melody_fit(piece),
        "tonicEnd": tonic_end(piece),
        "notesPerBar": len(piece.notes) / max(1, len(piece)),
    }


def ordered(notes):
    return notes[np.lexsort((notes[:, 2], notes[:, 1], notes[:, 0]))]


def shuffled(piece, rng):
    notes = piece.notes.copy()
    pitched = np.flatnonzero(notes[:, 1] != DRUMS)
    notes[pitched, 2] = rng.permutation(notes[pitched, 2])
    return Piece(ordered(notes), piece.bars, piece.beat, piece.tonic)


def jittered(piece, rng):
    notes = piece.notes.copy()
    notes[:, 0] = np.clip(notes[:, 0] + rng.integers(-6, 7, len(notes)), 0, piece.bars[-1] - 1)
    return Piece(ordered(notes), piece.bars, piece.beat, piece.tonic)


def swapped(piece, other):
    """The piece's melody over the other's parts, transposed to its key; None if either is missing."""
    melody, _ = melody_of(piece.notes)
    _, others = melody_of(other.notes)
    if len(melody) < 8 or len(others) < 8 or None in (piece.tonic, other.tonic):
        return None
    others = others.copy()
    others[:, 2] += (piece.tonic - other.tonic + 5) % 12 - 5
    length = min(piece.bars[-1], other.bars[-1])
    if length < piece.bars[-1] // 2:
        return None
    notes = np.concatenate([melody, others])
    return Piece(ordered(notes[notes[:, 0] < length]), piece.bars, piece.beat, piece.tonic)


class Sampler:
    """Draws pieces from the chained bigram."""

    def __init__(self, baselines):
        self.single = [s / s.sum() for s in baselines.single]
        self.after = [{} for _ in self.single]
        for i, pairs in enumerate(baselines.pairs):
            for (given, value), count in pairs.items():
                self.after[i].setdefault(given, []).append((value, count))

    def draw(self, i, given, rng):
        seen = self.after[i].get(given)
        if seen is not None:
            counts = np.array([count for _, count in seen], dtype=float)
            if rng.random() < counts.sum() / (counts.sum() + WEIGHT):
                return seen[int(rng.choice(len(seen), p=counts / counts.sum()))][0]
        while True:
            value = int(rng.choice(len(self.single[i]), p=self.single[i]))
            if self.single[i][value] > 2 * SMOOTHING * self.single[i].min():
                return value

    def piece(self, like, rng):
        bar, position, part = 0, -1, -1
        last = {}
        notes = []
        while len(notes) < 3 * len(like.notes) + 50:
            time = self.draw(0, position, rng)
            part = self.draw(1, part, rng)
            pitch0, length0 = last.get(part, (-1, -1))
            pitch = self.draw(2, pitch0 + 1000 * part, rng)
            length = self.draw(3, length0 + 1000 * part, rng)
            last[part] = (pitch, length)
            bar += time // LONGEST_BAR
            position = time % LONGEST_BAR
            if bar >= len(like):
                break
            notes.append((int(like.bars[bar]) + position, part, pitch, int(DURATIONS[length]), 0))
        table = np.array(notes, dtype=np.int64).reshape(-1, 5)
        return Piece(ordered(table), like.bars, like.beat, like.tonic)


def row_of(pieces):
    """Means over pieces (and the outer deciles) of each measure."""
    rows = [measures(piece) for piece in pieces if piece is not None and len(piece.notes) > 4]
    out = {"pieces": len(rows)}
    for name in rows[0] if rows else ():
        values = [row[name] for row in rows if row[name] is not None]
        if values:
            low, middle, high = np.percentile(values, (10, 50, 90))
            out[name] = [round(float(x), 3) for x in (np.mean(values), low, middle, high)]
    return out


def print_row(style, variant, pieces):
    print(json.dumps({"style": style, "variant": variant} | row_of(pieces)), flush=True)


def style_rows(corpus, train, style, count):
    members, _ = corpus.by_style[style]
    chosen = np.random.default_rng(0).permutation(members)[:count]
    songs = [corpus.prepared(int(i)) for i in chosen]
    pieces = [piece_of(song) for song in songs]
    rng = np.random.default_rng(1)
    print_row(style, "real", pieces)
    print_row(style, "shuffled", [shuffled(piece, rng) for piece in pieces])
    print_row(style, "jitter", [jittered(piece, rng) for piece in pieces])
    base = Baselines()
    trained, _ = train.by_style.get(style, (np.array([], dtype=int), None))
    for i in np.random.default_rng(0).permutation(trained)[:200]:
        base.add(train.prepared(int(i)))
    if len(trained):
        sampler = Sampler(base)
        print_row(style, "bigram", [sampler.piece(piece, rng) for piece in pieces[: min(len(pieces), 20)]])
    print_row(style, "swapped", [swapped(a, b) for a, b in zip(pieces, pieces[1:] + pieces[:1], strict=True)])


def sample_rows(folder):
    by_style = {}
    for path in sorted(folder.glob("*.npz")):
        style = path.stem.rsplit("-", 1)[0]
        with np.load(path) as file:
            bars = file["bars"]
            beat = np.full(len(bars) - 1, 24)
            for variant, name in (("sampled", "notes"), ("real", "real")):
                notes = file[name]
                pitched = file["real"][file["real"][:, 1] != DRUMS]
                tonic = key_of(pitched[:, 2], pitched[:, 3]) // 2 if len(pitched) else None
                by_style.setdefault((style, variant), []).append(Piece(notes, bars, beat, tonic))
    for (style, variant), pieces in by_style.items():
        print_row(style, variant, pieces)
        pairs = zip(pieces, pieces[1:] + pieces[:1], strict=True)
        print_row(style, f"{variant} swapped", [swapped(a, b) for a, b in pairs if a is not b])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, help="where convert.py wrote")
    parser.add_argument("--split", default="validation")
    parser.add_argument("--styles", help="with commas; all by default")
    parser.add_argument("--songs", type=int, default=60)
    parser.add_argument("--samples", type=pathlib.Path, help="where sample.py wrote")
    options = parser.parse_args()
    if options.samples:
        sample_rows(options.samples)
    if options.data:
        corpus, train = Corpus(options.data, options.split), Corpus(options.data, "train")
        for style in options.styles.split(",") if options.styles else corpus.present:
            if style in corpus.by_style:
                style_rows(corpus, train, style, options.songs)


if __name__ == "__main__":
    main()
