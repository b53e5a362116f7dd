"""Packs the archives into songs, split by work.

    python convert.py --corpora DIR --out DIR [--only pop909,groove] [--workers 2] [--every 1]

Writes OUT/SOURCE.train.npz and OUT/SOURCE.validation.npz for each source, and OUT/SOURCE.json: numbers of songs and
notes, and the files that could not be read, with the reason. Training uses all sources in the folder.
"""

import argparse
import csv
import hashlib
import json
import multiprocessing
import pathlib
import re

import instruments
import kern
import midi
import musicxml
import openhymnal
import pack
from song import POP_PARTS, band_roles, roles_of, song_of
from vocabulary import DRUMS, GENRES

VALIDATION_SHARE = 16  # one in this many works

# name -> (pattern of the archive's files, licence, name in the model card)
SOURCES = {
    "pop909": ("pop909/POP909/[0-9]*", "MIT"),
    "groove": ("groove/groove/**/*.mid", "CC BY 4.0"),
    "freedoom": ("freedoom/musics/*.mid", "BSD-3-Clause"),
    "blasphemer": ("blasphemer/musics/*.mid", "BSD-3-Clause"),
    "easyrpg": ("easyrpg/Music/*.mid", "CC BY 4.0"),
    "bach": ("bach/*.[mx][xm]l", "public domain, collection BSD-3-Clause"),
    "openhymnal": ("openhymnal/OpenHymnal.abc", "public domain"),
    "quartets": ("quartets/scores/**/*.mxl", "CC0"),
    "lieder": ("lieder/scores/**/*.mxl", "CC0"),
    "orchestra": ("orchestra/data/**/*.mxl", "CC0"),
    "polish": ("polish/**/*.krn", "CC BY 4.0"),
}


def is_validation(work):
    """Whether a work belongs to the validation split: by a hash of its name, so that it never changes sides."""
    return int(hashlib.sha256(work.encode()).hexdigest(), 16) % VALIDATION_SHARE == 0


def read_pop909(path, corpora):
    score = midi.read_pop(path, corpora / "pop909_form" / "POP909" / path.name)
    parts = [(staff, POP_PARTS[staff.name]) for staff in score.staves]
    return [song_of(score, parts, name=path.name, source="pop909", work=path.name, style="pop", genre="")]


GROOVE_GENRES = {"rock", "funk", "jazz", "latin", "hiphop", "soul", "afrocuban", "punk", "country", "reggae", "gospel"}
GROOVE_ALIASES = {"neworleans": "jazz", "afrobeat": "funk", "pop": "rock", "blues": "rock", "highlife": "afrocuban"}


def read_groove(path, corpora):
    row = groove_table(corpora)[f"{path.parent.parent.name}/{path.parent.name}/{path.name}"]
    numerator, denominator = map(int, row["time_signature"].split("-"))
    score = midi.read_groove(str(path), numerator, denominator, float(row["bpm"]))
    genre = row["style"].split("/")[0]
    genre = GROOVE_ALIASES.get(genre, genre)
    name = path.stem
    work = f"groove {row['session']} {path.stem.split('_')[1]}"  # all takes of one groove by one drummer
    genre = genre if genre in GROOVE_GENRES else ""
    parts = [(score.staves[0], DRUMS)]
    return [song_of(score, parts, name=name, source="groove", work=work, style="drums", genre=genre)]


_tables = {}


def groove_table(corpora):
    if "groove" not in _tables:
        with open(corpora / "groove" / "groove" / "info.csv", newline="") as file:
            _tables["groove"] = {row["midi_filename"]: row for row in csv.DictReader(file)}
    return _tables["groove"]


def read_band(path, source):
    score = midi.read_band(str(path))
    parts = band_roles(score.staves)
    name = path.stem
    return [song_of(score, parts, name=name, source=source, work=f"{source} {name}", style="band", genre="")]


def tune_of(soprano):
    """A chorale's tune as text: its first dozen steps, the same for every setting of it."""
    pitches = [note[2] for note in sorted(soprano)]
    steps = [b - a for a, b in zip(pitches, pitches[1:], strict=False) if b != a]
    return ",".join(map(str, steps[:6]))


def read_bach(path, corpora):
    score = musicxml.read(path)
    voices = [s for s in score.staves if instruments.class_of(s.name, s.program) == "ensemble" and s.notes]
    if len(voices) < 4 and len(score.staves) == 4:
        voices = [s for s in score.staves if s.notes]
    if len(voices) >= 4:
        voices = voices[:4]
        for voice, name in zip(voices, ("Soprano", "Alto", "Tenor", "Bass"), strict=True):
            voice.name = name
        score.staves = voices  # instruments only double the singers
        style, work = "chorale", f"tune {tune_of(voices[0].notes)}"
    else:
        style, work = "chamber", f"bach {path.stem.split('.')[0]}"
    return [song_of(score, roles_of(score.staves), name=path.stem, source="bach", work=work, style=style, genre="")]


def read_quartet(path, corpora):
    score = musicxml.read(path)
    style = "quartet" if len(score.staves) == 4 else "chamber"
    work = f"{path.parent.parent.name} {path.parent.name}"
    return [song_of(score, roles_of(score.staves), name=path.stem, source="quartets", work=work, style=style, genre="")]


def read_lied(path, corpora):
    score = musicxml.read(path)
    for staff in score.staves:
        staff.program = None  # a voice is named after its role, but its program is an oboe
    work = f"{path.parent.parent.parent.name} {path.parent.parent.name}"
    if path.parent.parent.name == "_":
        work = f"{path.parent.parent.parent.name} {path.parent.name}"
    style = style_of(score)
    return [
        song_of(
            score, roles_of(score.staves), name=path.parent.name, source="lieder", work=work, style=style, genre="song"
        )
    ]


def read_orchestra(path, corpora):
    score = musicxml.read(path)
    work = f"{path.parents[1].name} {path.parent.name}"
    genre = ""
    style = style_of(score)
    return [
        song_of(score, roles_of(score.staves), name=path.stem, source="orchestra", work=work, style=style, genre=genre)
    ]


def style_of(score):
    """The style of a score, by its instruments."""
    kinds = [instruments.class_of(s.name, s.program) for s in score.staves if s.notes]
    kinds = [kind for kind in kinds if kind is not None]
    singers = kinds.count("ensemble")
    others = set(kinds) - {"ensemble"}
    if singers:
        if others <= {"piano", "organ", "guitar"}:
            return "lied" if singers <= 2 and others else "choir"
        return "oratorio"
    if others == {"piano"}:
        return "piano"
    if others == {"organ"}:
        return "organ"
    if others == {"strings"} and len(kinds) == 4:
        return "quartet"
    return "chamber" if len(kinds) <= 6 else "orchestra"


GENRE_PATTERNS = [(name, re.compile(name[:6], re.I)) for name in GENRES]


def genre_of(text):
    """The genre in a kern file's AGN record, "" if unknown."""
    for name, pattern in GENRE_PATTERNS:
        if pattern.search(text):
            return name
    return ""


def read_polish(path, corpora):
    score = kern.read(path)
    meta = score.meta
    composer = meta.get("COM", "").lower()
    title = meta.get("OPR") or meta.get("GTL") or meta.get("OTL") or path.stem
    work = f"{composer} {title.lower()}" if composer else path.stem.split("--")[1]
    if "chopin" in composer:
        work = f"chopin {meta.get('OPS', '')} {title.lower()}"
    style, genre = style_of(score), genre_of(meta.get("AGN", ""))
    return [
        song_of(score, roles_of(score.staves), name=path.stem, source="polish", work=work, style=style, genre=genre)
    ]


def read_hymns(path, corpora):
    songs = []
    for tune in openhymnal.read(path):
        try:
            work = f"tune {tune_of(tune.staves[0].notes)}"
            name = tune.meta["title"]
            parts = roles_of(tune.staves)
            songs.append(song_of(tune, parts, name=name, source="openhymnal", work=work, style="hymn", genre=""))
        except (ValueError, IndexError):
            continue
    return songs


READERS = {
    "pop909": read_pop909,
    "groove": read_groove,
    "freedoom": lambda path, corpora: read_band(path, "freedoom"),
    "blasphemer": lambda path, corpora: read_band(path, "blasphemer"),
    "easyrpg": lambda path, corpora: read_band(path, "easyrpg"),
    "bach": read_bach,
    "openhymnal": read_hymns,
    "quartets": read_quartet,
    "lieder": read_lied,
    "orchestra": read_orchestra,
    "polish": read_polish,
}


def convert_one(job):
    """(songs of one file, None) or ([], the reason why there are none)."""
    source, path, corpora = job
    try:
        return READERS[source](path, corpora), None
    except Exception as error:  # unreadable files are counted, and the others are processed
        return [], f"{type(error).__name__}: {error}"[:120]


def files_of(source, corpora):
    found = sorted(corpora.glob(SOURCES[source][0]))
    return [path for path in found if "_melody" not in path.name]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=pathlib.Path, required=True, help="folder of the unpacked archives")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--only", default=",".join(SOURCES), help="sources, with commas")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="takes every n-th file")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for source in options.only.split(","):
        jobs = [(source, path, options.corpora) for path in files_of(source, options.corpora)[:: options.every]]
        songs, failures = [], {}
        with multiprocessing.Pool(options.workers) as pool:
            for (_, path, _), (made, failure) in zip(jobs, pool.imap(convert_one, jobs, chunksize=4), strict=True):
                songs += made
                if failure:
                    failures[path.name] = failure
        report = {"source": source, "licence": SOURCES[source][1], "files": len(jobs), "songs": len(songs)}
        for split, wanted in (("train", False), ("validation", True)):
            chosen = [song for song in songs if is_validation(song.work) == wanted]
            if chosen:
                pack.save(options.out / f"{source}.{split}.npz", chosen)
            report[split] = {"songs": len(chosen), "notes": sum(len(song.notes) for song in chosen)}
        report["styles"] = {}
        for song in songs:
            report["styles"][song.style] = report["styles"].get(song.style, 0) + 1
        print(json.dumps(report), flush=True)
        (options.out / f"{source}.json").write_text(json.dumps(report | {"failures": failures}, indent=1) + "\n")


if __name__ == "__main__":
    main()
