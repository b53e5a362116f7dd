"""Tests of sampling, evaluation, export and measures: python -m pytest training/song"""

import json

import numpy as np
import pytest
import torch

import density
import evaluate
import export
import pack
import progressions
import reference
import sample
import vocabulary as v
import weights
import windows
from baselines import Baselines, symbols
from model import Shape, SongTransformer
from test_network import TINY, folder, made_up_song, randomised  # noqa: F401 (folder is a fixture)


@pytest.fixture
def song():
    return windows.Prepared(made_up_song(np.random.default_rng(3)))


class TestCounts:
    def test_chords_are_counted_by_bars_or_by_beats(self, tmp_path):
        song = made_up_song(np.random.default_rng(4), bars=4)
        pack.save(tmp_path / "made.npz", [song])
        arrays = pack.Songs(tmp_path / "made.npz").arrays
        c, f, g7 = "0", str(8 * 5), str(8 * 7 + 2)
        mode, words, sections = progressions.words_of(arrays, 0, by_beat=False)
        assert (mode, words, sections) == ("major", [c, f, g7, c], [0])
        _, words, sections = progressions.words_of(arrays, 0, by_beat=True)
        assert words == [word for word in (c, f, g7, c) for _ in range(4)] and sections == [0]

    def test_a_part_is_as_busy_as_from_its_first_bar_to_its_last(self):
        starts = np.arange(0, 96 * 5, 96)
        # Four notes in bar 1, none in bar 2, two in bar 3; half of the time sounds.
        notes = np.array([(96 + 24 * i, 0, 60, 24, 0) for i in range(4)] + [(288, 0, 60, 24, 0), (312, 0, 62, 24, 0)])
        notes_per_bar, sounding = density.measures_of(notes, starts)
        assert (notes_per_bar, sounding) == (2, 0.5)


class TestSample:
    def tags(self, song):
        return windows.tags_of(song, song.notes, song.count, np.unique(song.notes[:, 1]).tolist())

    def test_reading_bit_by_bit_gives_the_same_states(self, song):
        model = randomised(SongTransformer(TINY))
        whole = np.ones(len(song.notes), dtype=bool)
        s = windows.sequence_of(song, song.notes, song.bar, whole, 0, None, 80, self.tags(song))
        inputs = (torch.from_numpy(x)[None] for x in (s.kind, s.fields, s.onset, s.plan, s.tags))
        states = model.states(*inputs)[0]
        reader = sample.Reader(model, s.tags)
        for first, last in ((0, 20), (20, 21), (21, 80)):
            h = reader.read(s.kind[first:last], s.fields[first:last], s.onset[first:last], s.plan[first:last])
            assert torch.allclose(h[0], states[last - 1], atol=1e-4)

    def test_what_is_promised_holds_of_any_network(self, song):
        model = randomised(SongTransformer(TINY))
        tags = self.tags(song)
        given = song.notes[(song.bar < 4) | (song.bar >= 8)].astype(np.int64)[:200]
        made = sample.compose(model, song, given, (4, 8), tags, np.random.default_rng(0), known=True, temperature=0.5)
        bar = made[:, 0] // 96
        assert len(made) > 0 and bar.min() >= 4 and bar.max() < 8
        assert set(made[:, 1]) <= set(tags["parts"])
        order = [tuple(row) for row in made[:, :3].tolist()]
        assert order == sorted(set(order))
        assert ((made[:, 4] >= 1) & (made[:, 4] <= 127)).all()
        again = sample.compose(model, song, given, (4, 8), tags, np.random.default_rng(0), known=True, temperature=0.5)
        assert (made == again).all()

    def test_velocities_that_are_not_known_stay_so(self, song):
        model = randomised(SongTransformer(TINY))
        made = sample.compose(
            model, song, song.notes[:0].astype(np.int64), (0, 1), self.tags(song), np.random.default_rng(0)
        )
        assert (made[:, 4] == 0).all()


class TestEvaluate:
    def test_every_note_is_scored_once(self, song):
        model = randomised(SongTransformer(TINY))
        _, notes = evaluate.nats_per_note(model, [song], 64, frozenset({"plan"}))
        assert notes == len(song.notes)

    def test_an_untrained_network_costs_the_logarithm_of_its_choices(self, song):
        fields, _ = evaluate.nats_per_note(SongTransformer(TINY), [song], 128, frozenset())
        assert fields == pytest.approx(np.log(v.SIZES), rel=1e-5)

    def test_a_bigram_knows_what_it_saw(self, song):
        base = Baselines()
        base.add(song)
        one, two, notes = base.nats(song)
        assert notes == len(song.notes) and two < one
        rows, given = symbols(song)
        assert rows[0].tolist() == [0, song.notes[0, 1], song.notes[0, 2], 23]
        assert given[0, 0] == -1


class TestExport:
    def test_the_model_folder_holds_every_tensor(self, tmp_path):
        shape = Shape(width=64, layers=1, heads=1, mlp=64, chain=32)
        model = randomised(SongTransformer(shape))
        state = {"shape": shape, "model": model.state_dict(), "step": 7, "notes": 99, "context": 512}
        torch.save(state, tmp_path / "x.pt")
        export.write_model(tmp_path / "x.pt", tmp_path / "out", 3.5)
        about = json.loads((tmp_path / "out" / "model.json").read_text())
        raw = np.frombuffer((tmp_path / "out" / "weights.bin").read_bytes(), dtype="<f2")
        assert raw.size == sum(p.numel() for p in model.parameters())
        at = 0
        for name, size in about["tensors"]:
            count = int(np.prod(size))
            assert np.allclose(raw[at : at + count], model.state_dict()[name].flatten().numpy(), atol=2e-3), name
            at += count
        assert about["trained"] == {"steps": 7, "notes": 99}
        read_shape, read = weights.read_model(tmp_path / "out")
        assert read_shape == shape
        assert list(read) == list(model.state_dict())
        for name, tensor in model.state_dict().items():
            assert torch.equal(read[name], tensor.half().float()), name

    def test_the_fixture_is_whole(self):
        made = export.fixture()
        assert [len(made["logits"][name]) for name in v.FIELDS] == v.SIZES
        assert made["closed"] and sum(made["kind"]) > 0
        assert len(made["fields"]) == len(made["plan"]) == len(made["onset"]) == len(made["kind"])


class TestReference:
    def test_rows_tell_wrong_music_from_right(self):
        rng = np.random.default_rng(0)
        song = windows.Prepared(made_up_song(rng))
        piece = reference.piece_of(song)
        real, jitter = reference.measures(piece), reference.measures(reference.jittered(piece, rng))
        assert real["groove"] == 1.0 and jitter["groove"] < 0.95
        mixed = reference.measures(reference.shuffled(piece, rng))
        assert mixed["likeness8"] < real["likeness8"]
        assert real["tonicEnd"] == 1.0

    def test_a_melody_on_its_chords_fits(self):
        notes = [(96 * b, v.part_of("piano", 2), 48 + p, 96, 0) for b in range(4) for p in (0, 4, 7)]
        inside = [(24 * i, v.part_of("ensemble", 0), (72, 76, 79)[i % 3], 24, 0) for i in range(16)]
        outside = [(24 * i, v.part_of("ensemble", 0), (73, 78, 80)[i % 3], 24, 0) for i in range(16)]
        bars, beat = np.arange(0, 385, 96), np.full(4, 24)
        for melody, share in ((inside, 1.0), (outside, 0.0)):
            piece = reference.Piece(reference.ordered(np.array(notes + melody)), bars, beat, 0)
            assert reference.melody_fit(piece) == share
        other = reference.Piece(reference.ordered(np.array(notes + inside) + [0, 0, 2, 0, 0]), bars, beat, 2)
        assert reference.melody_fit(reference.swapped(piece, other)) == 0.0
