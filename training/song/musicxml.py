"""Reads MusicXML (.mxl, .xml, .musicxml) as a Score. Only score-partwise files, the common variant."""

import pathlib
import re
import zipfile
from xml.etree import ElementTree

from score import BEAT, Measure, Score, Staff, lay_out, sections_of, tied, unfold

STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
# Velocities of dynamic marks, as usual in notation programs.
DYNAMICS = {"ppp": 24, "pp": 36, "p": 49, "mp": 62, "mf": 76, "f": 92, "ff": 108, "fff": 120, "sf": 100, "fp": 70}


def read_text(path):
    """The XML of a file, or of the score inside a compressed one. Raises ValueError if there is none."""
    path = pathlib.Path(path)
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if "META-INF/container.xml" in names:
            found = re.search(rb'full-path="([^"]+)"', archive.read("META-INF/container.xml"))
            if found and found[1].decode() in names:
                return archive.read(found[1].decode())
        for name in names:
            if name.endswith((".xml", ".musicxml")) and not name.startswith("META-INF"):
                return archive.read(name)
    raise ValueError(f"{path.name} holds no score")


def number(element, name, default=None):
    found = element.findtext(name)
    return default if found is None else float(found)


def read(path):
    """The score of one file. Raises ValueError unless it is score-partwise, ParseError for invalid XML."""
    root = ElementTree.fromstring(read_text(path))
    if root.tag != "score-partwise":
        raise ValueError(f"{root.tag} is not read")
    names, programs, drums = {}, {}, {}
    for part in root.iterfind("part-list/score-part"):
        key = part.get("id")
        names[key] = " ".join(
            filter(None, (part.findtext("part-name"), part.findtext("score-instrument/instrument-name")))
        )
        program = part.findtext("midi-instrument/midi-program")
        programs[key] = int(program) - 1 if program else None
        drums[key] = part.findtext("midi-instrument/midi-channel") == "10"
    parts = [(part.get("id"), [measure_of(m) for m in part.iterfind("measure")]) for part in root.iterfind("part")]
    if not parts:
        raise ValueError("no parts")
    measures = joined([in_time(raw) for _, raw in parts])
    order = unfold(measures)
    starts, bars = lay_out(measures, order)
    staves = []
    for part, (key, raw) in enumerate(parts):
        rows = {}
        for index, start in zip(order, starts, strict=True):
            if index >= len(raw):
                continue
            for offset, length, pitch, velocity, tie_start, tie_stop, staff in raw[index]["sounding"]:
                onset = start + round(offset * BEAT)
                end = start + round((offset + length) * BEAT)
                rows.setdefault(staff, []).append((onset, max(1, end - onset), pitch, velocity, tie_start, tie_stop))
        for staff in sorted(rows):
            staves.append(
                Staff(names.get(key, ""), tied(rows[staff]), programs.get(key), f"{part}", drums.get(key, False))
            )
    keys = []
    for index, start in zip(order, starts, strict=True):
        for raw in parts[0][1][index : index + 1]:
            keys += [(start + round(offset * BEAT), fifths, mode) for offset, fifths, mode in raw["keys"]]
    tempi = [tempo for _, raw in parts for m in raw for tempo in m["tempi"]]
    title = " ".join(filter(None, (root.findtext("work/work-title"), root.findtext("movement-title"))))
    composer = next((c.text for c in root.iterfind("identification/creator") if c.get("type") == "composer"), "") or ""
    meta = {"title": title, "composer": composer}
    return Score(staves, bars, keys, tempi[0] if tempi else 0.0, sections_of(order, starts, bars), meta=meta)


def measure_of(element):
    """The content of one written bar of one part, in divisions; in_time() converts it to quarter notes."""
    return {"element": element, "sounding": [], "keys": [], "tempi": []}


def in_time(raw):
    """Reads a part's bars in order, since divisions, meter, key and transposition persist. Fills `raw`."""
    divisions, transpose, velocity = 1.0, 0, 0
    fifths_shift = 0
    numerator, denominator = 4, 4
    measures = []
    ending = None
    for entry in raw:
        m = Measure()
        now = last = longest = 0.0  # divisions
        quarter = divisions
        for child in entry.pop("element"):
            tag = child.tag
            if tag == "note":
                if child.find("grace") is not None or child.find("cue") is not None:
                    continue
                duration = number(child, "duration", 0.0) / quarter
                chord = child.find("chord") is not None
                onset = last if chord else now
                pitch = child.find("pitch")
                if pitch is not None:
                    step = STEPS[pitch.findtext("step")] + int(number(pitch, "alter", 0) or 0)
                    midi = step + 12 * (int(pitch.findtext("octave")) + 1) + transpose
                    ties = {tie.get("type") for tie in child.iterfind("tie")}
                    staff = int(child.findtext("staff") or 1)
                    if 0 <= midi <= 127 and duration > 0:
                        row = (onset, duration, midi, velocity, "start" in ties, "stop" in ties, staff)
                        entry["sounding"].append(row)
                if not chord:
                    last = now
                    now += duration
                    longest = max(longest, now)
            elif tag == "backup":
                now -= number(child, "duration", 0.0) / quarter
            elif tag == "forward":
                now += number(child, "duration", 0.0) / quarter
                longest = max(longest, now)
            elif tag == "attributes":
                quarter = divisions = number(child, "divisions", divisions)
                for change in child.iterfind("transpose"):
                    transpose = int(number(change, "chromatic", 0) + 12 * number(change, "octave-change", 0))
                    # The written key of a transposing part is transposed by fifths, too.
                    fifths_shift = (7 * int(number(change, "chromatic", 0))) % 12
                time = child.find("time")
                if time is not None and time.findtext("beats"):
                    beats = time.findtext("beats")
                    numerator = sum(int(x) for x in re.findall(r"\d+", beats)) or numerator
                    denominator = int(time.findtext("beat-type") or denominator)
                key = child.find("key")
                if key is not None and key.findtext("fifths") is not None:
                    fifths = (int(key.findtext("fifths")) + fifths_shift + 6) % 12 - 6
                    entry["keys"].append((now, fifths, key.findtext("mode")))
            elif tag == "direction" or tag == "sound":
                sound = child if tag == "sound" else child.find("sound")
                for attribute, jump in (
                    ("segno", "segno"),
                    ("coda", "coda"),
                    ("fine", "fine"),
                    ("tocoda", "tocoda"),
                    ("dacapo", "dacapo"),
                    ("dalsegno", "dalsegno"),
                ):
                    if sound is not None and sound.get(attribute):
                        m.jumps.add(jump)
                if sound is not None and sound.get("tempo"):
                    entry["tempi"].append(float(sound.get("tempo")))
                for kind in child.iterfind("direction-type/*") if tag == "direction" else ():
                    if kind.tag in ("segno", "coda"):
                        m.jumps.add(kind.tag)
                    elif kind.tag == "dynamics":
                        for mark in kind:
                            velocity = DYNAMICS.get(mark.tag, velocity)
                    elif kind.tag == "words" and kind.text:
                        m.jumps |= jumps_of(kind.text)
            elif tag == "barline":
                repeat = child.find("repeat")
                if repeat is not None and repeat.get("direction") == "forward":
                    m.forward = True
                if repeat is not None and repeat.get("direction") == "backward":
                    m.backward = int(repeat.get("times") or 2)
                mark = child.find("ending")
                if mark is not None and mark.get("type") == "start":
                    ending = {int(x) for x in re.findall(r"\d+", mark.get("number") or "1")} or None
                if ending is not None:
                    m.endings = ending
                if mark is not None and mark.get("type") in ("stop", "discontinue"):
                    ending = None
                for kind in ("segno", "coda"):
                    if child.find(kind) is not None:
                        m.jumps.add(kind)
        if ending is not None:
            m.endings = ending
        m.numerator, m.denominator, m.length = numerator, denominator, longest
        measures.append(m)
    return measures


def jumps_of(words):
    """The jumps named in written words."""
    text = words.lower().replace(" ", "").replace("\n", "")
    jumps = set()
    if "d.c." in text or "dacapo" in text:
        jumps.add("dacapo")
    elif "d.s." in text or "dalsegno" in text:
        jumps.add("dalsegno")
    elif text.strip(".") == "fine":
        jumps.add("fine")
    elif text.startswith("tocoda"):
        jumps.add("tocoda")
    return jumps


def joined(columns):
    """Merges the bars of all parts: the longest content, and the signs of any part."""
    rows = []
    for i in range(max(len(column) for column in columns)):
        present = [column[i] for column in columns if i < len(column)]
        m = Measure()
        m.numerator, m.denominator = present[0].numerator, present[0].denominator
        m.length = max(p.length for p in present)
        if m.length == 0:
            m.length = 4 * m.numerator / m.denominator
        m.forward = any(p.forward for p in present)
        m.backward = max(p.backward for p in present)
        m.endings = next((p.endings for p in present if p.endings is not None), None)
        m.jumps = set().union(*(p.jumps for p in present))
        rows.append(m)
    return rows
