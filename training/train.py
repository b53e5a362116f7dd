"""Pretraining, on a CPU or a GPU.

    python train.py --data DIR --run DIR --stable-steps 3000 --decay-steps 1200

Warmup-stable-decay (Hu et al. 2024, "MiniCPM"): a stable phase at full learning rate over short
windows, then a decay to zero over windows of the length that is served. RUN/stable.pt is the
stable phase's newest state, RUN/decay-N.pt that of the decay from its step N on. The same command
goes on after a kill; with more --stable-steps it goes on from where the stable phase ended and
decays anew.
"""

import argparse
import json
import os
import pathlib
import time

import numpy as np
import torch

from model import Shape, Transformer
from windows import Split, batch, counted

SHORT, LONG = 256, 512  # notes of a window: stable phase, decay (and what is served)
VALIDATION_SEED = 1

MATRICES = ("query", "key", "value", "out", "up", "down")


def optimisers(model, muon_rate, embedding_rate, adam_rate):
    """Muon (Jordan 2024) turns the hidden matrices, AdamW embeddings, output layers and gains."""
    hidden, embeddings, others = [], [], []
    for name, parameter in model.named_parameters():
        if name.endswith(MATRICES):
            hidden.append(parameter)
        elif name in ("tags", "last_tags") or name.startswith("fields.") or name.endswith(".embedding"):
            embeddings.append(parameter)
        else:
            others.append(parameter)
    groups = [{"params": embeddings, "lr": embedding_rate}, {"params": others, "lr": adam_rate}]
    return [
        torch.optim.Muon(hidden, lr=muon_rate, momentum=0.95, nesterov=True, weight_decay=0.01),
        torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-10, weight_decay=0.0, fused=True),
    ]


def rate_at(step, stable, decay, warmup=50):
    """The learning rates' factor: up, flat, and down to zero over the last `decay` steps."""
    return min(1.0, (step + 1) / warmup, (stable + decay - step) / decay if step >= stable else 1.0)


def nats_of(model, tuples, tags, device):
    """Mean nats of each field [5] over the predictions of a batch, the sum being nats a note."""
    counts = torch.from_numpy(counted(tuples[:, 1:])).to(device)
    notes = torch.from_numpy(np.maximum(tuples, 0)).to(device)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        nats = model(notes, torch.from_numpy(tags).to(device))
    return (nats * counts).sum((0, 1)) / counts.sum((0, 1))


def save(path, state):
    """Atomic: a kill leaves the old file or the new one."""
    part = path.with_suffix(".part")
    torch.save(state, part)
    os.replace(part, path)


class Run:
    """A model in training, with all that its next step depends on."""

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
        self.model = Transformer(self.shape).to(self.device)
        self.optimisers = optimisers(self.model, options.muon_rate, options.embedding_rate, options.adam_rate)
        self.step = 0
        self.seconds = 0.0
        self.compiled = torch.compile(self.model, dynamic=False) if options.compile else self.model
        self.stable_path = options.run / "stable.pt"
        self.decay_path = options.run / f"decay-{options.stable_steps}.pt"
        for path in (self.decay_path, self.stable_path):
            if path.exists():
                self.load(torch.load(path, map_location=self.device, weights_only=False))
                break

    def load(self, state):
        if state["shape"] != self.shape:
            raise SystemExit(
                f"The checkpoint holds a model of {state['shape']}: give the same options, or another --run."
            )
        self.model.load_state_dict(state["model"])
        for optimiser, saved in zip(self.optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(saved)
        self.step, self.seconds = state["step"], state["seconds"]

    def checkpoint(self):
        path = self.stable_path if self.step <= self.options.stable_steps else self.decay_path
        state = {
            "shape": self.shape,
            "model": self.model.state_dict(),
            "optimisers": [optimiser.state_dict() for optimiser in self.optimisers],
            "step": self.step,
            "seconds": self.seconds,
        }
        save(path, state)

    def train_step(self, split):
        options = self.options
        long = self.step >= options.stable_steps
        length = LONG if long else SHORT
        windows = options.notes_per_step // length
        tuples, tags = batch(split, windows, length, options.seed, self.step)
        factor = rate_at(self.step, options.stable_steps, options.decay_steps)
        parts = max(1, windows * length // options.notes_per_part)
        total = np.zeros(5)
        for some_tuples, some_tags in zip(np.array_split(tuples, parts), np.array_split(tags, parts), strict=True):
            nats = nats_of(self.compiled, some_tuples, some_tags, self.device)
            (nats.sum() / parts).backward()
            total += nats.detach().cpu().double().numpy() / parts
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["initial_lr"] = group.get("initial_lr", group["lr"])
                group["lr"] = group["initial_lr"] * factor
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        self.step += 1
        return total

    @torch.no_grad()
    def validation(self, split, length, windows=64):
        """Nats of each field on windows of validation pieces, the same ones every time, without tags."""
        tuples, tags = batch(split, windows, length, VALIDATION_SEED, 0)
        parts = [
            nats_of(self.model, t, np.zeros_like(g), self.device).cpu().double().numpy()
            for t, g in zip(np.array_split(tuples, 8), np.array_split(tags, 8), strict=True)
        ]
        return np.mean(parts, axis=0)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True, help="where prepare.py wrote")
    parser.add_argument("--run", type=pathlib.Path, required=True, help="where checkpoints and the log go")
    parser.add_argument("--stable-steps", type=int, required=True)
    parser.add_argument("--decay-steps", type=int, required=True)
    parser.add_argument("--notes-per-step", type=int, default=6144)
    parser.add_argument("--notes-per-part", type=int, default=2048, help="notes that memory and cache hold at a time")
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--heads", type=int, default=3)
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
    train, validation = Split(options.data / "train.npz"), Split(options.data / "validation.npz")
    last = options.stable_steps + options.decay_steps
    print(f"{sum(p.numel() for p in run.model.parameters()):,} parameters; step {run.step} of {last}", flush=True)
    nats, began = [], time.monotonic()
    with open(options.run / "log.jsonl", "a") as log:

        def note(**entry):
            log.write(json.dumps({"step": run.step, "seconds": round(run.seconds, 1)} | entry) + "\n")
            log.flush()

        while run.step < last:
            nats.append(run.train_step(train))
            if run.step % options.log_every == 0 or run.step == last:
                now = time.monotonic()
                run.seconds += now - began
                began = now
                mean = np.mean(nats, axis=0)
                note(train=round(mean.sum(), 4), fields=mean.round(4).tolist())
                nats = []
            if run.step % options.save_every == 0 or run.step in (options.stable_steps, last):
                run.checkpoint()
                length = LONG if run.step > options.stable_steps else SHORT
                mean = run.validation(validation, length)
                note(validation=round(mean.sum(), 4), fields=mean.round(4).tolist())


if __name__ == "__main__":
    main()
