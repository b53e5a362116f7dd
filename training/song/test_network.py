"""Tests of songs, windows and the network, with made-up music: python -m pytest training/song"""

import contextlib
import itertools
import pathlib
import subprocess
import sys

import numpy as np
import pytest
import torch

import pack
import song as songs
import train
import vocabulary as v
import windows
from form import form_of
from harmony import key_of, keys_by_bar, recognise
from instruments import class_of, class_of_program
from model import PITCH_FIELD, Shape, SongTransformer
from score import Bar, Score, Staff
from song import even_bars, roles_of, song_of
from train import nats_of, tensors_of

TINY = Shape(width=64, layers=2, heads=1, mlp=64, chain=32)


def made_up_song(rng, bars=24, style="pop", name="made up"):
    """Three parts and drums over chords of C major, with a section of 8 bars that returns."""
    chords = [(0, "maj"), (5, "maj"), (7, "7"), (0, "maj")]
    melody, piano, bass, drums = [], [], [], []
    for bar in range(bars):
        root = chords[bar % 4][0]
        start = 96 * bar
        melody += [(start + 24 * i, 24, 60 + int(rng.integers(0, 20)), 80) for i in range(4)]
        piano += [(start, 96, 48 + root + step, 60) for step in (0, 4, 7)]
        bass += [(start, 48, 36 + root, 70), (start + 48, 48, 36 + root, 70)]
        drums += [(start + 12 * i, 6, 42, 50 + i) for i in range(8)]
    staves = [Staff("v", melody), Staff("p", piano), Staff("b", bass), Staff("d", drums, drums=True)]
    score = Score(staves, [Bar(96 * i, 96, 4, 4) for i in range(bars)], [(0, 0, "major")], 100.0)
    score.sections = [(0, "A", 0), (8, "B", 0), (16, "A", 1)]
    score.chords = [(96 * bar, *chords[bar % 4]) for bar in range(bars)]
    numbers = [v.part_of("ensemble", 0), v.part_of("piano", 2), v.part_of("bass", 3), v.DRUMS]
    parts = list(zip(staves, numbers, strict=True))
    return song_of(score, parts, name=name, source="test", work=name, style=style, genre="rock")


@pytest.fixture
def folder(tmp_path):
    rng = np.random.default_rng(0)
    for split in ("train", "validation"):
        pack.save(tmp_path / f"test.{split}.npz", [made_up_song(rng, name=f"{split} {i}") for i in range(6)])
    return tmp_path


def randomised(model, seed=0):
    """Fresh weights make many products zero; these do not."""
    torch.manual_seed(seed)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    return model


class TestSongs:
    def test_packed_songs_come_back(self, tmp_path):
        rng = np.random.default_rng(1)
        made = [made_up_song(rng, bars, name=f"ä {bars}") for bars in (4, 9)]
        made[1].sections, made[1].genre = [], ""
        pack.save(tmp_path / "x.npz", made)
        for before, after in zip(made, pack.Songs(tmp_path / "x.npz"), strict=False):
            assert (before.notes == after.notes).all()
            for field in ("name", "style", "genre", "bars", "keys", "chords", "sections", "chords_given", "tempo"):
                assert getattr(before, field) == getattr(after, field), field

    def test_equal_notes_are_one_and_a_struck_pitch_ends_the_note_before(self):
        staff = Staff("x", [(0, 48, 60, 0), (0, 96, 60, 0), (24, 24, 60, 0)])
        assert songs.table_of([(staff, 3)]).tolist() == [[0, 3, 60, 24, 0], [24, 3, 60, 24, 0]]

    def test_a_bar_of_two_meters_lengths_is_two_bars(self):
        bars, index = even_bars([Bar(0, 192, 4, 4), Bar(192, 400, 5, 2)])
        assert [(bar.start, bar.length) for bar in bars[:2]] == [(0, 96), (96, 96)]
        assert index == [0, 2]
        assert max(bar.length for bar in bars) <= v.LONGEST_BAR
        assert bars[-1].start + bars[-1].length == 592

    def test_roles(self):
        def named(*staves):
            notes = [Staff(name, [(0, 24, pitch, 0)]) for name, pitch in staves]
            return [v.name_of(part) for _, part in roles_of(notes)]

        assert named(("Violin 1", 80), ("Violin 2", 70), ("Viola", 60), ("Violoncello", 45)) == [
            ("strings", "melody"),
            ("strings", "counter-melody"),
            ("strings", "harmony"),
            ("strings", "bass"),
        ]
        assert named(("Voice", 70), ("Piano", 65), ("Piano", 45)) == [
            ("ensemble", "melody"),
            ("piano", "harmony"),
            ("piano", "harmony"),
        ]
        assert named(("Piano", 70), ("Piano", 45)) == [("piano", "melody"), ("piano", "harmony")]
        assert named(("Soprano", 70), ("Timpani", 40)) == [("ensemble", "melody")]

    def test_instruments(self):
        assert [
            class_of(name)
            for name in ("Fagotto 1mo fagot ww", "Violino Primo", "Organo organ klav", "Corno in F", "Corno inglese")
        ] == [
            "reed",
            "strings",
            "organ",
            "brass",
            "reed",
        ]
        assert (class_of("Tympano"), class_of_program(46), class_of_program(52)) == (None, "guitar", "ensemble")


class TestHarmony:
    def test_chords_of_a_cadence(self):
        notes = [
            (96 * bar, 96, pitch)
            for bar, root in enumerate((0, 5, 7, 0))
            for pitch in (36 + root, 60 + root, 64 + root, 67 + root)
        ]
        onset, duration, pitch = map(np.array, zip(*notes, strict=True))
        beats = np.arange(0, 385, 24)
        found = recognise(onset, duration, pitch, beats, np.arange(16) % 2 == 0)
        assert found.tolist() == [1 + 8 * root for root in (0, 5, 7, 0) for _ in range(4)]

    def test_silence_has_no_chord(self):
        found = recognise(np.array([48]), np.array([24]), np.array([60]), np.arange(0, 121, 24), np.ones(5, dtype=bool))
        assert (found[:2] == 0).all() and found[2] > 0 and (found[3:] == 0).all()

    def test_a_signature_leaves_two_keys(self):
        minor = np.array([57, 60, 64, 57, 59, 56, 57])
        assert key_of(minor, np.full(7, 24), 57, 0) == 2 * 9 + 1
        major = np.array([60, 64, 67, 72, 65, 67, 60])
        assert key_of(major, np.full(7, 24), 60, 0) == 0

    def test_keys_follow_the_music_where_it_modulates(self):
        scale = np.array([0, 4, 7, 5, 9, 0, 7, 11, 2, 0, 4, 7])
        there = [0] * 8 + [7] * 16 + [0] * 8  # C, G, C
        pitch = np.concatenate([60 + (scale + tonic) % 12 for tonic in there])
        onset = 8 * np.arange(len(pitch))
        bars = np.arange(0, 96 * len(there) + 1, 96)
        found = keys_by_bar(onset, np.full(len(pitch), 8), pitch, bars, np.zeros(len(there), dtype=int))
        assert found.tolist() == [2 * tonic for tonic in there]

    def test_a_written_key_holds_where_nothing_speaks_against_it(self):
        nothing = np.zeros(0, dtype=int)
        written = np.array([5, 5, 5])
        assert keys_by_bar(nothing, nothing, nothing, np.arange(0, 289, 96), written).tolist() == [5, 5, 5]


class TestForm:
    def form(self, *bars):
        """Of bars of four notes each."""
        notes = [(96 * i + 24 * k, 0, bar + k, 24, 0) for i, bar in enumerate(bars) for k in range(4)]
        return form_of(np.array(notes), [Bar(96 * i, 96, 4, 4) for i in range(len(bars))])

    def test_a_passage_that_comes_again_is_a_section(self):
        a, b = [60, 40, 50, 70], [80, 30, 20, 90, 10]
        assert self.form(*a, *b, *a) == [(0, "A", 0), (4, "B", 0), (9, "A", 1)]
        assert self.form(*a, *a, 99, *a[:2]) == [(0, "A", 0), (4, "A", 1), (8, "B", 0)]

    def test_an_occurrence_of_a_part_of_a_section_cuts_all_of_them(self):
        a, b = [60, 40, 50, 70], [80, 30, 20, 90]
        assert self.form(*a, *b, *a, *b, *b) == [
            (0, "A", 0),
            (4, "B", 0),
            (8, "A", 1),
            (12, "B", 1),
            (16, "B", 2),
        ]

    def test_music_in_which_nothing_comes_again_has_none(self):
        assert self.form(*range(20, 100, 5)) == []
        assert self.form(60, 40, 50, 60, 40, 50) == []


class TestVocabulary:
    def test_durations_and_velocities(self):
        assert (v.duration_of(v.DURATIONS) == np.arange(len(v.DURATIONS))).all()
        assert v.DURATIONS[v.duration_of(99)] == 96
        assert v.DURATIONS[v.duration_of(10_000)] == v.DURATIONS[-1]
        assert v.velocity_of(np.array([0, 1, 4, 5, 127])).tolist() == [v.UNKNOWN, 0, 0, 1, 31]

    def test_parts_stand_from_the_melody_to_the_drums(self):
        names = [v.name_of(part) for part in range(v.PARTS)]
        assert len(set(names)) == v.PARTS and names[-1] == ("drums", "drums")
        assert all(v.part_of(*([name, v.ROLES.index(role)])) == i for i, (name, role) in enumerate(names[:-1]))


class TestWindows:
    def test_the_plan_says_what_stands_there(self):
        song = windows.Prepared(made_up_song(np.random.default_rng(2)))
        onset, bar = np.array([0, 96 * 7 + 60, 96 * 23 + 48]), np.array([0, 7, 23])
        plan = windows.plan_of(song, onset, bar, up=2, passage=10)
        column = {name: plan[:, i].tolist() for i, name in enumerate(v.PLAN)}
        assert column["key"] == [4, 4, 4]  # D major
        assert column["chord"] == [1 + 8 * 2] * 3
        assert column["degree"] == [1, 1, 1]
        assert column["next"] == [1 + 8 * 5, 1 + 8 * 5, v.CHORDS]  # F twice: the chord of bars 7 and 8 is one
        assert column["distance"] == [3, 5, v.PLAN["distance"] - 1]  # 4 beats; 5.5, rounded up to 6
        assert column["section"] == [v.LETTERS.index("A")] * 3
        assert column["return"] == [0, 0, 1]
        assert column["left_in_section"] == [7, 0, 0]
        assert column["left_in_piece"] == [23, 16, 0]
        assert column["left_in_passage"] == [9, 2, v.PLAN["left_in_passage"] - 1]
        assert column["age"] == [0, 7, 8]
        assert column["place"] == [0, 3, 1]

    def test_nothing_told_is_not_told(self):
        song = windows.Prepared(made_up_song(np.random.default_rng(2)))
        plan = windows.plan_of(song, np.array([24]), np.array([0]), told=frozenset())
        untold = [size - 1 for name, size in v.PLAN.items() if name != "place"]
        assert plan[0, :-1].tolist() == untold

    def test_given_notes_come_first_and_only_composed_ones_count(self, folder):
        corpus = windows.Corpus(folder, "train")
        made = windows.batch(corpus, 200, 128, seed=0, step=3)
        again = windows.batch(corpus, 200, 128, seed=0, step=3)
        assert (made.fields == again.fields).all() and (made.tags == again.tags).all()
        kinds = set()
        for kind, counted, targets, onset in zip(made.kind, made.counted, made.targets, made.onset, strict=True):
            n = int((kind >= 0).sum())
            assert (kind[n:] == windows.PAD).all()
            start = int(np.flatnonzero(kind == v.START)[0])
            assert (kind[:start] == v.GIVEN).all() and (kind[start + 1 : n] == v.COMPOSED).all()
            assert not counted[:start].any() and counted[start : n - 1, :5].all()
            assert (np.diff(onset[start:n]) >= 0).all()
            back = np.flatnonzero(np.diff(onset[:start]) < 0) + 1
            if len(back):  # those after the passage come before those before it
                assert len(back) == 1 and onset[: back[0]].min() >= onset[start:n].max()
            ended = targets[n - 1, 0] == v.END
            assert counted[n - 1].tolist() == [bool(ended)] + [False] * 5
            kinds.add((start > 0, bool(ended)))
        assert kinds == set(itertools.product((False, True), repeat=2)) - {(True, False)} or len(kinds) == 4

    def test_some_windows_are_told_no_more_than_style_meter_and_where_a_note_stands(self, folder, monkeypatch):
        monkeypatch.setattr(windows, "KINDS_OF_WINDOW", ((windows.PLAIN, 1.0),))
        corpus = windows.Corpus(folder, "train")
        bare = v.TAG_OFFSET["style"] + v.STYLES.index("pop"), v.TAG_OFFSET["meter"] + v.METERS.index("4/4")
        music = [windows.PLACES.index(name) for name in ("key", "chord", "degree", "next", "distance", "section")]
        nothing = [windows.NOT_TOLD[windows.PLACES[i]] for i in music]
        for share in (0.0, 1.0):
            monkeypatch.setattr(windows, "UNTOLD", {windows.PLAIN: share})
            rng = np.random.default_rng(8)
            made = [windows.window(corpus, 128, rng) for _ in range(40)]
            told = [(s.plan[:, music] != nothing).any() for s in made]
            assert all(told) if share == 0 else not any(told)
            if share == 1:
                assert all(set(np.flatnonzero(s.tags)) == set(bare) for s in made)
                age = windows.PLACES.index("age")
                assert {(s.plan[:, age] != windows.NOT_TOLD["age"]).any() for s in made} == {False, True}

    def test_times_of_a_sequence_are_the_songs(self, folder):
        """Bar steps and positions alone determine every onset, from the start mark on."""
        song = windows.Prepared(made_up_song(np.random.default_rng(5)))
        bar = song.bar
        composed = (bar >= 5) & (bar < 9) & (song.notes[:, 1] != v.DRUMS)
        s = windows.sequence_of(song, song.notes, bar, composed, 5, 9, 10_000, {})
        start = int(np.flatnonzero(s.kind == v.START)[0])
        assert s.onset[start] == 5 * 96 and s.closed
        now = 5
        for step, position, onset in zip(
            s.fields[start + 1 :, 0], s.fields[start + 1 :, 1], s.onset[start + 1 :], strict=True
        ):
            now += step
            assert 96 * now + position == onset
        assert len(s) == len(song.notes) + 1

    def test_a_rest_that_no_bar_step_can_say_ends_the_window(self):
        song = made_up_song(np.random.default_rng(6))
        song.notes = song.notes[(song.notes[:, 0] < 96) | (song.notes[:, 0] >= 96 * 20)]
        prepared = windows.Prepared(song)
        whole = np.ones(len(song.notes), dtype=bool)
        s = windows.sequence_of(prepared, prepared.notes, prepared.bar, whole, 0, 24, 999, {})
        assert not s.closed and s.onset.max() < 96

    def test_augmentation_moves_everything_but_the_drums(self, folder):
        corpus = windows.Corpus(folder, "train")
        rng = np.random.default_rng(7)
        for _ in range(60):
            made = windows.batch_of([windows.window(corpus, 128, rng)], 128)
            notes = made.fields[0][(made.kind[0] >= 0) & (made.kind[0] != v.START)]
            drums = notes[notes[:, 2] == v.DRUMS]
            assert (drums[:, 3] == 42).all()
            pitched = notes[notes[:, 2] != v.DRUMS]
            key = made.plan[0][made.kind[0] >= 0][:, 0]
            bass = pitched[pitched[:, 2] // len(v.CLASSES) == v.BASS]
            if len(bass) and (key < v.KEYS).all():
                assert set((bass[:, 3] - key[0] // 2) % 12) <= {0, 5, 7}

    def test_bass_is_taken_from_under_the_piano(self):
        piano, bass = v.part_of("piano", v.HARMONY), v.part_of("bass", v.BASS)
        notes = np.array([[0, piano, 40, 24, 0], [0, piano, 47, 24, 0], [24, piano, 55, 24, 0]])
        assert windows.bass_apart(notes)[:, 1].tolist() == [bass, piano, piano]


class TestModel:
    def inputs(self, folder, count=2, length=96):
        made = windows.batch(windows.Corpus(folder, "train"), count, length, seed=1, step=0)
        return tensors_of(made, torch.device("cpu"))

    def test_the_future_is_not_seen(self, folder):
        model = randomised(SongTransformer(TINY))
        kind, fields, onset, plan, _, _, _, tags = self.inputs(folder)
        states = model.states(kind, fields, onset, plan, tags)
        fields, onset, plan, kind = fields.clone(), onset.clone(), plan.clone(), kind.clone()
        fields[:, 50:, 3] = 33
        onset[:, 50:] += 24
        plan[:, 50:, 0] = 3
        kind[:, 50:] = 1
        changed = model.states(kind, fields, onset, plan, tags)
        assert torch.equal(states[:, :50], changed[:, :50])
        assert not torch.allclose(states[:, 50:], changed[:, 50:])

    def test_padding_is_not_seen(self, folder, monkeypatch):
        monkeypatch.setattr(train, "autocast", lambda _: contextlib.nullcontext())
        model = randomised(SongTransformer(TINY))
        made = windows.batch(windows.Corpus(folder, "train"), 6, 160, seed=3, step=0)
        tensors = tensors_of(made, torch.device("cpu"))
        nats, counts = nats_of(model, tensors)
        wider = windows.batch_of(
            [
                windows.window(windows.Corpus(folder, "train"), 160, rng)
                for rng in [np.random.default_rng([3, 0])]
                for _ in range(6)
            ],
            200,
        )
        nats_wider, counts_wider = nats_of(model, tensors_of(wider, torch.device("cpu")))
        assert torch.equal(counts, counts_wider)
        assert torch.allclose(nats, nats_wider, rtol=1e-4)

    def test_a_field_hears_those_before_it_and_the_plan_from_the_part_on(self, folder):
        model = randomised(SongTransformer(TINY))
        tensors = self.inputs(folder)
        base = model(*tensors[:6], tensors[7])
        for i in range(6):
            targets = tensors[4].clone()
            targets[..., i] = (targets[..., i] + 1) % 8
            nats = model(*tensors[:4], targets, tensors[5], tensors[7])
            assert torch.equal(nats[..., :i], base[..., :i])
            assert all(not torch.equal(nats[..., k], base[..., k]) for k in range(i, 6))
        plan = tensors[5].clone()
        plan[..., 1] = (plan[..., 1] + 8) % 97
        nats = model(*tensors[:5], plan, tensors[7])
        assert torch.equal(nats[..., :2], base[..., :2])
        assert not torch.equal(nats[..., 2], base[..., 2])

    def test_pitches_above_tonic_and_root_move_with_them(self, folder):
        model = randomised(SongTransformer(TINY))
        torch.nn.init.zeros_(model.chain[PITCH_FIELD].logits)
        h = torch.randn(1, TINY.width)
        plan = torch.tensor([[0, 1] + [0] * 10])
        moved = torch.tensor([[4, 17] + [0] * 10])  # C major, C -> D major, D
        melody = torch.tensor([0])
        a, b = model.pitch_logits(h, plan, melody), model.pitch_logits(h, moved, melody)
        assert torch.allclose(a[:, :-2], b[:, 2:], atol=1e-5)
        assert not torch.allclose(a, b)
        assert (model.pitch_logits(h, plan, torch.tensor([v.DRUMS])) == 0).all()

    def test_unknown_velocities_are_never_an_output(self):
        assert SongTransformer(TINY).chain[5].logits.size(0) == v.VELOCITIES
        assert SongTransformer(TINY).fields[5].size(0) == v.VELOCITIES + 1


def test_a_resumed_run_ends_where_an_unbroken_one_does(folder):
    def run(name, stable, decay, more=""):
        options = (
            f"--data {folder} --run {folder / name} --stable-steps {stable} --decay-steps {decay} --save-every 2 "
            f"--notes-per-step 1024 --notes-per-part 512 --width 64 --layers 1 {more}"
        )
        command = [sys.executable, "train.py", *options.split()]
        subprocess.run(command, check=True, capture_output=True, cwd=pathlib.Path(__file__).parent)
        newest = max((folder / name).glob("*.pt"), key=lambda path: path.stat().st_mtime)
        return torch.load(newest, weights_only=False)

    unbroken = run("unbroken", 4, 2)
    run("resumed", 2, 0)
    stable = folder / "resumed" / "stable.pt"
    state = torch.load(stable, weights_only=False)
    for momentum in state["optimisers"][0]["state"].values():
        momentum["momentum_buffer"] = momentum.pop("momentum")  # its name in older states
    torch.save(state, stable)
    resumed = run("resumed", 4, 2, "--workers 1")  # the number of processes does not change the batches
    assert (unbroken["step"], resumed["step"]) == (6, 6)
    for name, weights in unbroken["model"].items():
        assert torch.equal(weights, resumed["model"][name]), name
