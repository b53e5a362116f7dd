"""MAESTRO's MIDI files -> one packed array file per split.

    python prepare.py --maestro DIR --out DIR

Writes OUT/train.npz and OUT/validation.npz. One split holds
  onset     uint32 [notes]   tenths of a millisecond from the start of the file
  duration  uint32 [notes]   tenths of a millisecond, extended by the sustain pedal, >= 1
  pitch     uint8  [notes]
  velocity  uint8  [notes]   1-127
  start     int64  [pieces + 1]   piece p holds the notes start[p] .. start[p + 1] - 1
  composer  str    [pieces]  as in the data set's table
Notes stand by onset, then pitch.
"""

import argparse
import csv
import multiprocessing
import pathlib

import mido
import numpy as np

SUSTAIN = 64  # the controller's number, and the value from which on it holds (General MIDI)
# Notes of MAESTRO v2's splits (https://magenta.tensorflow.org/datasets/maestro). Six piano
# trios of the train split, which version 3 of the data set dropped, may be missing.
OFFICIAL_NOTES = {"train": 5_726_876, "validation": 639_425}
NOTES_OF_SIX_TRIOS_AT_MOST = 120_000


def notes_of_file(path):
    """The notes of one file: uint32 [notes, 4] of onset, duration (0.1 ms), pitch, velocity.

    A note whose key is released while the pedal is down sounds until the pedal lifts, the
    pitch is struck again, or the file ends (Oore et al. 2018, "This time with feeling").
    """
    midi = mido.MidiFile(path)
    notes = []
    held = {}  # pitch -> index of the note whose key is down
    ringing = {}  # pitch -> index of the note that only the pedal holds
    pedal = False
    seconds = 0.0
    tempo = 500_000  # microseconds a quarter note, until the file says otherwise

    def end(index):
        notes[index][1] = max(1, round(seconds * 1e4) - notes[index][0])

    for message in mido.merge_tracks(midi.tracks):
        seconds += message.time * tempo * 1e-6 / midi.ticks_per_beat
        kind = message.type
        if kind == "note_on" and message.velocity > 0:
            for sounding in (held, ringing):
                if message.note in sounding:
                    end(sounding.pop(message.note))
            held[message.note] = len(notes)
            notes.append([round(seconds * 1e4), 0, message.note, message.velocity])
        elif kind == "note_on" or kind == "note_off":
            index = held.pop(message.note, None)
            if index is None:
                continue
            if pedal:
                ringing[message.note] = index
            else:
                end(index)
        elif kind == "control_change" and message.control == SUSTAIN:
            pedal = message.value >= SUSTAIN
            if not pedal:
                for index in ringing.values():
                    end(index)
                ringing.clear()
        elif kind == "set_tempo":
            tempo = message.tempo
    for index in [*held.values(), *ringing.values()]:
        end(index)
    table = np.array(notes, dtype=np.uint32)
    return table[np.lexsort((table[:, 2], table[:, 0]))]


def pack(rows, maestro, out, workers):
    """Writes the pieces of one split; returns how many notes they have."""
    with multiprocessing.Pool(workers) as pool:
        pieces = pool.map(notes_of_file, [maestro / row["midi_filename"] for row in rows], chunksize=4)
    notes = np.concatenate(pieces)
    np.savez(
        out,
        onset=notes[:, 0],
        duration=notes[:, 1],
        pitch=notes[:, 2].astype(np.uint8),
        velocity=notes[:, 3].astype(np.uint8),
        start=np.cumsum([0] + [len(piece) for piece in pieces]),
        composer=np.array([row["canonical_composer"] for row in rows]),
    )
    return len(notes)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--maestro", type=pathlib.Path, required=True, help="folder of MAESTRO v2.0.0")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    table = next(options.maestro.glob("maestro-v2*.csv"))
    with open(table, newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if (options.maestro / row["midi_filename"]).exists()]
    for split, official in OFFICIAL_NOTES.items():
        of_split = sorted((r for r in rows if r["split"] == split), key=lambda r: r["midi_filename"])
        count = pack(of_split, options.maestro, options.out / f"{split}.npz", options.workers)
        print(f"{split}: {len(of_split)} pieces, {count} notes (the official split has {official})")
        if not official - NOTES_OF_SIX_TRIOS_AT_MOST <= count <= official:
            raise SystemExit(f"The {split} split is not MAESTRO v2.0.0's: check the folder {options.maestro}.")


if __name__ == "__main__":
    main()
