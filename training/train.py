"""Training, on a CPU or a GPU, from scratch or from existing weights.

    python train.py --data DIR --run DIR --stable-steps 3000 --decay-steps 1200 [--init MODEL]

Warmup-stable-decay (Hu et al. 2024, "MiniCPM"): a stable phase at full learning rate with short windows, then a decay
to zero with windows of the deployed context length. RUN/stable.pt is the latest state of the stable phase,
RUN/decay-N.pt that of the decay that starts at its step N. The same command resumes after a kill (SIGTERM saves
first); with more --stable-steps it resumes the stable phase and decays again. To decay now, give the step of
stable.pt as --stable-steps.
"""

import argparse
import json
import os
import pathlib
import signal
import time

import numpy as np
import torch

import validation
from model import Shape, Transformer
from muon import Muon
from precision import autocast
from weights import CONTEXT, read_model
from windows import Mix, Split, Windows, batches

MATRICES = ("query", "key", "value", "out", "up", "down")


def optimisers(model, muon_rate, embedding_rate, adam_rate):
    """Muon for the hidden matrices, AdamW for embeddings, output layers and gains."""
    hidden, embeddings, others = [], [], []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.endswith(MATRICES):
            hidden.append(parameter)
        elif "tags" in name or name.startswith(("fields.", "told.")) or name.endswith(".embedding"):
            embeddings.append(parameter)
        else:
            others.append(parameter)
    groups = [{"params": embeddings, "lr": embedding_rate}, {"params": others, "lr": adam_rate}]
    adam = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-10, weight_decay=0.0, fused=True)
    return [Muon(hidden, lr=muon_rate), adam] if hidden else [adam]


def rate_at(step, stable, decay, warmup):
    """Factor on the learning rates: warm-up, constant, and linear decay to zero over the last `decay` steps."""
    return min(1.0, (step + 1) / warmup, (stable + decay - step) / decay if step >= stable else 1.0)


def nats_of(model, windows, device):
    """Mean nats of each field [5] over the predictions of a batch; their sum is nats per note."""
    arrays = [torch.from_numpy(array).to(device) for array in windows]
    counted = arrays.pop()
    with autocast(device):
        nats = model(*arrays)
    return (nats * counted).sum((0, 1)) / counted.sum((0, 1)).clamp(min=1)


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
        self.shape = Shape(
            width=options.width,
            layers=options.layers,
            heads=options.heads,
            mlp=4 * options.width,
            chain=2 * options.width,
        )
        self.model = Transformer(self.shape, options.dropout).to(self.device)
        for name, parameter in self.model.named_parameters():
            parameter.requires_grad_(name.startswith(options.only))
        self.optimisers = optimisers(self.model, options.muon_rate, options.embedding_rate, options.adam_rate)
        self.step = 0
        self.seconds = 0.0
        self.compiled = torch.compile(self.model, dynamic=False) if options.compile else self.model
        self.stable_path = options.run / "stable.pt"
        self.decay_path = options.run / f"decay-{options.stable_steps}.pt"
        self.average = None
        for path in (self.decay_path, self.stable_path):
            if path.exists():
                self.load(torch.load(path, map_location=self.device, weights_only=False))
                break
        else:
            if options.init:
                self.begin_from(read_model(options.init))
        if self.step > options.stable_steps and not self.decay_path.exists():
            raise SystemExit(f"{self.stable_path} is at step {self.step} already: give --stable-steps {self.step}.")
        if self.average is None and options.average:
            self.average = {name: tensor.clone() for name, tensor in self.model.state_dict().items()}

    def fits(self, shape):
        if shape != self.shape:
            raise SystemExit(f"The weights are of a model of {shape}: give the same options, or begin another run.")

    def begin_from(self, model):
        self.fits(model.shape)
        self.model.load_state_dict(model.state_dict())

    def load(self, state):
        self.fits(state["shape"])
        self.model.load_state_dict(state["model"])
        for optimiser, saved in zip(self.optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(saved)
        self.step, self.seconds, self.average = state["step"], state["seconds"], state.get("average")

    def checkpoint(self):
        path = self.stable_path if self.step <= self.options.stable_steps else self.decay_path
        state = {
            "shape": self.shape,
            "model": self.model.state_dict(),
            "optimisers": [optimiser.state_dict() for optimiser in self.optimisers],
            "step": self.step,
            "seconds": self.seconds,
        }
        if self.average is not None:
            state["average"] = self.average
        save(path, state)

    def requests(self, last):
        """The parameters of the windows of future steps: (windows, length, seed, step, mix)."""
        options = self.options
        mix = Mix(options.infill, options.told_nothing, options.near_the_end)
        for step in range(self.step, last):
            length = options.decay_length if step >= options.stable_steps else options.stable_length
            yield options.notes_per_step // length, length, options.seed, step, mix

    def train_step(self, windows):
        """Returns the nats of each field [5]."""
        options = self.options
        factor = rate_at(self.step, options.stable_steps, options.decay_steps, options.warmup_steps)
        # Dropout also depends only on the step number, so that a resumed run ends like an uninterrupted one.
        torch.manual_seed(options.seed * 1_000_003 + self.step)
        self.model.train()
        parts = max(1, windows.notes.shape[0] * (windows.notes.shape[1] - 1) // options.notes_per_part)
        total = torch.zeros(5, device=self.device)
        for some in zip(*(np.array_split(array, parts) for array in windows), strict=True):
            nats = nats_of(self.compiled, Windows(*some), self.device)
            (nats.sum() / parts).backward()
            total += nats.detach() / parts
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["initial_lr"] = group.get("initial_lr", group["lr"])
                group["lr"] = group["initial_lr"] * factor
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        self.step += 1
        if self.average is not None:
            # Young averages decay faster, so that the initial weights count no more than their share.
            keep = min(options.average, (self.step + 1) / (self.step + 10))
            for name, tensor in self.model.state_dict().items():
                self.average[name].lerp_(tensor, 1 - keep)
        return total.cpu().double().numpy()

    def figures(self, split):
        """Validation nats per note, of the model and of its average."""
        every, pieces = self.options.validate_windows, self.options.validate_pieces
        sets = {
            "plain": validation.plain(split, every),
            "ending": validation.endings(split, pieces, notes=False, seconds=False),
            "endingTold": validation.endings(split, pieces, notes=True, seconds=True),
            "gap": validation.gaps(split, pieces, right_side=False),
            "gapWithRightSide": validation.gaps(split, pieces, right_side=True),
        }
        self.model.eval()
        result = {}
        for name, windows in sets.items():
            fields, end, _ = validation.nats(self.model, windows, self.device)
            result[name] = round(fields.sum(), 4)
            if name.startswith("ending"):
                result[name.replace("ending", "endMark")] = round(end, 4)
        if self.average is not None:
            # In a separate model: the optimiser and the compiler keep references to the trained model's parameters.
            averaged = Transformer(self.shape).to(self.device).eval()
            averaged.load_state_dict(self.average)
            result["plainOfAverage"] = round(validation.nats(averaged, sets["plain"], self.device)[0].sum(), 4)
        return result


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True, help="where prepare.py wrote")
    parser.add_argument("--run", type=pathlib.Path, required=True, help="where checkpoints and the log go")
    parser.add_argument("--init", type=pathlib.Path, help="weights to begin from: a model folder or a checkpoint")
    parser.add_argument("--stable-steps", type=int, required=True)
    parser.add_argument("--decay-steps", type=int, required=True)
    parser.add_argument("--warmup-steps", type=int, default=50)
    parser.add_argument("--stable-length", type=int, default=256, help="notes of a window in the stable phase")
    parser.add_argument("--decay-length", type=int, default=CONTEXT, help="notes of a window in the decay")
    mix = Mix()
    parser.add_argument("--infill", type=float, default=mix.infill, help="share of windows with a gap")
    parser.add_argument("--told-nothing", type=float, default=mix.told_nothing, help="share of those without one")
    parser.add_argument("--near-the-end", type=float, default=mix.near_the_end, help="share of those told what is left")
    parser.add_argument("--only", default="", help="trains tensors whose names begin so; others stay as they are")
    parser.add_argument("--notes-per-step", type=int, default=6144)
    parser.add_argument("--notes-per-part", type=int, default=2048, help="notes that memory and cache hold at a time")
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--heads", type=int, default=3)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--average", type=float, default=0.0, help="of weights: what a step keeps of it; 0: no average")
    parser.add_argument("--muon-rate", type=float, default=0.02)
    parser.add_argument("--embedding-rate", type=float, default=0.02)
    parser.add_argument("--adam-rate", type=float, default=0.003, help="of output layers and gains")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0, help="processes that make windows; 0: the training itself")
    parser.add_argument("--log-every", type=int, default=10, help="steps")
    parser.add_argument("--save-every", type=int, default=100, help="steps")
    parser.add_argument("--validate-every", type=int, default=100, help="steps")
    parser.add_argument("--validate-windows", type=int, default=40, help="takes every n-th window of the split")
    parser.add_argument("--validate-pieces", type=int, default=4, help="takes every n-th piece's end and gap")
    parser.add_argument("--compile", action="store_true", help="fuse kernels (needs a C++ compiler)")
    return parser.parse_args()


def main():
    options = parse()
    torch.set_num_threads(options.threads)
    options.run.mkdir(parents=True, exist_ok=True)
    run = Run(options)
    train, held_out = Split(options.data / "train.npz"), Split(options.data / "validation.npz")
    last = options.stable_steps + options.decay_steps
    print(f"{sum(p.numel() for p in run.model.parameters()):,} parameters; step {run.step} of {last}", flush=True)
    asked_to_stop = []
    signal.signal(signal.SIGTERM, lambda *_: asked_to_stop.append(True))
    nats, began = [], time.monotonic()
    with open(options.run / "log.jsonl", "a") as log:

        def note(**entry):
            log.write(json.dumps({"step": run.step, "seconds": round(run.seconds, 1)} | entry) + "\n")
            log.flush()

        for windows in batches(train, run.requests(last), options.workers):
            nats.append(run.train_step(windows))
            if run.step % options.log_every == 0 or run.step == last or asked_to_stop:
                now = time.monotonic()
                run.seconds += now - began
                began = now
                mean = np.mean(nats, axis=0)
                note(train=round(mean.sum(), 4), fields=mean.round(4).tolist())
                nats = []
            milestone = run.step in (options.stable_steps, last)
            if run.step % options.save_every == 0 or milestone or asked_to_stop:
                run.checkpoint()
            if asked_to_stop:
                break
            if run.step % options.validate_every == 0 or milestone:
                note(**run.figures(held_out))


if __name__ == "__main__":
    main()
