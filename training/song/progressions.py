"""Counts of chords and forms, from which plans are drawn without a network.

    python progressions.py --data packed --forms POP909 --out ../../assets/plan/counts.json

For POP909 (its own chords) and for hymns and songs with piano (recognised chords): how often a bar's chords follow
those of the two preceding bars, relative to the tonic, in major and in minor; how often a section begins with a bar's
chords. A bar is written as its chords separated by spaces, each a number: root above the tonic times 8, plus its
kind. For chorales the same by beats, as their chords change with the beat: a word is the one chord of a beat. For
POP909's form strings: how often sequences of melody sections occur, by their length. Only counts are kept: no
sequence is longer than three bars, and each occurs in at least FEWEST pieces.
"""

import argparse
import collections
import json
import pathlib
import re

import numpy as np

from pack import Songs
from score import BEAT
from vocabulary import KINDS

FEWEST = 8
SOURCES = {"pop": ["pop909"], "hymn": ["openhymnal", "bach"], "lied": ["lieder"], "chorale": ["bach"]}
BY_BEAT = {"chorale"}
LONGEST_FORM = 8


def words_of(arrays, s, by_beat):
    """The chords of song s bar by bar, or beat by beat, relative to the tonic: (mode, [word or None], [where sections
    begin]).
    """
    a = arrays
    cut = {name: slice(*a[name][s : s + 2]) for name in ("bars", "keys", "chords", "sections")}
    keys = a["key"][cut["keys"]]
    if len(keys) == 0:
        return None
    key = int(np.bincount(keys).argmax())
    tonic, minor = key // 2, key % 2
    lengths = a["bar_length"][cut["bars"]].astype(int)
    starts = np.append(0, lengths.cumsum())
    onsets, chords = a["chord_onset"][cut["chords"]].astype(int), a["chord"][cut["chords"]].astype(int)
    key_onsets = a["key_onset"][cut["keys"]].astype(int)

    def word(*places):
        found = []
        for place in places:
            i = np.searchsorted(onsets, place + 1, side="right") - 1
            chord = chords[i] if i >= 0 else 0
            found.append(None if chord == 0 else int((chord - 1 - KINDS * tonic) % (12 * KINDS)))
        return None if None in found else " ".join(map(str, found[:1] if len(set(found)) == 1 else found))

    words, first = [], []
    for start, length in zip(starts, lengths):
        first.append(len(words))
        here = keys[max(0, np.searchsorted(key_onsets, start, side="right") - 1)]
        units = [(place,) for place in range(start, start + length, BEAT)] if by_beat else [(start, start + length // 2)]
        # Skips passages in another key.
        words += [word(*places) if here == key else None for places in units]
    sections = [first[bar] for bar in a["section_bar"][cut["sections"]].astype(int)]
    return ("minor" if minor else "major"), words, sections


def count(files, by_beat):
    """{mode: {begin, next}} of the songs in packed files: in how many pieces a sequence occurs, and how often."""
    pieces = collections.defaultdict(set)
    counts = collections.Counter()
    number = 0
    for path in files:
        songs = Songs(path)
        for s in range(len(songs)):
            number += 1
            found = words_of(songs.arrays, s, by_beat)
            if found is None:
                continue
            mode, words, sections = found
            for place, word in enumerate(words):
                if word is None:
                    continue
                grams = [(mode, "begin", word)] if place in sections or place == 0 else []
                for order in (0, 1, 2):
                    before = words[place - order : place] if place >= order else [None]
                    if None not in before:
                        grams.append((mode, "next", *before, word))
                for gram in grams:
                    counts[gram] += 1
                    pieces[gram].add(number)
    out = {}
    for gram, times in sorted(counts.items()):
        if len(pieces[gram]) < FEWEST:
            continue
        mode, kind, *before, word = gram
        table = out.setdefault(mode, {"begin": {}, "next": {}})
        row = table["begin"] if kind == "begin" else table["next"].setdefault("|".join(before), {})
        row[word] = times
    return out


def forms(folder):
    """{number of sections: {letters: count}} of POP909's form strings, including their prefixes."""
    counts = collections.Counter()
    for path in sorted(folder.glob("*/human_label1.txt")):
        letters = "".join(c for c, _ in re.findall(r"([A-D])(\d+)", path.read_text()))
        names = {}
        letters = "".join(names.setdefault(c, "ABCDE"[len(names)]) for c in letters)
        for n in range(2, LONGEST_FORM + 1):
            if len(letters) >= n:
                counts[letters[:n]] += 1
    out = {}
    for letters, times in counts.most_common():
        row = out.setdefault(str(len(letters)), {})
        if len(row) < 10 and times >= FEWEST:
            row[letters] = times
    return dict(sorted(out.items()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--forms", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    options = parser.parse_args()
    chords = {
        name: count([options.data / f"{source}.train.npz" for source in sources], name in BY_BEAT)
        for name, sources in SOURCES.items()
    }
    options.out.write_text(json.dumps({"chords": chords, "forms": forms(options.forms)}) + "\n")


if __name__ == "__main__":
    main()
