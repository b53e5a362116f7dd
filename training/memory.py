"""A network's memory of a piece: recalls what came next where the piece was alike before (README.md, "Memory").

    python memory.py --data DIR --model MODEL --out MODEL/memory.json [--first 962] [--end 1378] [--every 16]

Fits the gates to every n-th of some pieces of the train split that the network was not trained on (the built-in weights: of
ASAP, whose pieces follow those of MAESTRO), and prints the loss on the validation split with and without.
"""

import argparse
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

import validation
from vocabulary import DT_EDGES, DT_WIDTH_NATS, DURATION_EDGES, DURATION_WIDTH_NATS, FIELDS, PIANO, SIZES, middle_of
from weights import CONTEXT, read_model
from windows import Split, stacked

DT, PITCH, VELOCITY, DURATION = 1, 2, 3, 4
RECALLED = (DT, PITCH, VELOCITY, DURATION)
# What votes for a field: memories, by its value or for the pitch also by its interval from the note before; and for the
# duration, the ends of the notes that sound.
VOTES = {DT: ("dt",), PITCH: ("pitch", "interval"), VELOCITY: ("velocity",), DURATION: ("duration", "release")}
ALIGNMENT = {"mismatch": 2.0, "skip": 1.5, "most": 64}
# What counts of an alignment's score and of the cosine of two states; chosen on 6 to 18 validation pieces.
WEIGHTS = {
    "dt": {"alignment": 1.0, "likeness": 35.0},
    "pitch": {"alignment": 2.5, "likeness": 15.0},
    "velocity": {"alignment": 0.8, "likeness": 25.0},
    "duration": {"alignment": 0.8, "likeness": 25.0},
    "interval": {"alignment": 1.7, "likeness": 35.0},
}
TOLERANCES = {
    "dt": {"relative": 0.05, "absolute": 0.8},
    "velocity": {"relative": 0.0, "absolute": 0.7},
    "duration": {"relative": 0.1, "absolute": 0.6},
}
# Notes before the next one that count, how many notes earlier they count 1 / e as much, and the power of the number of
# notes that end together.
RELEASE = {"notes": 32, "fading": 8.0, "together": 3.0}
SETTINGS = {"alignment": ALIGNMENT, "weights": WEIGHTS, "tolerances": TOLERANCES, "release": RELEASE}
UNLIKELY = 1e-6
NEGLIGIBLE = 1e-4
OTHER_PITCH = -6.0


def returns_of(edges, relative, absolute):
    """For each value of a field (row): the distribution of its value when the passage returns."""
    middle = np.array([middle_of(i, edges) for i in range(len(edges) - 1)], dtype=float)
    apart = np.abs(middle[None] - middle[:, None]) / (absolute + relative * middle[:, None])
    likely = np.exp(-apart) * np.diff(edges)[None]
    return likely / likely.sum(1, keepdims=True)


RETURNS = {
    DT: returns_of(DT_EDGES, **TOLERANCES["dt"]),
    VELOCITY: returns_of(np.arange(SIZES[VELOCITY] + 1), **TOLERANCES["velocity"]),
    DURATION: returns_of(DURATION_EDGES, **TOLERANCES["duration"]),
}
LOG_STEPS = np.log(RETURNS[DT] + UNLIKELY)
STEP_TICKS = np.array([middle_of(i, DT_EDGES) for i in range(SIZES[DT])])
DURATION_TICKS = np.array([middle_of(i, DURATION_EDGES) for i in range(SIZES[DURATION])])


def aligned(scores, pitch, n):
    """Scores [n] of note n with all earlier ones, from those of note n - 1, [n - 1]."""
    before = np.concatenate([[0.0], scores, [0.0]])[:n]
    twice = np.concatenate([[0.0, 0.0], scores])[:n]
    same = np.concatenate([scores, [0.0]])[:n]
    best = np.maximum(before, np.maximum(twice, same) - ALIGNMENT["skip"])
    more = np.minimum(best + 1, ALIGNMENT["most"])
    return np.where(pitch[:n] == pitch[n], more, np.maximum(best - ALIGNMENT["mismatch"], 0))


def transposed(scores, shifts, pitch, n):
    """The same for transposed passages: also how much higher note n is than each earlier one, or than the passage that
    ends there, if they are alike. A passage that is not transposed is none."""
    shift = pitch[n] - pitch[:n]
    best = np.zeros(n)
    for back, skip in ((0, ALIGNMENT["skip"]), (2, ALIGNMENT["skip"]), (1, 0.0)):
        before = np.concatenate([np.zeros(back), scores, [0.0]])[:n] - skip
        same = np.concatenate([np.zeros(back, int), shifts, [0]])[:n] == shift
        best = np.maximum(best, np.where(same & (shift != 0) & (before >= 0), before + 1, 0))
    wrong = np.concatenate([[0.0], scores])[:n] - ALIGNMENT["mismatch"]
    goes_on = (best == 0) & (wrong > 0)
    shift = np.where(goes_on, np.concatenate([[0], shifts])[:n], shift)
    return np.minimum(np.where(goes_on, wrong, best), ALIGNMENT["most"]), shift


def recalled(vote, scores, cosines, known, truth):
    """The distribution of a field of the next note, by what memories vote for.

    scores, cosines [n]: how well each memory fits; known [n, 5]: the notes after them, for intervals moved to where they
    would be now; truth [5]: the next note, of which the fields before this one are used.
    """
    field = PITCH if vote == "interval" else FIELDS.index(vote)
    weights = WEIGHTS[vote]
    fit = weights["alignment"] * scores + weights["likeness"] * cosines
    if field != DT:
        same_step = LOG_STEPS[known[:, DT], truth[DT]]
        fit = fit + (same_step if field == PITCH else same_step / 2 + np.where(known[:, PITCH] == truth[PITCH], 0, OTHER_PITCH))
    weight = np.exp(fit - fit.max())
    kept = weight >= NEGLIGIBLE
    weight = weight[kept] / weight[kept].sum()
    values = known[kept, field]
    return np.bincount(values, weight, SIZES[field]) if field == PITCH else weight @ RETURNS[field][values]


def released(onsets, ends, i):
    """(distribution of note i's duration if it ends with a note that sounds, number of those), or None: a pedal ends notes
    together."""
    first = max(0, i - RELEASE["notes"])
    left = ends[first:i] - onsets[i]
    sounds = (left >= DURATION_EDGES[0]) & (left < DURATION_EDGES[-1])
    if not sounds.any():
        return None
    left, age = left[sounds], np.arange(i - first, 0, -1)[sounds]
    together = (np.abs(left[:, None] - left[None]) <= 1).sum(1)
    weight = np.exp(-age / RELEASE["fading"]) * together ** RELEASE["together"]
    bins = np.searchsorted(DURATION_EDGES, left, side="right") - 1
    return np.bincount(bins, weight / weight.sum(), SIZES[DURATION]), len(left)


def share_features(longest, first, of_network):
    """What the weight of a vote depends on: the longest alignment, or the number of notes that sound, and what vote and
    network say of the vote's first value."""
    return [1.0, np.log1p(longest), longest / ALIGNMENT["most"], np.log(first + NEGLIGIBLE), np.log(of_network + NEGLIGIBLE)]


def predictions(model, tuples):
    """For all notes of a piece but its first: its notes, the states before them, of length 1, and the network's logarithms
    of probabilities of each recalled field."""
    hop = CONTEXT // 2
    windows = [
        validation.untold(tuples[first : first + CONTEXT + 1], 1 if first == 0 else hop + 1, CONTEXT)
        for first in range(0, max(1, len(tuples) - 1 - hop), hop)
    ]
    notes, states, logs = [], [], {field: [] for field in RECALLED}
    for first in range(0, len(windows), 8):
        some = stacked(windows[first : first + 8])
        arrays = [torch.from_numpy(array) for array in (some.notes, some.tags, some.clock, some.told)]
        h = model.states(arrays[0][:, :-1], *(array if i == 0 else array[:, :-1] for i, array in enumerate(arrays[1:])))
        counted = torch.from_numpy(some.counted[..., 0] & (some.notes[:, 1:, 0] == PIANO))
        targets = arrays[0][:, 1:].clamp(max=model.largest)
        notes.append(targets[counted])
        states.append(F.normalize(h[counted], dim=-1))
        for i, field in enumerate(model.chain):
            if i in RECALLED:
                logs[i].append(F.log_softmax(field(h[counted]).float(), -1))
            h = h + F.embedding(targets[..., i], field.embedding)
    return torch.cat(notes).numpy(), torch.cat(states).numpy(), {i: torch.cat(each).numpy() for i, each in logs.items()}


def cases_of(notes, states, logs):
    """Yields for each note with a memory and each recalled field: (field, the truth's logarithm by the network, and for each
    vote: features, the truth's probability by the memory)."""
    pitch = notes[:, PITCH]
    scores, others, shifts = np.zeros(0), np.zeros(0), np.zeros(0, int)
    onsets = np.cumsum(STEP_TICKS[notes[:, DT]])
    ends = onsets + DURATION_TICKS[notes[:, DURATION]]
    for i in range(1, len(notes)):
        if i >= 2:
            # states[j + 1] was the state after note j; the last one after note i - 1.
            cosines = states[1:i] @ states[i]
            known = notes[1:i]
            moved = known.copy()
            moved[:, PITCH] = np.clip(known[:, PITCH] + shifts, 0, SIZES[PITCH] - 1)
            for field in RECALLED:
                votes = []
                for vote in VOTES[field]:
                    if vote == "release":
                        # Without an opinion, it agrees with the network.
                        recall, longest = released(onsets, ends, i) or (np.exp(logs[field][i]), 0)
                    else:
                        score, values = (others, moved) if vote == "interval" else (scores, known)
                        recall, longest = recalled(vote, score, cosines, values, notes[i]), score.max()
                    first = recall.argmax()
                    features = share_features(longest, recall[first], np.exp(logs[field][i, first]))
                    votes.append((features, recall[notes[i, field]]))
                yield field, logs[field][i, notes[i, field]], votes
        scores = aligned(scores, pitch, i)
        others, shifts = transposed(others, shifts, pitch, i)


def mixed(network, votes, gates):
    """The truth's logarithm by the network and all votes: each weighs exp(gate · features), the network 1."""
    weights = [np.exp(np.dot(gate, features)) for gate, (features, _) in zip(gates, votes, strict=True)]
    total = np.exp(network) + sum(weight * recall for weight, (_, recall) in zip(weights, votes, strict=True))
    return np.log(total / (1 + sum(weights)))


def fitted(cases):
    """Gates that minimise the loss; cases: the truth's logarithm by the network, and its votes."""
    network = torch.tensor(np.array([each for each, _ in cases]), dtype=torch.float64)
    x = torch.tensor(np.array([[features for features, _ in votes] for _, votes in cases]), dtype=torch.float64)
    recall = torch.tensor(np.array([[each for _, each in votes] for _, votes in cases]), dtype=torch.float64)
    w = torch.zeros(x.shape[1:], dtype=torch.float64)
    w[:, 0] = -3
    w.requires_grad_(True)
    optimiser = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def loss():
        optimiser.zero_grad()
        weights = (x * w).sum(-1).exp()
        total = network.exp() + (weights * recall).sum(-1)
        result = -(total / (1 + weights.sum(-1)) + 1e-12).log().mean() + 1e-4 * (w * w).sum()
        result.backward()
        return result

    optimiser.step(loss)
    return w.detach().numpy()


@torch.no_grad()
def pieces_of(model, split, numbers):
    for number in numbers:
        yield predictions(model, validation.marked(split, number)[0][:-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--weights", choices=["model", "average"], default="model")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--first", type=int, default=962, help="the first piece of the train split to fit to")
    parser.add_argument("--end", type=int, default=1378, help="the first piece after those")
    parser.add_argument("--every", type=int, default=16, help="fits to every n-th of them")
    parser.add_argument("--validate-every", type=int, default=8, help="takes every n-th validation piece; 0: none")
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = read_model(options.model, options.weights)
    train = Split(options.data / "train.npz")
    cases = {field: [] for field in RECALLED}
    for piece in pieces_of(model, train, range(options.first, min(options.end, len(train)), options.every)):
        for field, *case in cases_of(*piece):
            cases[field].append(case)
    gates = {field: fitted(cases[field]) for field in RECALLED}
    rounded = {
        vote: [round(float(each), 4) for each in gate]
        for field in RECALLED
        for vote, gate in zip(VOTES[field], gates[field], strict=True)
    }
    options.out.write_text(json.dumps(SETTINGS | {"gates": rounded}) + "\n")
    if options.validate_every:
        held_out = Split(options.data / "validation.npz")
        sums, with_memory, count = np.zeros(5), np.zeros(5), 0
        for notes, states, logs in pieces_of(model, held_out, range(0, len(held_out), options.validate_every)):
            count += len(notes) - 1
            wide = np.zeros(5)
            wide[DT] = DT_WIDTH_NATS[notes[1:, DT]].sum()
            wide[DURATION] = DURATION_WIDTH_NATS[notes[1:, DURATION]].sum()
            for field in RECALLED:
                cost = -logs[field][np.arange(1, len(notes)), notes[1:, field]].sum() + wide[field]
                sums[field] += cost
                with_memory[field] += cost
            for field, network, votes in cases_of(notes, states, logs):
                with_memory[field] += network - mixed(network, votes, gates[field])
        for of, costs in (("network", sums), ("with memory", with_memory)):
            of_fields = dict(zip(FIELDS, (costs / count).round(4).tolist(), strict=True))
            print(json.dumps({"of": of, "notes": count, "nats": round(costs.sum() / count, 4), "fields": of_fields}))


if __name__ == "__main__":
    main()
