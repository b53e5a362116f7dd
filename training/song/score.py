"""The common output of all readers: a score on a grid of 24 positions per quarter note, with repeats unfolded.

A reader returns a `Score`; `song.py` converts it to the song that is packed.
"""

import dataclasses

BEAT = 24  # positions of a quarter note


@dataclasses.dataclass
class Staff:
    """One staff or voice of the score, played by one instrument."""

    name: str  # as in the score; instruments.py interprets it
    notes: list = dataclasses.field(default_factory=list)  # (onset, duration, pitch, velocity or 0 for unknown)
    program: int | None = None  # General MIDI, 0-127, if the file states it
    group: str = ""  # staves of one group belong to one player (both hands of a piano)
    drums: bool = False


@dataclasses.dataclass
class Bar:
    start: int
    length: int
    numerator: int
    denominator: int

    @property
    def nominal(self):
        return 4 * BEAT * self.numerator // self.denominator


@dataclasses.dataclass
class Score:
    staves: list
    bars: list
    keys: list = dataclasses.field(default_factory=list)  # (onset, fifths or None, "major" | "minor" | None)
    tempo: float = 0.0  # quarter notes per minute, 0 if unknown
    sections: list = dataclasses.field(default_factory=list)  # (first bar, letter, number of earlier occurrences)
    chords: list = dataclasses.field(default_factory=list)  # (onset, root 0-11 or None, kind), if given
    meta: dict = dataclasses.field(default_factory=dict)


class Measure:
    """A bar as written: `events` have the reader's own type; times are relative to the bar's start."""

    def __init__(self):
        self.events = []
        self.length = 0.0  # length of its content in quarter notes
        self.numerator, self.denominator = 4, 4
        self.forward = False  # whether a repeat begins here
        self.backward = 0  # how often a repeat that ends here is played, 0 for none
        self.endings = None  # set of passes that play this bar, None for all
        self.jumps = set()  # "segno", "coda", "fine", "tocoda", "dacapo", "dalsegno"


LONGEST = 1_000  # bars of an unfolded piece, so that a misread sign cannot loop forever


def unfold(measures):
    """The order in which written bars are played: list of indices.

    Repeats with first and second endings, then D.C. and D.S. once, with Fine or a jump from "to Coda" to the coda;
    after such a jump, repeats are not played again.
    """
    order = []
    i, begin, passed, jumped = 0, 0, 1, False
    finished = set()  # repeats already played: the index of their end
    while i < len(measures) and len(order) < LONGEST:
        m = measures[i]
        if m.forward and i != begin:
            begin, passed = i, 1
        if m.endings is not None and not jumped and passed not in m.endings:
            i += 1
            continue
        if m.endings is not None and jumped and not is_last_ending(measures, i):
            i += 1
            continue
        order.append(i)
        if jumped and "fine" in m.jumps:
            break
        if jumped and "tocoda" in m.jumps:
            codas = [k for k, other in enumerate(measures) if "coda" in other.jumps and k > i]
            if codas:
                i = codas[0]
                continue
        if m.backward and not jumped and i not in finished:
            if passed < m.backward:
                passed += 1
                i = begin
                continue
            finished.add(i)
            begin, passed = i + 1, 1
        elif m.backward and i in finished:
            begin, passed = i + 1, 1
        if not jumped and ("dacapo" in m.jumps or "dalsegno" in m.jumps):
            segni = [k for k, other in enumerate(measures) if "segno" in other.jumps]
            jumped = True
            i = segni[0] if "dalsegno" in m.jumps and segni else 0
            continue
        # A repeat is over after the last of its endings.
        if m.endings is not None and (i + 1 == len(measures) or measures[i + 1].endings is None):
            begin, passed = i + 1, 1
        i += 1
    return order


def is_last_ending(measures, i):
    """Whether no later pass has its own ending after this one."""
    k = i
    while k < len(measures) and measures[k].endings is not None:
        if min(measures[k].endings) > min(measures[i].endings):
            return False
        k += 1
    return True


def lay_out(measures, order):
    """Positions of the played bars: ([start of each written bar as played], [Bar]).

    A first bar that is too short is a pick-up: its grid begins before its first note. Two bars that form one together
    (around a repeat sign) are merged.
    """
    starts, bars = [], []
    now = 0
    for place, index in enumerate(order):
        m = measures[index]
        length = max(1, round(m.length * BEAT))
        nominal = 4 * BEAT * m.numerator // m.denominator
        if place == 0 and length < nominal:
            starts.append(nominal - length)
            bars.append(Bar(0, nominal, m.numerator, m.denominator))
            now = nominal
            continue
        if place == len(order) - 1 and length < nominal and not (bars and bars[-1].length + length <= nominal):
            starts.append(now)
            bars.append(Bar(now, nominal, m.numerator, m.denominator))
            now += nominal
            continue
        starts.append(now)
        last = bars[-1] if bars else None
        same = last is not None and (last.numerator, last.denominator) == (m.numerator, m.denominator)
        if same and last.length < nominal and last.length + length <= nominal:
            last.length += length
        else:
            bars.append(Bar(now, length, m.numerator, m.denominator))
        now += length
    return starts, bars


def sections_of(order, starts, bars):
    """Sections of an unfolded score: a passage that is played again is a section, with letters by first appearance.

    The written bars are split wherever the order jumps, to or from; each segment gets a letter.
    """
    if not order:
        return []
    cuts = {order[0]}
    for a, b in zip(order, order[1:], strict=False):
        if b != a + 1:
            cuts |= {b, a + 1}
    if len(cuts) == 1:
        return []
    firsts = [bar.start for bar in bars]
    sections, letters, counts = [], {}, {}
    for index, start in zip(order, starts, strict=True):
        if index in cuts:
            letter = letters.setdefault(index, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[min(25, len(letters))])
            bar = max(k for k, first in enumerate(firsts) if first <= start)
            if sections and sections[-1][0] == bar:
                continue
            sections.append((bar, letter, counts.get(letter, 0)))
            counts[letter] = counts.get(letter, 0) + 1
    return sections


def tied(notes):
    """Joins tied notes: rows (onset, duration, pitch, velocity, starts a tie, ends a tie), of one staff.

    Returns (onset, duration, pitch, velocity) ordered by onset and pitch.
    """
    notes = sorted(notes, key=lambda note: (note[0], note[2]))
    out, open_ties = [], {}
    for onset, duration, pitch, velocity, starts, ends in notes:
        before = open_ties.get(pitch)
        if ends and before is not None and abs(out[before][0] + out[before][1] - onset) <= 1:
            out[before][1] = onset + duration - out[before][0]
            if not starts:
                del open_ties[pitch]
            continue
        out.append([onset, duration, pitch, velocity])
        if starts:
            open_ties[pitch] = len(out) - 1
        else:
            open_ties.pop(pitch, None)
    return [tuple(note) for note in out]
