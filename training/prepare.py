"""Packs MIDI files into one array file per split.

    python prepare.py --maestro DIR --out DIR [--supra DIR --asap DIR --performances DIR]

Writes OUT/train.npz and OUT/validation.npz, compressed. Each contains
  step      uint32 [notes]   tenths of a millisecond since the previous note, or since the start of the file
  duration  uint32 [notes]   tenths of a millisecond, extended by the sustain pedal, >= 1
  pitch     uint8  [notes]   21-108
  velocity  uint8  [notes]   1-127
  start     int64  [pieces + 1]   piece p has the notes start[p] .. start[p + 1] - 1
  composer  str    [pieces]  as in MAESTRO's table, "" if unknown
  source    str    [pieces]  "concert" or "roll"
Notes are sorted by onset, then pitch.

Validation is MAESTRO's own split. Training is MAESTRO's train split, and those piano rolls of SUPRA and performances
of ASAP that contain no work of MAESTRO's validation or test split (README.md, "Data").
"""

import argparse
import collections
import csv
import html
import multiprocessing
import pathlib
import re
from typing import NamedTuple

import numpy as np

from midi import notes_of_file
from tags import ERA_OF_COMPOSER

# Number of notes in MAESTRO v2's splits (https://magenta.tensorflow.org/datasets/maestro). Six piano trios of the
# train split, which version 3 of the data set dropped, may be missing.
OFFICIAL_NOTES = {"train": 5_726_876, "validation": 639_425}
NOTES_OF_SIX_TRIOS_AT_MOST = 120_000

# Two performances of a work share figures: sequences of notes. Two different works share hardly any, once those are
# excluded that are not distinctive (scales, trills) or occur in many pieces. In 133 pairs of validation pieces, the
# same work shared 3 % of the smaller one's figures or more, different works at most 1.7 %.
CHORD = 350  # 0.1 ms: notes closer than this to the previous one are sorted by pitch
FIGURE = 9  # intervals
DISTINCT_INTERVALS = 5  # in a distinctive figure
COMMON = 12  # number of pieces from which a figure is common
SAME_WORK = 0.025

# For rolls: a silence this long near either end separates the music from rewind perforations, and if dynamics vary
# less than this, none were read from the roll.
STRAY_SILENCE, STRAY_NOTES = 100_000, 32  # 0.1 ms, notes
FLAT_DYNAMICS = 4  # standard deviation of velocity

# Names of composers in these data sets -> names in MAESTRO. All others become "other" composer.
FULL_NAMES = {name.split()[-1]: name for name in ERA_OF_COMPOSER} | {
    "Bach": "Johann Sebastian Bach",
    "Beethoven": "Ludwig van Beethoven",
    "Grainger": "Percy Grainger",
    "Mendelssohn-Bartholdy": "Felix Mendelssohn",
    "Weber": "Carl Maria von Weber",
    "Strauss": "Johann Strauss",
}
NAMESAKES = {"Strauss, Richard", "Strauss, Josef", "Schumann, Clara"}  # other composers with the same surname


class Piece(NamedTuple):
    path: pathlib.Path
    composer: str
    source: str


def figures(notes):
    """The distinct distinctive figures of a piece's pitches, hashed, sorted; invariant to transposition."""
    onset, pitch = notes[:, 0].astype(np.int64), notes[:, 2].astype(np.int64)
    group = np.cumsum(np.diff(onset, prepend=0) > CHORD)
    pitch = pitch[np.lexsort((pitch, group))]
    intervals = np.lib.stride_tricks.sliding_window_view(np.diff(pitch) + 128, FIGURE)
    telling = 1 + (np.diff(np.sort(intervals, axis=1), axis=1) != 0).sum(1) >= DISTINCT_INTERVALS
    powers = np.array([pow(1_000_003, i, 2**61) for i in range(FIGURE)], dtype=np.uint64)
    return np.unique((intervals[telling].astype(np.uint64) * powers).sum(1))


def likeness(pieces, others):
    """For each piece, the largest share of figures that it has in common with one of the others.

    Both lists contain the notes of pieces; shares are relative to the smaller one. Figures in more than COMMON of the
    others do not count.
    """
    of_others = [figures(notes) for notes in others]
    holders = collections.defaultdict(list)
    for number, found in enumerate(of_others):
        for figure in found.tolist():
            holders[figure].append(number)
    sizes = np.array([len(found) for found in of_others])
    result = []
    for notes in pieces:
        found = figures(notes)
        both = np.zeros(len(others))
        for figure in found.tolist():
            if len(holders.get(figure, ())) <= COMMON:
                both[holders.get(figure, [])] += 1
        result.append(float((both / np.maximum(1, np.minimum(sizes, len(found)))).max(initial=0)))
    return result


def without_strays(notes):
    """A roll's notes without a few that are separated from all others by a long silence at either end."""
    places = np.flatnonzero(np.diff(notes[:, 0].astype(np.int64)) > STRAY_SILENCE) + 1
    first = max([place for place in places if place < STRAY_NOTES], default=0)
    last = min([place for place in places if len(notes) - place < STRAY_NOTES], default=len(notes))
    return notes[first:last]


def pieces_of_maestro(folder, split):
    table = next(folder.glob("maestro-v2*.csv"))
    with open(table, newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == split]
    rows.sort(key=lambda row: row["midi_filename"])
    pieces = [Piece(folder / row["midi_filename"], row["canonical_composer"], "concert") for row in rows]
    return [piece for piece in pieces if piece.path.exists()]


def full_name(name):
    """"Surname, First names (years)" or just a surname -> the composer's name in MAESTRO."""
    name = re.sub(r"\(.*", "", name).strip()
    surname = name.split(",")[0]
    if any(name.startswith(other) for other in NAMESAKES):
        return name
    return FULL_NAMES.get(surname, name)


def pieces_of_supra(folder):
    """Every roll names its composer in a text event."""
    pieces = []
    for path in sorted(folder.rglob("*_exp.mid")):
        text = path.read_bytes().decode("latin1")
        found = re.search(r"@COMPOSER:[ \t]*([ -~]*)", text)
        name = html.unescape(found.group(1)) if found else ""
        pieces.append(Piece(path, full_name(name), "roll"))
    return pieces


def work_of(row):
    """The common title of the movements of a sonata, or of a prelude and its fugue."""
    title = re.sub(r"^(Prelude|Fugue)_", "", row["title"])
    return row["composer"], re.sub(r"(Sonatas?_\d+)[-_].*", r"\1", title)


def pieces_of_asap(table_folder, folder, train):
    """(performances of works that MAESTRO does not hold out, scores of those that it does).

    The table maps MAESTRO's performances to works: those that are not in its train split, `train` (paths in the data
    set), are in the other two.
    """
    with open(table_folder / "metadata.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    held_out, scores = set(), set()
    for row in rows:
        performance = row["maestro_midi_performance"].removeprefix("{maestro}/")
        if performance and performance not in train:
            held_out.add(work_of(row))
    for row in rows:
        if work_of(row) in held_out:
            scores.add(table_folder / row["midi_score"])
    paths = {folder / row["midi_performance"]: row for row in rows if work_of(row) not in held_out}
    pieces = [Piece(path, full_name(row["composer"]), "concert") for path, row in sorted(paths.items())]
    return [piece for piece in pieces if piece.path.exists()], sorted(path for path in scores if path.exists())


def write(out, pieces, notes):
    """Returns the number of notes written."""
    steps = [np.diff(piece[:, 0], prepend=np.uint32(0)) for piece in notes]
    together = np.concatenate(notes)
    np.savez_compressed(
        out,
        step=np.concatenate(steps),
        duration=together[:, 1],
        pitch=together[:, 2].astype(np.uint8),
        velocity=together[:, 3].astype(np.uint8),
        start=np.cumsum([0] + [len(piece) for piece in notes]),
        composer=np.array([piece.composer for piece in pieces]),
        source=np.array([piece.source for piece in pieces]),
    )
    return len(together)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--maestro", type=pathlib.Path, required=True, help="folder of MAESTRO v2.0.0")
    parser.add_argument("--supra", type=pathlib.Path, help="folder of SUPRA's expression MIDI files")
    parser.add_argument("--asap", type=pathlib.Path, help="folder of ASAP's table of all works, and of its scores")
    parser.add_argument("--performances", type=pathlib.Path, help="folder of ASAP's performances")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    if (options.asap is None) != (options.performances is None):
        parser.error("--asap and --performances go together")
    options.out.mkdir(parents=True, exist_ok=True)
    with multiprocessing.Pool(options.workers) as pool:

        def read(paths):
            return pool.map(notes_of_file, paths, chunksize=4)

        pieces = {split: pieces_of_maestro(options.maestro, split) for split in OFFICIAL_NOTES}
        notes = {split: read([piece.path for piece in pieces[split]]) for split in pieces}
        for split, official in OFFICIAL_NOTES.items():
            count = sum(map(len, notes[split]))
            print(f"MAESTRO {split}: {len(pieces[split])} pieces, {count} notes (the official split has {official})")
            if not official - NOTES_OF_SIX_TRIOS_AT_MOST <= count <= official:
                raise SystemExit(f"The {split} split is not MAESTRO v2.0.0's: check the folder {options.maestro}.")

        held_out = list(notes["validation"])
        more = []
        if options.asap:
            train = {str(piece.path.relative_to(options.maestro)) for piece in pieces["train"]}
            performances, scores = pieces_of_asap(options.asap, options.performances, train)
            held_out += read(scores)
            print(f"ASAP: {len(performances)} performances of works that MAESTRO's table does not hold out")
            more += performances
        if options.supra:
            more += pieces_of_supra(options.supra)
        notes_of_more = [
            without_strays(found) if piece.source == "roll" else found
            for piece, found in zip(more, read([piece.path for piece in more]), strict=True)
        ]

    reasons = collections.Counter()
    for piece, found, like in zip(more, notes_of_more, likeness(notes_of_more, held_out), strict=True):
        if like >= SAME_WORK:
            reasons[f"{piece.source}: a work that is held out"] += 1
        elif found[:, 3].std() < FLAT_DYNAMICS:
            reasons[f"{piece.source}: no dynamics"] += 1
        else:
            pieces["train"].append(piece)
            notes["train"].append(found)
    for reason, count in reasons.items():
        print(f"left out, {reason}: {count}")
    for split in pieces:
        count = write(options.out / f"{split}.npz", pieces[split], notes[split])
        print(f"{split}: {len(pieces[split])} pieces, {count} notes")


if __name__ == "__main__":
    main()
