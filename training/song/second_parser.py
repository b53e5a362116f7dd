"""How well the readers here agree with music21 on a sample of scores.

    python second_parser.py --corpora DIR [--source lieder] [--files 20]

Prints one line per file and the share of music21's (onset, pitch) pairs that the readers here find, too. Skips scores
with repeats, since music21 unfolds only some of them. Needs music21, which nothing else here uses.
"""

import argparse
import pathlib
import random

import music21

import kern
import musicxml
from convert import files_of
from score import BEAT

READERS = {".krn": kern.read, ".mxl": musicxml.read, ".xml": musicxml.read}


def ours(score):
    return {(onset, pitch) for staff in score.staves for onset, _, pitch, _ in staff.notes}


def theirs(path):
    score = music21.converter.parse(str(path)).stripTies()
    if path.suffix != ".krn":
        score = score.toSoundingPitch()
    notes = (note for note in score.flatten().notes if not note.duration.isGrace)
    return {(round(float(note.offset) * BEAT), pitch.midi) for note in notes for pitch in note.pitches}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=pathlib.Path, required=True, help="folder of the unpacked archives")
    parser.add_argument("--source", default="lieder", choices=["bach", "lieder", "quartets", "orchestra", "polish"])
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--largest", type=int, default=40_000, help="bytes of a file; music21 is slow")
    options = parser.parse_args()
    paths = [path for path in files_of(options.source, options.corpora) if path.stat().st_size <= options.largest]
    random.Random(0).shuffle(paths)
    both = total = done = 0
    for path in paths:
        try:
            score = READERS[path.suffix](path)
            if score.sections:
                continue
            mine, other = ours(score), theirs(path)
        except Exception as error:  # a file that one of them cannot read says nothing about the other
            print(f"{path.name}: {type(error).__name__}")
            continue
        # With a pick-up, music21 counts from 0, this reader from its position in the bar.
        shift = min(mine)[0] - min(other)[0]
        other = {(onset + shift, pitch) for onset, pitch in other}
        both, total, done = both + len(mine & other), total + len(other), done + 1
        print(
            f"{path.name}: {len(mine)} and {len(other)} notes, {len(mine & other) / len(other):.3f} agree", flush=True
        )
        if done == options.files:
            break
    print(f"{options.source}: {both / max(1, total):.4f} of {total} notes in {done} files")


if __name__ == "__main__":
    main()
