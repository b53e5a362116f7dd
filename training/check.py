"""Checks of the pretraining code, no data needed: python check.py"""

import itertools
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import torch

import vocabulary as v
from model import Chain, Shape, Transformer, attend
from export import write_model
from midi import notes_of_file
from muon import Muon
from prepare import SAME_WORK, full_name, likeness, without_strays
from tags import KEY_PROFILES, OFFSET, drop, key_of, tags_of_notes, vector_of
from tags import WIDTH as TAG_VALUES
from weights import read_model, tensors_of
from windows import MARK, TOLD_KINDS, Split, batch, batches, clock_of, countdown, counted, drawn_gap, with_gap

TINY = Shape(width=64, layers=2, heads=1, mlp=64, chain=32)


def made_up_notes(count, rng):
    """(onset, pitch, velocity, duration) in ticks, in order."""
    onset = np.cumsum(np.where(rng.random(count) < 0.4, 0, rng.geometric(0.05, count)))
    pitch = rng.integers(21, 109, count)
    order = np.lexsort((pitch, onset))
    return onset, pitch[order], rng.integers(1, 128, count), rng.integers(1, 900, count)


def write_split(path, rng, pieces=4, count=700):
    columns = [made_up_notes(count, rng) for _ in range(pieces)]
    onset, pitch, velocity, duration = (np.concatenate(column) for column in zip(*columns, strict=True))
    np.savez(
        path,
        step=(np.diff(onset.reshape(pieces, count), prepend=0) * 100).ravel().astype(np.uint32),
        duration=(duration * 100).astype(np.uint32),
        pitch=pitch.astype(np.uint8),
        velocity=velocity.astype(np.uint8),
        start=np.arange(pieces + 1) * count,
        composer=np.array(["Claude Debussy"] * pieces),
        source=np.array(["roll"] * pieces),
    )


def made_up_split(seed, **sizes):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "train.npz"
        write_split(path, np.random.default_rng(seed), **sizes)
        return Split(path)


class Vocabulary(unittest.TestCase):
    def test_bins_tile_the_integers(self):
        for edges, size in ((v.DT_EDGES, 128), (v.DURATION_EDGES, 256)):
            self.assertEqual(len(edges), size + 1)
            self.assertTrue((np.diff(edges) >= 1).all())
            every = np.arange(edges[0], edges[-1])
            bins = v.bin_of(every, edges)
            self.assertTrue(((edges[bins] <= every) & (every < edges[bins + 1])).all())
            self.assertTrue((v.bin_of(v.middle_of(bins, edges), edges) == bins).all())

    def test_notes_come_back_within_their_bins(self):
        notes = made_up_notes(300, np.random.default_rng(0))
        tuples = v.to_tuples(*notes)
        back = v.from_tuples(tuples)
        self.assertTrue((v.to_tuples(*back) == tuples).all())
        short = np.diff(notes[0], prepend=notes[0][:1]) < 100
        self.assertTrue((np.diff(back[0], prepend=0)[short] == np.diff(notes[0], prepend=notes[0][:1])[short]).all())
        self.assertTrue((back[1] == notes[1]).all())
        self.assertTrue((abs(back[2] - notes[2]) <= 2).all())
        exact = notes[3] <= 100
        self.assertTrue((back[3][exact] == notes[3][exact]).all())


class Midi(unittest.TestCase):
    def test_two_tracks_with_pedal_tempo_and_running_status(self):
        conductor = bytes([0, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20, 0x83, 0x60, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40])
        keys = [0, 0x90, 60, 80, 96, 64, 70]  # running status: E4 a tenth of a second later
        keys += [0, 0xB0, 64, 127, 0, 0x90, 60, 0, 96, 0xF0, 1, 0xF7]  # C4 is released, but the pedal is down
        keys += [0, 0x90, 60, 90, 0x81, 0x40, 0x80, 64, 0, 0x83, 0x60, 0xB0, 64, 0, 0, 0xFF, 0x2F, 0]  # and the end
        tracks = b"".join(b"MTrk" + len(track).to_bytes(4, "big") + track for track in (conductor, bytes(keys)))
        header = b"MThd" + bytes([0, 0, 0, 6, 0, 1, 0, 2, 0x01, 0xE0])  # 480 ticks a quarter note
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "a.mid"
            path.write_bytes(header + tracks)
            notes = notes_of_file(path)
        # 480 ticks are half a second, and a whole one after the first 480; both pitches sound until the pedal lifts.
        expected = [[0, 2000, 60, 80], [1000, 12000, 64, 70], [2000, 11000, 60, 90]]
        self.assertEqual(notes.tolist(), expected)
        with self.assertRaises(ValueError):
            path = pathlib.Path(__file__)
            notes_of_file(path)


class Data(unittest.TestCase):
    def test_works_are_known_by_their_figures(self):
        """Also transposed, at another tempo, rolled and with wrong notes; two random pieces share none."""
        rng = np.random.default_rng(6)

        def piece():
            onset, pitch, velocity, duration = made_up_notes(600, rng)
            return np.stack([onset * 1000, duration, pitch, velocity], axis=1).astype(np.uint32)

        work, other = piece(), piece()
        again = work.copy()
        again[:, 0] = again[:, 0] * 1.2 + rng.integers(0, 200, 600)
        again[:, 2] += 2
        again[rng.integers(0, 600, 30), 2] += 1
        again = again[np.argsort(again[:, 0], kind="stable")]
        alike, unlike = likeness([again, other], [piece(), work])
        self.assertGreater(alike, 10 * SAME_WORK)
        self.assertLess(unlike, SAME_WORK)

    def test_strays_are_cut_off_a_roll(self):
        onset = np.concatenate([[0, 10], 200_000 + 1000 * np.arange(100), [900_000]])
        notes = np.stack([onset, onset + 1, onset % 60 + 30, onset % 90 + 1], axis=1)
        self.assertEqual(without_strays(notes)[[0, -1], 0].tolist(), [200_000, 299_000])
        self.assertEqual(len(without_strays(notes[2:-1])), 100)

    def test_names_of_composers(self):
        self.assertEqual(full_name("Chopin, Frédéric (1810-1849)"), "Frédéric Chopin")
        self.assertEqual(full_name("Bach"), "Johann Sebastian Bach")
        self.assertEqual(full_name("Strauss, Richard (1864-1949)"), "Strauss, Richard")
        self.assertEqual(full_name("Berlin, Irving (1888-1989)"), "Berlin, Irving")


class Tags(unittest.TestCase):
    def test_a_scale_has_its_key(self):
        for tonic in range(12):
            pitch = 60 + tonic + np.array([0, 2, 4, 5, 7, 9, 11, 12, 7, 4, 0])
            self.assertEqual(key_of(pitch, np.full(len(pitch), 20)), 2 * tonic)
        self.assertIsNone(key_of(np.arange(60, 72), np.full(12, 20)))
        self.assertEqual(KEY_PROFILES.shape, (24, 12))

    def test_louder_and_denser_have_higher_grades(self):
        onset, pitch, _, duration = made_up_notes(256, np.random.default_rng(1))
        soft = tags_of_notes(onset * 2, pitch, np.full(256, 30), duration)
        loud = tags_of_notes(onset, pitch, np.full(256, 100), duration)
        self.assertEqual((soft["loudness"], loud["loudness"]), (0, 5))
        self.assertLess(soft["density"], loud["density"])

    def test_dropping_keeps_nothing_or_some(self):
        rng = np.random.default_rng(0)
        tags = {"loudness": 1, "density": 2, "key": 3}
        kept = [len(drop(tags, rng)) for _ in range(4000)]
        self.assertAlmostEqual(np.mean(kept), 3 * 0.7 * 0.8, delta=0.1)
        self.assertEqual(vector_of(tags).sum(), 3)


class Windows(unittest.TestCase):
    def test_a_split_is_what_was_packed(self):
        rng = np.random.default_rng(2)
        pieces = [made_up_notes(700, rng) for _ in range(4)]
        split = made_up_split(2)
        for number, (onset, pitch, velocity, duration) in enumerate(pieces):
            expected = (onset * 100, duration * 100, pitch, velocity)
            self.assertTrue(all((a == b).all() for a, b in zip(split.notes(number), expected, strict=True)))
            self.assertEqual(split.end[number], (onset + duration).max() * 100)

    def test_windows_are_a_function_of_the_step(self):
        split = made_up_split(2)
        requests = [(3, 64, 0, step) for step in range(5)]
        alone, helped = (list(batches(split, requests, workers)) for workers in (0, 2))
        for some, others in zip(alone, helped, strict=True):
            self.assertTrue(all((a == b).all() for a, b in zip(some, others, strict=True)))
        self.assertFalse((alone[0].notes == alone[1].notes).all())

    def test_marks_stand_at_the_ends_and_nowhere_else(self):
        made = batch(made_up_split(2), 600, 128, seed=0, step=5)
        self.assertEqual(made.notes.shape, (600, 129, 5))
        with_a_gap = made.told[..., TOLD_KINDS.index("after")].any(1)
        left = made.told[..., [TOLD_KINDS.index("notes_left"), TOLD_KINDS.index("seconds_left")]].any((1, 2))
        self.assertAlmostEqual(with_a_gap.mean(), 0.2, delta=0.05)
        self.assertAlmostEqual(left.mean(), 0.4, delta=0.06)
        kinds = made.notes[~with_a_gap & ~left][..., 0]
        self.assertTrue((kinds[:, 1:] != v.START).all())
        self.assertTrue((kinds[:, :-1] != v.END).all())
        for kind, place in ((v.START, 0), (v.END, -1)):
            share = (kinds[:, place] == kind).mean()  # 128 of 700 + 128 places
            self.assertTrue(0.08 < share < 0.24, share)
        ends = (made.notes[left][:, -1, 0] == v.END).mean()
        self.assertTrue(0.2 < ends < 0.6, ends)
        notes = made.notes[made.notes[..., 0] == v.PIANO]
        self.assertTrue((notes[..., 2] <= 108).all())

    def test_short_pieces_are_filled_up_with_what_does_not_count(self):
        made = batch(made_up_split(3, count=40), 50, 128, seed=0, step=0)
        for notes, counts in zip(made.notes, made.counted, strict=True):
            if (notes[:, 0] == v.END).any():
                end = int(np.argmax(notes[:, 0] == v.END))
                self.assertEqual(counts[end - 1].tolist(), [True, False, False, False, False])
                self.assertFalse(counts[end:].any())

    def test_of_a_mark_only_the_class_counts(self):
        note = [v.PIANO, 3, 60, 10, 40]
        self.assertEqual(counted(np.array([note, MARK["end"], MARK["section"]])).sum(-1).tolist(), [5, 1, 1])


class Countdown(unittest.TestCase):
    def test_bins(self):
        rows = v.told_rows("notes_left", np.array([0, 1, 4, 5, 6, 511, 512, 9999]))
        self.assertEqual(rows.tolist(), [1, 2, 5, 5, 6, 18, 19, 19])
        self.assertEqual(int(v.told_rows("gap_left", -3)), int(v.told_rows("gap_left", 4)))
        self.assertEqual(int(v.told_rows("after", 1)), v.TOLD_ROWS)

    def test_it_counts_what_is_left(self):
        """For every window that shows the end, checked by counting backwards from it."""
        split = made_up_split(5)
        made = batch(split, 400, 128, seed=1, step=0)
        notes_left, seconds_left = (TOLD_KINDS.index(kind) for kind in ("notes_left", "seconds_left"))
        seen = 0
        for notes, told in zip(made.notes, made.told, strict=True):
            if notes[-1, 0] != v.END or not told[:, notes_left].any():
                continue
            seen += 1
            expected = v.told_rows("notes_left", np.arange(127, -1, -1))
            self.assertTrue((told[:-1, notes_left] == expected).all())
            if told[:, seconds_left].any():
                self.assertTrue((np.diff(told[:, seconds_left]) <= 0).all())
                self.assertGreater(told[0, seconds_left], told[-1, seconds_left])
        self.assertGreater(seen, 20)

    def test_seconds_run_to_the_last_sound(self):
        onset = np.array([0, 0, 150, 420])
        rows = countdown(onset, np.array([3, 2, 1, 0]), 720)[:, TOLD_KINDS.index("seconds_left")]
        self.assertEqual(rows.tolist(), v.told_rows("seconds_left", np.array([7, 7, 5, 3])).tolist())


class Gaps(unittest.TestCase):
    def test_what_follows_stands_first_at_its_true_onset(self):
        onset, pitch, velocity, duration = made_up_notes(60, np.random.default_rng(7))
        tuples = v.to_tuples(onset, pitch, velocity, duration)
        moved, clock, told, counts_from = with_gap(tuples, onset, 20, 35)
        self.assertEqual(len(moved), 61)
        self.assertEqual(counts_from, 26)
        self.assertEqual(moved[0, 1], 0)
        self.assertTrue((moved[1:25] == tuples[36:]).all() and (moved[25:60] == tuples[:35]).all())
        self.assertEqual(moved[60].tolist(), MARK["section"])
        self.assertTrue((clock[25:60] == clock_of(tuples[:35])).all())
        self.assertTrue((clock[:25] - clock[44] == onset[35:] - onset[19]).all())
        after, gap_left = told[:, TOLD_KINDS.index("after")], told[:, TOLD_KINDS.index("gap_left")]
        self.assertEqual(np.flatnonzero(after).tolist(), list(range(25)))
        self.assertEqual(np.flatnonzero(gap_left).tolist(), list(range(44, 60)))
        self.assertEqual(gap_left[44], v.told_rows("gap_left", onset[35] - onset[19]))
        self.assertFalse(told[:, :2].any())

    def test_only_what_is_before_and_in_the_gap_counts(self):
        made = batch(made_up_split(8), 300, 128, seed=0, step=0)
        after = made.told[:, :-1, TOLD_KINDS.index("after")] > 0  # of inputs
        gaps = after.any(1)
        self.assertFalse(made.counted[gaps][after[gaps]].any())
        self.assertTrue((made.notes[gaps][:, -1, 0] == v.SECTION).all())
        self.assertEqual(made.counted[gaps][:, -1].tolist(), [[True, False, False, False, False]] * gaps.sum())
        self.assertFalse((made.notes[~gaps][..., 0] == v.SECTION).any())

    def test_drawn_gaps_lie_inside(self):
        rng = np.random.default_rng(0)
        for count in (32, 33, 100, 512):
            for _ in range(500):
                gap, after = drawn_gap(count, rng)
                self.assertTrue(1 <= gap <= after - 4 and after <= count - 8 and after - gap <= count // 3)


class Model(unittest.TestCase):
    def test_the_future_is_not_seen(self):
        torch.manual_seed(0)
        model = randomised(Transformer(TINY))
        notes = torch.from_numpy(np.stack([v.to_tuples(*made_up_notes(65, np.random.default_rng(3)))]))
        tags = torch.zeros(1, model.tags.size(0))
        states = model.states(notes, tags)
        changed = notes.clone()
        changed[:, 40:, 2] = 30
        self.assertTrue(torch.equal(states[:, :40], model.states(changed, tags)[:, :40]))
        self.assertFalse(torch.allclose(states[:, 40:], model.states(changed, tags)[:, 40:]))

    def test_nothing_told_changes_nothing(self):
        """Bit-identical: untold values are zero vectors, and the default clock is the sum of dt."""
        torch.manual_seed(0)
        model = randomised(Transformer(TINY)).eval()
        tuples = v.to_tuples(*made_up_notes(65, np.random.default_rng(3)))
        notes, clock = torch.from_numpy(tuples[None]), torch.from_numpy(clock_of(tuples)[None])
        tags = torch.zeros(1, TAG_VALUES)
        untold = torch.zeros(1, 65, len(TOLD_KINDS), dtype=torch.int64)
        self.assertTrue(torch.equal(model.states(notes, tags), model.states(notes, tags, clock, untold)))

    def test_told_and_clock_are_heard_from_their_place_on(self):
        torch.manual_seed(0)
        model = randomised(Transformer(TINY)).eval()
        tuples = v.to_tuples(*made_up_notes(65, np.random.default_rng(3)))
        notes, clock = torch.from_numpy(tuples[None]), torch.from_numpy(clock_of(tuples)[None])
        tags = torch.zeros(1, TAG_VALUES)
        states = model.states(notes, tags)
        told = torch.zeros(1, 65, len(TOLD_KINDS), dtype=torch.int64)
        told[:, 40, 0] = 3
        later = clock + 50 * (torch.arange(65) >= 40)
        for other in (model.states(notes, tags, told=told), model.states(notes, tags, later)):
            self.assertTrue(torch.equal(states[:, :40], other[:, :40]))
            self.assertFalse(torch.allclose(states[:, 40:], other[:, 40:]))

    def test_dropout_is_for_training(self):
        torch.manual_seed(0)
        model = randomised(Transformer(TINY, dropout=0.5))
        notes = torch.from_numpy(v.to_tuples(*made_up_notes(30, np.random.default_rng(3)))[None])
        tags = torch.zeros(1, TAG_VALUES)
        self.assertFalse(torch.equal(model.states(notes, tags), model.states(notes, tags)))
        model.eval()
        self.assertTrue(torch.equal(model.states(notes, tags), model.states(notes, tags)))

    def test_attention_is_pytorchs(self):
        q, k, w = torch.randn(3, 2, 3, 200, 16)
        expected = torch.nn.functional.scaled_dot_product_attention(q, k, w, is_causal=True)
        self.assertTrue(torch.allclose(attend(q, k, w, block=64), expected, atol=1e-5))

    def test_probabilities_of_all_tuples_sum_to_one(self):
        torch.manual_seed(1)
        sizes = (2, 3, 2, 2, 3)
        chain = [randomised(Chain(TINY, size)) for size in sizes]
        start = torch.randn(TINY.width)
        total = 0.0
        for values in itertools.product(*map(range, sizes)):
            h, log_probability = start, 0.0
            for field, value in zip(chain, values, strict=True):
                log_probability += field(h).log_softmax(-1)[value]
                h = h + field.embedding[value]
            total += log_probability.exp().item()
        self.assertAlmostEqual(total, 1, places=5)


class Optimiser(unittest.TestCase):
    def test_muon_is_pytorchs(self):
        torch.manual_seed(3)
        start = [torch.randn(size) for size in ((24, 24), (48, 24), (24, 48), (24, 24))]
        gradients = [[torch.randn_like(matrix) for matrix in start] for _ in range(3)]

        def after(optimiser_of):
            parameters = [torch.nn.Parameter(matrix.clone()) for matrix in start]
            optimiser = optimiser_of(parameters)
            for step in gradients:
                for parameter, gradient in zip(parameters, step, strict=True):
                    parameter.grad = gradient.clone()
                optimiser.step()
            return [parameter.detach() for parameter in parameters]

        ours = after(lambda parameters: Muon(parameters, lr=0.1))
        theirs = after(lambda parameters: torch.optim.Muon(parameters, lr=0.1, momentum=0.95, weight_decay=0.01))
        for a, b, matrix in zip(ours, theirs, start, strict=True):
            self.assertLess((a - b).norm() / (a - matrix).norm(), 0.03)  # Muon's own result is in bfloat16


class Files(unittest.TestCase):
    def test_a_model_comes_back_from_its_folder(self):
        torch.manual_seed(2)
        model = randomised(Transformer(TINY))
        with tempfile.TemporaryDirectory() as folder:
            write_model(model, pathlib.Path(folder), 8.0)
            back = read_model(folder)
        for name, tensor in model.state_dict().items():
            self.assertTrue(torch.equal(tensor.half().float(), back.state_dict()[name]), name)

    def test_older_weights_are_read_as_what_they_were(self):
        """Version 1 lacks the tag `source`, whose rows are the last of the tags', and told values."""
        torch.manual_seed(2)
        model = randomised(Transformer(TINY))
        self.assertEqual(OFFSET["source"] + 2, TAG_VALUES)
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            write_model(model, folder, 8.0)
            description = json.loads((folder / "model.json").read_text())
            del description["version"]
            (folder / "model.json").write_text(json.dumps(description))
            state = model.state_dict()
            old = [state[name][: size[0]].numpy().astype("<f2") for name, size in tensors_of(model, version=1)]
            self.assertEqual(len(old), len(state) - 2)
            (folder / "weights.bin").write_bytes(b"".join(tensor.tobytes() for tensor in old))
            back = read_model(folder).state_dict()
        self.assertFalse(back["told.input"].any() or back["told.last"].any())
        self.assertFalse(back["tags"][-2:].any() or back["last_tags"][-2:].any())
        for (name, size), tensor in zip(tensors_of(model, version=1), old, strict=True):
            self.assertTrue((back[name][: size[0]].numpy() == tensor.astype(np.float32)).all(), name)

    def test_files_of_another_size_are_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            write_model(Transformer(TINY), folder, 8.0)
            whole = (folder / "weights.bin").read_bytes()
            for wrong in (whole[:-2], whole + b"00"):
                (folder / "weights.bin").write_bytes(wrong)
                with self.assertRaises(ValueError):
                    read_model(folder)


class Training(unittest.TestCase):
    def test_a_resumed_run_ends_where_an_unbroken_one_does(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for name in ("train", "validation"):
                write_split(folder / f"{name}.npz", np.random.default_rng(4))
            init = Transformer(Shape(width=64, layers=1, heads=1, mlp=256, chain=128))
            write_model(init, folder / "init", 8.0)

            def run(name, stable, decay):
                options = (
                    f"--data {folder} --run {folder / name} --stable-steps {stable} --decay-steps {decay} "
                    "--save-every 2 --notes-per-step 1024 --notes-per-part 512 --width 64 --layers 1 --heads 1 "
                    f"--dropout 0.2 --average 0.9 --validate-windows 9 --init {folder / 'init'}"
                )
                command = [sys.executable, "train.py", *options.split()]
                subprocess.run(command, check=True, capture_output=True, cwd=pathlib.Path(__file__).parent)
                newest = max((folder / name).glob("*.pt"), key=lambda path: path.stat().st_mtime)
                return torch.load(newest, weights_only=False)

            unbroken = run("unbroken", 4, 2)
            run("resumed", 2, 0)
            resumed = run("resumed", 4, 2)
            self.assertEqual((unbroken["step"], resumed["step"]), (6, 6))
            for which in ("model", "average"):
                for name, weights in unbroken[which].items():
                    self.assertTrue(torch.equal(weights, resumed[which][name]), name)
            moved = unbroken["model"]["told.input"] - init.state_dict()["told.input"]
            self.assertTrue((moved != 0).any(1)[-1])  # the flag for notes after a gap has received gradients


def randomised(module):
    """Fresh weights make many products zero; these do not."""
    for parameter in module.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    return module


if __name__ == "__main__":
    unittest.main()
