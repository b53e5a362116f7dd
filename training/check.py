"""Checks of the pretraining code, no data needed: python check.py"""

import itertools
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import torch

import vocabulary as v
from model import Chain, Shape, Transformer, attend
from tags import KEY_PROFILES, drop, key_of, tags_of_notes, vector_of
from windows import MARK, Split, batch, counted

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
        onset=(onset * 100).astype(np.uint32),
        duration=(duration * 100).astype(np.uint32),
        pitch=pitch.astype(np.uint8),
        velocity=velocity.astype(np.uint8),
        start=np.arange(pieces + 1) * count,
        composer=np.array(["Claude Debussy"] * pieces),
    )


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
    def test_marks_stand_at_the_ends_and_nowhere_else(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "train.npz"
            write_split(path, np.random.default_rng(2))
            tuples, tags = batch(Split(path), 200, 128, seed=0, step=5)
            again, _ = batch(Split(path), 200, 128, seed=0, step=5)
        self.assertTrue((tuples == again).all())
        self.assertEqual(tuples.shape, (200, 129, 5))
        kinds = tuples[..., 0]
        self.assertTrue((kinds[:, 1:] != v.START).all())
        self.assertTrue((kinds[:, :-1] != v.END).all())
        for kind, place in ((v.START, 0), (v.END, -1)):
            share = (kinds[:, place] == kind).mean()  # 128 of 700 + 128 places
            self.assertTrue(0.08 < share < 0.24, share)
        self.assertTrue((tuples[..., 2][kinds == v.PIANO] >= 21).all())
        self.assertTrue((tuples[..., 2] <= 108).all())

    def test_of_a_mark_only_the_class_counts(self):
        note = [v.PIANO, 3, 60, 10, 40]
        self.assertEqual(counted(np.array([note, MARK["end"], [-1] * 5])).sum(-1).tolist(), [5, 1, 0])


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


class Training(unittest.TestCase):
    def test_a_resumed_run_ends_where_an_unbroken_one_does(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for name in ("train", "validation"):
                write_split(folder / f"{name}.npz", np.random.default_rng(4))

            def run(name, stable, decay):
                options = (
                    f"--data {folder} --run {folder / name} --stable-steps {stable} --decay-steps {decay} --save-every 2 "
                    "--notes-per-step 1024 --notes-per-part 512 --width 64 --layers 1 --heads 1"
                )
                command = [sys.executable, "train.py", *options.split()]
                subprocess.run(command, check=True, capture_output=True, cwd=pathlib.Path(__file__).parent)
                newest = max((folder / name).glob("*.pt"), key=lambda path: path.stat().st_mtime)
                return torch.load(newest, weights_only=False)

            unbroken = run("unbroken", 4, 2)
            run("resumed", 2, 0)
            resumed = run("resumed", 4, 2)
            self.assertEqual((unbroken["step"], resumed["step"]), (6, 6))
            for name, weights in unbroken["model"].items():
                self.assertTrue(torch.equal(weights, resumed["model"][name]), name)


def randomised(module):
    """Fresh weights leave many products at zero; these do not."""
    for parameter in module.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    return module


if __name__ == "__main__":
    unittest.main()
