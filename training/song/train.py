"""Trains the song network, on a CPU or a GPU.

    python train.py --data DIR --run DIR --stable-steps 3000 --decay-steps 1200

Warmup-stable-decay as in ../train.py: RUN/stable.pt is the latest state of the stable phase, RUN/decay-N.pt that of
the decay that starts at its step N. The same command resumes after a kill; with more --stable-steps it resumes the
stable phase and decays again. --init begins from the weights of a model folder. --minutes limits the time of the
stable phase: the state is saved, and the same command with --stable-steps STEP decays from there.
"""

import argparse
import collections
import dataclasses
import json
import multiprocessing
import os
import pathlib
import sys
import time

import numpy as np
import torch

from model import Shape, SongTransformer
from vocabulary import FIELDS
from weights import read_model
from windows import Corpus, batch

sys.path.append(str(pathlib.Path(__file__).parents[1]))  # last: this folder has its own model.py and others
from muon import Muon
from precision import autocast

LONG = 512  # positions in a sequence in the decay, and when deployed
VALIDATION_SEED = 1
MATRICES = ("query", "key", "value", "out", "up", "down")


def optimisers(model, muon_rate, embedding_rate, adam_rate):
    """Muon for the hidden matrices, AdamW for embeddings, output layers and gains."""
    hidden, embeddings, others = [], [], []
    for name, parameter in model.named_parameters():
        if name.endswith(MATRICES):
            hidden.append(parameter)
        elif name.endswith("logits") or name.endswith("gain"):
            others.append(parameter)
        else:
            embeddings.append(parameter)
    groups = [{"params": embeddings, "lr": embedding_rate}, {"params": others, "lr": adam_rate}]
    return [
        Muon(hidden, muon_rate),
        torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-10, weight_decay=0.0, fused=True),
    ]


def rate_at(step, stable, decay, warmup=50):
    """Factor on the learning rates: warm-up, constant, and linear decay to zero over the last `decay` steps."""
    return min(1.0, (step + 1) / warmup, (stable + decay - step) / decay if step >= stable else 1.0)


def tensors_of(batch, device):
    arrays = (getattr(batch, field.name) for field in dataclasses.fields(batch))
    return [torch.from_numpy(np.ascontiguousarray(array)).to(device) for array in arrays]


def nats_of(model, tensors):
    """(summed nats of each field [6], number of predictions of each [6]) for a batch's tensors, in the order of
    Batch.
    """
    kind, fields, onset, plan, targets, target_plan, counted, tags = tensors
    with autocast(kind.device):
        nats = model(kind, fields, onset, plan, targets, target_plan, tags)
    return (nats * counted).sum((0, 1)), counted.sum((0, 1))


_corpus = None  # of a worker that makes batches; workers are forks and share the memory


def made_batch(job):
    windows, length, seed, step = job
    return batch(_corpus, windows, length, seed, step)


def batches(corpus, job_of, first, last, workers):
    """The batches of steps first .. last - 1, in order; `job_of(step)` -> (windows, length, seed, step)."""
    global _corpus
    _corpus = corpus
    if workers == 0:
        for step in range(first, last):
            yield made_batch(job_of(step))
        return
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        ahead, waiting = range(first, last), collections.deque()
        for step in ahead:
            waiting.append(pool.apply_async(made_batch, (job_of(step),)))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().get()
        while waiting:
            yield waiting.popleft().get()


def save(path, state):
    """Atomic: a kill leaves the old file or the new one."""
    part = path.with_suffix(".part")
    torch.save(state, part)
    os.replace(part, path)


class Run:
    """A model in training, with everything that its next step depends on."""

    def __init__(self, options):
        self.options = options
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(options.seed)
        width = options.width
        self.shape = Shape(width=width, layers=options.layers, heads=width // 64, mlp=4 * width, chain=2 * width)
        self.model = SongTransformer(self.shape).to(self.device)
        rates = (options.muon_rate, options.embedding_rate, options.adam_rate)
        self.optimisers = optimisers(self.model, *rates)
        self.step, self.seconds, self.notes = 0, 0.0, 0
        self.compiled = torch.compile(self.model, dynamic=False) if options.compile else self.model
        self.stable_path = options.run / "stable.pt"
        self.decay_path = options.run / f"decay-{options.stable_steps}.pt"
        for path in (self.decay_path, self.stable_path):
            if path.exists():
                self.load(torch.load(path, map_location=self.device, weights_only=False))
                break
        else:
            if options.init:
                self.begin_from(*read_model(options.init))

    def fits(self, shape):
        if shape != self.shape:
            raise SystemExit(f"The weights are of a model of {shape}: give the same options, or begin another run.")

    def begin_from(self, shape, tensors):
        self.fits(shape)
        self.model.load_state_dict(tensors)

    def load(self, state):
        self.fits(state["shape"])
        self.model.load_state_dict(state["model"])
        for optimiser, saved in zip(self.optimisers, state["optimisers"], strict=True):
            for own in saved["state"].values():
                if "momentum_buffer" in own:  # Muon's, in states from before it was shared with the piano's network
                    own["momentum"] = own.pop("momentum_buffer")
            optimiser.load_state_dict(saved)
        self.step, self.seconds, self.notes = state["step"], state["seconds"], state["notes"]

    def checkpoint(self):
        path = self.stable_path if self.step <= self.options.stable_steps else self.decay_path
        state = {
            "shape": self.shape,
            "model": self.model.state_dict(),
            "optimisers": [optimiser.state_dict() for optimiser in self.optimisers],
            "step": self.step,
            "seconds": self.seconds,
            "notes": self.notes,
            "context": self.options.decay_length,
        }
        save(path, state)

    def train_step(self, made):
        """One step on a batch; returns the mean nats of each field [6]."""
        options = self.options
        tensors = tensors_of(made, self.device)
        # Weight of a prediction: fields are averaged over all positions of the step, not just over their own.
        count = max(1, int(made.counted[..., 1].sum()))
        total, predictions = np.zeros(6), np.zeros(6)
        parts = max(1, made.kind.size // options.notes_per_part)
        for some in zip(*(t.tensor_split(parts) for t in tensors), strict=True):
            nats, counts = nats_of(self.compiled, some)
            (nats.sum() / count).backward()
            total += nats.detach().cpu().double().numpy()
            predictions += counts.cpu().double().numpy()
        factor = rate_at(self.step, options.stable_steps, options.decay_steps)
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["initial_lr"] = group.get("initial_lr", group["lr"])
                group["lr"] = group["initial_lr"] * factor
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        self.step += 1
        self.notes += count
        return total, predictions

    @torch.no_grad()
    def validation(self, corpus, length, windows=64):
        """Nats of each field on fixed windows of validation pieces."""
        total, predictions = np.zeros(6), np.zeros(6)
        for some in range(0, windows, 8):
            made = batch(corpus, 8, length, VALIDATION_SEED, some)
            nats, counts = nats_of(self.model, tensors_of(made, self.device))
            total += nats.cpu().double().numpy()
            predictions += counts.cpu().double().numpy()
        return total / np.maximum(1, predictions)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True, help="where convert.py wrote")
    parser.add_argument("--run", type=pathlib.Path, required=True, help="where checkpoints and the log go")
    parser.add_argument("--init", type=pathlib.Path, help="weights to begin from: a model folder")
    parser.add_argument("--stable-steps", type=int, required=True)
    parser.add_argument("--decay-steps", type=int, required=True)
    parser.add_argument("--minutes", type=float, help="ends the run after so long, state saved")
    parser.add_argument("--notes-per-step", type=int, default=6144, help="positions, padding included")
    parser.add_argument(
        "--notes-per-part", type=int, default=2048, help="positions that memory and cache hold at a time"
    )
    parser.add_argument("--length", type=int, default=256, help="positions of a sequence in the stable phase")
    parser.add_argument("--decay-length", type=int, default=LONG, help="positions of a sequence in the decay")
    parser.add_argument("--workers", type=int, default=0, help="processes that make batches; 0: the training's own")
    parser.add_argument("--width", type=int, default=192, help="a multiple of 64")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--muon-rate", type=float, default=0.02)
    parser.add_argument("--embedding-rate", type=float, default=0.02)
    parser.add_argument("--adam-rate", type=float, default=0.003, help="of output layers and gains")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--log-every", type=int, default=10, help="steps")
    parser.add_argument("--save-every", type=int, default=100, help="steps")
    parser.add_argument("--compile", action="store_true", help="fuse kernels (needs a C++ compiler)")
    return parser.parse_args()


def main():
    options = parse()
    torch.set_num_threads(options.threads)
    options.run.mkdir(parents=True, exist_ok=True)
    run = Run(options)
    train, validation = Corpus(options.data, "train"), Corpus(options.data, "validation")
    last = options.stable_steps + options.decay_steps
    print(f"{sum(p.numel() for p in run.model.parameters()):,} parameters; step {run.step} of {last}", flush=True)
    started = began = time.monotonic()
    total, predictions = np.zeros(6), np.zeros(6)
    with open(options.run / "log.jsonl", "a") as log:

        def note(**entry):
            where = {"step": run.step, "seconds": round(run.seconds, 1), "notes": run.notes}
            log.write(json.dumps(where | entry) + "\n")
            log.flush()

        def named(mean):
            return dict(zip(FIELDS, mean.round(4).tolist(), strict=True))

        def length_at(step):
            return options.decay_length if step >= options.stable_steps else options.length

        def job_of(step):
            return options.notes_per_step // length_at(step), length_at(step), options.seed, step

        for made in batches(train, job_of, run.step, last, options.workers):
            nats, counts = run.train_step(made)
            total += nats
            predictions += counts
            out_of_time = options.minutes is not None and time.monotonic() - started > 60 * options.minutes
            if run.step % options.log_every == 0 or run.step == last:
                now = time.monotonic()
                run.seconds += now - began
                began = now
                mean = total / np.maximum(1, predictions)
                note(train=round(mean[:5].sum(), 4), fields=named(mean))
                total, predictions = np.zeros(6), np.zeros(6)
            if run.step % options.save_every == 0 or run.step in (options.stable_steps, last) or out_of_time:
                run.checkpoint()
                mean = run.validation(validation, length_at(run.step - 1))
                note(validation=round(mean[:5].sum(), 4), fields=named(mean))
            if out_of_time:
                break


if __name__ == "__main__":
    main()
