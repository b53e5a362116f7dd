"""Composes songs with a checkpoint and the plans of held-out songs, as MIDI files and a table of measures.

    python sample.py --data DIR --checkpoint FILE --out DIR [--styles pop,quartet] [--each 3] [--bars 24]

The reference implementation of drawing a song: passages of a few bars, each given the preceding notes; END only after
the last bar; notes in the order of time, part and pitch; only requested parts.
"""

import argparse
import json
import pathlib

import mido
import numpy as np
import torch
import torch.nn.functional as F

from model import (
    DURATION,
    PART,
    PITCH_FIELD,
    VELOCITY,
    SongTransformer,
    interval,
    norm,
    root_of,
    rotate,
    rotations,
    tonic_of,
)
from train import LONG
from vocabulary import (
    BAR_STEPS,
    BEAT,
    COMPOSED,
    DRUMS,
    DURATIONS,
    END,
    GIVEN,
    PLAN,
    START,
    UNKNOWN,
    VELOCITIES_PER_BIN,
    name_of,
)
from windows import Corpus, fields_of, plan_of, tags_of, vector_of

PASSAGE, BEFORE = 8, 256  # bars composed at a time, and number of preceding notes that are given
PROGRAMS = {  # programs for each class in a sample's MIDI file
    "piano": 0,
    "chromatic-percussion": 11,
    "organ": 19,
    "guitar": 24,
    "bass": 33,
    "strings": 48,
    "ensemble": 52,
    "brass": 61,
    "reed": 71,
    "pipe": 73,
    "lead": 80,
    "pad": 89,
}


class Reader:
    """A network that reads a sequence incrementally, with cached keys and values."""

    def __init__(self, model, tags):
        self.model, self.tags = model, torch.from_numpy(tags)[None]
        self.keys = [[] for _ in model.layers]
        self.values = [[] for _ in model.layers]
        self.count = 0

    @torch.no_grad()
    def read(self, kind, fields, onset, plan):
        """Positions [n], fields [n, 6], onset [n], plan [n, P] -> the state after the last, [1, D]."""
        m = self.model
        kind, fields, onset, plan = (torch.from_numpy(np.asarray(x))[None] for x in (kind, fields, onset, plan))
        n = kind.size(1)
        note = (kind != START).unsqueeze(-1)
        part, pitch = fields[..., PART], fields[..., PITCH_FIELD]
        x = sum(F.embedding(fields[..., i], rows) for i, rows in enumerate(m.fields))
        x = x + F.embedding(interval(pitch, tonic_of(plan), part), m.above_tonic)
        x = x + F.embedding(interval(pitch, root_of(plan), part), m.above_root)
        x = x * note + F.embedding(kind, m.kind) + m.told(plan, m.plan)
        x = norm(x) + (self.tags @ m.tags).unsqueeze(1)
        number = torch.arange(self.count, self.count + n)[None]
        cos, sin = rotations(number, onset, torch.where(kind == START, 60, pitch))
        future = torch.ones(n, self.count + n, dtype=torch.bool).triu(self.count + 1)
        for i, layer in enumerate(m.layers):
            y = norm(x)
            weights = (layer.query, layer.key, layer.value)
            q, k, v = (F.linear(y, w).view(1, n, layer.heads, -1).transpose(1, 2) for w in weights)
            q = rotate(norm(q), cos, sin) * layer.gain
            self.keys[i].append(rotate(norm(k), cos, sin))
            self.values[i].append(v)
            keys, values = torch.cat(self.keys[i], 2), torch.cat(self.values[i], 2)
            self.keys[i], self.values[i] = [keys], [values]
            scores = (q @ keys.transpose(2, 3) * q.size(-1) ** -0.5).masked_fill(future, -torch.inf)
            y = scores.softmax(-1) @ values
            x = x + F.linear(y.transpose(1, 2).reshape(1, n, -1), layer.out)
            x = x + F.linear(F.relu(F.linear(norm(x), layer.up)).square(), layer.down)
        self.count += n
        return norm(x)[:, -1] + self.tags @ m.last_tags


def draw(logits, allowed, rng, temperature, min_p):
    """Draws one of the allowed values (bool [size]); excludes values with a probability below min_p times the
    highest.
    """
    z = logits.double().numpy().reshape(-1) / temperature
    z = np.where(allowed, z, -np.inf)
    p = np.exp(z - z.max())
    p[p < min_p] = 0
    return int(rng.choice(len(p), p=p / p.sum()))


@torch.no_grad()
def compose(model, song, given, bars, tags, rng, known=False, up=0, told=frozenset(PLAN), temperature=0.9, min_p=0.05):
    """Composes the bars range(*bars) of a prepared song's plan, given the notes `given` [n, 5] (in order).

    tags: {name: values}, whose parts are those that can play; known: whether velocities are drawn. Returns the
    composed notes, [n, 5]; velocity 0 if unknown.
    """
    first, end = bars
    reader = Reader(model, vector_of(tags))
    playing = np.isin(np.arange(DRUMS + 1), tags["parts"])
    given_bar = np.searchsorted(song.bars, given[:, 0], side="right") - 1
    before = fields_of(given, given_bar, given_bar[0] if len(given) else 0, song.bars)
    before[:, 0] = np.clip(before[:, 0], 0, BAR_STEPS - 1)
    mark = np.zeros((1, 6), dtype=np.int64)
    mark[0, VELOCITY] = UNKNOWN
    onset = np.append(given[:, 0], song.bars[first])
    kind = np.append(np.full(len(given), GIVEN), START)
    base = int(onset.min())
    plan = plan_of(song, onset, np.append(given_bar, first), up, told, end)
    h = reader.read(kind, np.concatenate([before, mark]), onset - base, plan)
    notes, bar, position, part, pitch = [], first, 0, 0, -1
    while len(notes) < 2000:
        fields = np.zeros(6, dtype=np.int64)
        g = h
        # A bar step cannot leave the passage; END once it is over.
        allowed = np.arange(BAR_STEPS + 1) < min(BAR_STEPS, end - bar)
        allowed[END] = True
        allowed[0] &= position < song.bars[bar + 1] - song.bars[bar]
        logits = model.chain[0](g)
        if bar < end - 1:
            allowed[END] = False
        fields[0] = draw(logits, allowed, rng, temperature, min_p)
        if fields[0] == END:
            break
        bar += fields[0]
        if fields[0] > 0:
            position, part, pitch = 0, 0, -1
        g = g + F.embedding(torch.tensor([fields[0]]), model.chain[0].embedding)
        places = np.arange(192)
        allowed = (places >= position) & (places < song.bars[bar + 1] - song.bars[bar])
        last_part = np.flatnonzero(playing)[-1]
        if pitch >= 0 and part == last_part and pitch >= 108:
            allowed[position] = False
        if not allowed.any():
            position, part, pitch = int(song.bars[bar + 1] - song.bars[bar]), 0, -1
            continue
        fields[1] = draw(model.chain[1](g), allowed, rng, temperature, min_p)
        if fields[1] > position:
            part, pitch = 0, -1
        position = int(fields[1])
        at = int(song.bars[bar]) + position
        place_plan = plan_of(song, np.array([at]), np.array([bar]), up, told, end)
        told_plan = torch.from_numpy(place_plan)
        g = g + F.embedding(torch.tensor([position]), model.chain[1].embedding) + model.told(told_plan, model.next_plan)
        allowed = playing & (np.arange(DRUMS + 1) >= part + (pitch >= 108))
        fields[PART] = draw(model.chain[PART](g), allowed, rng, temperature, min_p)
        if fields[PART] > part:
            pitch = -1
        part = int(fields[PART])
        g = g + F.embedding(torch.tensor([part]), model.chain[PART].embedding)
        logits = model.pitch_logits(g, told_plan, torch.tensor([part]))
        fields[PITCH_FIELD] = pitch = draw(logits, np.arange(128) > pitch, rng, temperature, min_p)
        g = g + F.embedding(torch.tensor([pitch]), model.chain[PITCH_FIELD].embedding)
        room = song.bars[-1] - at
        allowed = DURATIONS <= max(1, room)
        fields[DURATION] = draw(model.chain[DURATION](g), allowed, rng, temperature, min_p)
        g = g + F.embedding(torch.tensor([fields[DURATION]]), model.chain[DURATION].embedding)
        fields[VELOCITY] = UNKNOWN
        if known:
            fields[VELOCITY] = draw(model.chain[VELOCITY](g), np.ones(UNKNOWN, dtype=bool), rng, temperature, min_p)
        velocity = int(fields[VELOCITY]) * VELOCITIES_PER_BIN + 2 if known else 0
        notes.append((at, part, pitch, int(DURATIONS[fields[DURATION]]), velocity))
        if reader.count >= LONG:
            break
        h = reader.read([COMPOSED], fields[None], np.array([at - base]), place_plan)
    return np.array(notes, dtype=np.int64).reshape(-1, 5)


def compose_song(model, song, bars, rng, tags=None, known=None, **options):
    """The first `bars` bars of a song's plan, passage by passage; [n, 5]."""
    last = min(bars, song.count)
    real = song.notes[song.bar < last].astype(np.int64)
    if tags is None:
        tags = tags_of(song, real, last, np.unique(real[:, 1]).tolist())
    known = bool((real[:, 4] > 0).mean() > 0.5) if known is None else known
    made = np.zeros((0, 5), dtype=np.int64)
    for first in range(0, last, PASSAGE):
        end = min(last, first + PASSAGE)
        made = np.concatenate([made, compose(model, song, made[-BEFORE:], (first, end), tags, rng, known, **options)])
    return made


def write_midi(path, notes, tempo, bars, ticks=480):
    """Writes notes [n, 5] to a MIDI file, one track per part."""
    file = mido.MidiFile(ticks_per_beat=ticks)
    head = mido.MidiTrack()
    head.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(tempo or 100)))
    length = int(bars[1] - bars[0])
    head.append(
        mido.MetaMessage(
            "time_signature",
            numerator=max(1, length // 12 if length % 24 else length // 24),
            denominator=8 if length % 24 else 4,
        )
    )
    file.tracks.append(head)
    channels = iter([c for c in range(16) if c != 9] * 4)
    for part in np.unique(notes[:, 1]):
        name, role = name_of(int(part))
        track = mido.MidiTrack()
        track.append(mido.MetaMessage("track_name", name=f"{name} {role}"))
        channel = 9 if part == DRUMS else next(channels)
        if part != DRUMS:
            track.append(mido.Message("program_change", channel=channel, program=PROGRAMS[name]))
        events = []
        for onset, _, pitch, length, velocity in notes[notes[:, 1] == part].tolist():
            events.append((onset, 1, pitch, velocity or 80))
            events.append((onset + length, 0, pitch, 0))
        now = 0
        for at, on, pitch, velocity in sorted(events):
            kind = "note_on" if on else "note_off"
            track.append(
                mido.Message(kind, channel=channel, note=pitch, velocity=velocity, time=(at - now) * ticks // BEAT)
            )
            now = at
        file.tracks.append(track)
    file.save(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--checkpoint", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--styles", help="with commas; all by default")
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--bars", type=int, default=24)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--temperature", type=float, default=0.9)
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=False)
    model = SongTransformer(state["shape"])
    model.load_state_dict(state["model"])
    corpus = Corpus(options.data, "validation")
    for style in options.styles.split(",") if options.styles else corpus.present:
        members, _ = corpus.by_style[style]
        chosen = np.random.default_rng(options.seed).permutation(members)[: options.each]
        for number, index in enumerate(chosen.tolist()):
            song = corpus.prepared(index)
            rng = np.random.default_rng([options.seed, index])
            notes = compose_song(model, song, options.bars, rng, temperature=options.temperature)
            if len(notes) == 0:
                continue
            last = min(options.bars, song.count)
            real = song.notes[song.bar < last].astype(np.int64)
            stem = f"{style}-{number}"
            write_midi(options.out / f"{stem}.mid", notes, song.tempo, song.bars)
            write_midi(options.out / f"{stem}-real.mid", real, song.tempo, song.bars)
            np.savez(options.out / f"{stem}.npz", notes=notes, real=real, bars=song.bars[: last + 1])
            parts = {" ".join(name_of(int(p))): int((notes[:, 1] == p).sum()) for p in np.unique(notes[:, 1])}
            row = {"sample": stem, "plan": song.name, "notes": len(notes), "real": len(real), "parts": parts}
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
