"""Writes vocabulary.json: time bins, and thresholds of tags such that all grades are equally frequent.

    python fit_vocabulary.py --data DIR

Run once, before the first training, on MAESTRO only; a model depends on the vocabulary it was trained with.
"""

import argparse
import json
import pathlib

import numpy as np

WINDOW = 256  # notes in a measured window
WINDOWS = 20_000

CLASSES = [
    "piano", "chromatic-percussion", "organ", "guitar", "bass", "strings", "ensemble", "brass",
    "reed", "pipe", "lead", "pad", "drums", "melody-control", "end", "section",
]  # fmt: skip
GRADES = {"tempo": 8, "density": 8, "loudness": 6, "dynamics": 3, "register": 5, "polyphony": 5, "articulation": 4}
# The 24 composers with the most performances in the train split; arrangements count for the first name.
COMPOSERS = [
    "Johann Sebastian Bach", "George Frideric Handel", "Domenico Scarlatti", "Joseph Haydn",
    "Wolfgang Amadeus Mozart", "Muzio Clementi", "Ludwig van Beethoven", "Franz Schubert",
    "Felix Mendelssohn", "Frédéric Chopin", "Robert Schumann", "Franz Liszt", "Johannes Brahms",
    "Modest Mussorgsky", "Pyotr Ilyich Tchaikovsky", "Edvard Grieg", "César Franck", "Isaac Albéniz",
    "Claude Debussy", "Leoš Janáček", "Alexander Scriabin", "Sergei Rachmaninoff", "Nikolai Medtner",
    "Alban Berg", "other",
]  # fmt: skip
ERAS = {
    "baroque": [
        "Johann Sebastian Bach", "George Frideric Handel", "Domenico Scarlatti", "Henry Purcell",
        "Jean-Philippe Rameau", "Johann Pachelbel", "Orlando Gibbons",
    ],
    "classical": [
        "Joseph Haydn", "Wolfgang Amadeus Mozart", "Muzio Clementi", "Ludwig van Beethoven",
        "Antonio Soler", "Johann Christian Fischer",
    ],
    "romantic": [
        "Franz Schubert", "Felix Mendelssohn", "Frédéric Chopin", "Robert Schumann", "Franz Liszt",
        "Johannes Brahms", "Modest Mussorgsky", "Pyotr Ilyich Tchaikovsky", "Edvard Grieg",
        "César Franck", "Sergei Rachmaninoff", "Nikolai Medtner", "Carl Maria von Weber",
        "Charles Gounod", "Georges Bizet", "Giuseppe Verdi", "Mikhail Glinka", "Mily Balakirev",
        "Niccolò Paganini", "Nikolai Rimsky-Korsakov", "Johann Strauss", "Fritz Kreisler",
        "Richard Wagner", "Anton Rubinstein", "Camille Saint-Saëns", "Cécile Chaminade",
        "Moritz Moszkowski", "Ignacy Jan Paderewski", "Alexander Glazunov", "Joachim Raff",
        "Antonín Dvořák", "Jean Sibelius",
    ],
    "modern": [
        "Isaac Albéniz", "Claude Debussy", "Leoš Janáček", "Alexander Scriabin", "Alban Berg",
        "George Enescu", "Percy Grainger", "Maurice Ravel", "Sergei Prokofiev",
    ],
}  # fmt: skip
TONICS = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"]


def edges(first, exact, end, bins):
    """`exact` bins of width one from `first` on, then bins of increasing width up to `end`."""
    start = first + exact
    limits = list(range(first, start + 1))
    for left in range(bins - exact, 0, -1):
        ratio = (end / limits[-1]) ** (1 / left)
        limits.append(max(limits[-1] + 1, round(limits[-1] * ratio)))
    return limits


def constants():
    return {
        "ticksPerSecond": 100,
        "classes": CLASSES,
        "velocitiesPerBin": 4,
        # exact to 0.99 s, then 28 bins to 30 s
        "dtEdges": edges(0, 100, 3_000, 128),
        # exact to 1 s, then 156 bins to 24 s
        "durationEdges": edges(1, 100, 2_400, 256),
        "clearKeyMargin": 0.05,
        "tags": {
            "timebase": ["seconds", "beats"],
            "composer": COMPOSERS,
            "era": list(ERAS),
            "genre": ["classical", "pop", "jazz", "folk", "game"],
            "instruments": CLASSES[:13],
            "key": [f"{tonic} {mode}" for tonic in TONICS for mode in ("major", "minor")],
        },
        "eraOfComposer": {composer: era for era, composers in ERAS.items() for composer in composers},
    }


# Added in version 2 of the weights; these rows follow those of the tags above.
ADDED = {
    "sources": ["concert", "roll"],
    "countdownEdges": [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512],
    "gapEdges": [0, 5, 10, 15, 20, 30, 40, 60, 80, 120, 160, 240, 320, 480, 640, 960, 1280, 1920, 2560],
}


def write(path, vocabulary):
    """Writes one entry per line, so that a diff shows what changed."""
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in vocabulary.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True, help="where prepare.py wrote")
    options = parser.parse_args()
    path = pathlib.Path(__file__).parent / "vocabulary.json"
    vocabulary = constants()
    write(path, vocabulary | {"gradedTags": {name: [] for name in GRADES}} | ADDED)

    from tags import measures  # reads the file just written
    from windows import Split, in_ticks

    split = Split(options.data / "train.npz")
    piece = np.searchsorted(split.start, np.arange(len(split.onset)), side="right")  # for each note
    rng = np.random.default_rng(0)
    values = {name: [] for name in GRADES}
    for first in rng.integers(0, len(piece) - WINDOW, WINDOWS):
        window = slice(first, first + WINDOW)
        if piece[first] != piece[first + WINDOW - 1]:
            continue
        fields = (field[window] for field in (split.onset, split.duration, split.pitch, split.velocity))
        for name, value in measures(*in_ticks(*fields)).items():
            values[name].append(value)
    grades = {}
    for name, count in GRADES.items():
        quantiles = np.quantile(values[name], np.arange(1, count) / count)
        grades[name] = [float(f"{limit:.3g}") for limit in quantiles]
        print(name, grades[name])
    write(path, vocabulary | {"gradedTags": grades} | ADDED)


if __name__ == "__main__":
    main()
