"""A Transformer over notes: one position per note, five chained predictions per position.

Backbone: pre-norm Transformer with RoPE (Su et al. 2021), QK-norm (Henry et al. 2020), ReLU^2 (So et al. 2021) and
RMSNorm without gains. Chain: class -> dt -> pitch -> velocity -> duration, each field conditioned on the previous
ones, because independent predictions of the fields have a loss a third higher (Nested Music Transformer, Ryu et al.
2024).

B windows, T notes, D width, H heads, K = D / H head width.
"""

import dataclasses
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from tags import WIDTH as TAG_VALUES
from vocabulary import DT_EDGES, SIZES, TOLD_ROWS, middle_of


@dataclasses.dataclass(frozen=True)
class Shape:
    width: int = 192
    layers: int = 6
    heads: int = 3  # of 64 each: twice the number of pairs rotated by the clocks below
    mlp: int = 768  # hidden units of a layer's MLP
    chain: int = 384  # hidden units of a field's MLP


def norm(x):
    """RMSNorm over the last axis (Zhang & Sennrich 2019), without gains: the next matrix contains them."""
    return F.rms_norm(x, (x.size(-1),))


# RoPE rotates a head's pairs by three clocks, in radians per unit: the note's index, its onset and its pitch, so that
# attention can look for "4 notes ago", "half a second ago" or "a fifth above".
NUMBER = 2 * math.pi / torch.logspace(math.log10(6), math.log10(2_000), 12)  # per note
ONSET = 2 * math.pi / torch.logspace(math.log10(16), math.log10(6_000), 12)  # per tick of 10 ms
PITCH = 2 * math.pi / torch.tensor([12, 6, 4, 3, 2.4, 2, 48, 128])  # per semitone
PAIRS = len(NUMBER) + len(ONSET) + len(PITCH)  # K / 2


def rotations(number, onset, pitch):
    """Positions of notes, [B, T] each -> cos and sin of their angles, [B, 1, T, K / 2] each."""
    clocks = ((number, NUMBER), (onset, ONSET), (pitch, PITCH))
    angles = torch.cat([clock.unsqueeze(-1) * speed.to(clock.device) for clock, speed in clocks], dim=-1)
    return angles.cos().unsqueeze(1), angles.sin().unsqueeze(1)


def rotate(x, cos, sin):
    """Rotates the pairs (i, i + K / 2) of x [B, H, T, K] by their positions' angles."""
    a, b = x.chunk(2, dim=-1)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)


def attend(q, k, v, block=128):
    """Causal attention, q, k, v [B, H, T, K] -> [B, H, T, K].

    Computed in blocks of queries, each with only the keys it can attend to: on a CPU two to four times faster than
    PyTorch's fused kernel at these sizes.
    """
    if q.is_cuda:
        return F.scaled_dot_product_attention(q, k, v, is_causal=True)
    length = q.size(2)
    out = []
    for first in range(0, length, block):
        last = min(first + block, length)
        scores = q[:, :, first:last] @ k[:, :, :last].transpose(2, 3) * q.size(-1) ** -0.5
        future = torch.ones(last - first, last, dtype=torch.bool, device=q.device).triu(first + 1)
        out.append(scores.masked_fill(future, -torch.inf).softmax(-1) @ v[:, :, :last])
    return torch.cat(out, dim=2)


def matrix(rows, columns):
    """A weight [rows, columns] whose product preserves the scale of its input."""
    return nn.Parameter(torch.randn(rows, columns) * columns**-0.5)


class Layer(nn.Module):
    def __init__(self, shape, dropout):
        super().__init__()
        d = shape.width
        self.dropout = nn.Dropout(dropout)
        self.heads = shape.heads
        self.query, self.key, self.value = matrix(d, d), matrix(d, d), matrix(d, d)
        self.out = nn.Parameter(torch.zeros(d, d))
        self.gain = nn.Parameter(torch.full((shape.heads, 1, 1), 1.0))
        self.up = matrix(shape.mlp, d)
        self.down = nn.Parameter(torch.zeros(d, shape.mlp))

    def forward(self, x, cos, sin):
        b, t, d = x.shape
        y = norm(x)
        weights = (self.query, self.key, self.value)
        q, k, v = (F.linear(y, w).view(b, t, self.heads, -1).transpose(1, 2) for w in weights)
        q = rotate(norm(q), cos, sin) * self.gain  # [B, H, T, K]
        k = rotate(norm(k), cos, sin)
        y = attend(q.to(v.dtype), k.to(v.dtype), v)
        x = x + self.dropout(F.linear(y.transpose(1, 2).reshape(b, t, d), self.out))
        return x + self.dropout(F.linear(F.relu(F.linear(norm(x), self.up)).square(), self.down))


class Chain(nn.Module):
    """One field of the note, given the previous fields."""

    def __init__(self, shape, size):
        super().__init__()
        self.up = matrix(shape.chain, shape.width)
        self.down = nn.Parameter(torch.zeros(shape.width, shape.chain))
        self.logits = nn.Parameter(torch.zeros(size, shape.width))
        self.embedding = nn.Parameter(torch.randn(size, shape.width) * 0.5)

    def forward(self, h):
        """h [..., D] -> logits [..., size]."""
        g = norm(h)
        g = g + F.linear(F.relu(F.linear(g, self.up)).square(), self.down)
        return F.linear(norm(g), self.logits)


class Told(nn.Module):
    """Embeddings of told values of single positions: rows as in vocabulary.py, from 1; row 0 is "not told"."""

    def __init__(self, shape):
        super().__init__()
        # Like tags: added to each input, and again where the next note is predicted.
        self.input = nn.Parameter(torch.zeros(TOLD_ROWS, shape.width))
        self.last = nn.Parameter(torch.zeros(TOLD_ROWS, shape.width))

    def forward(self, rows):
        """rows int64 [..., kinds] -> vectors to add to the input and to the start of the next note, [..., D] each."""
        return tuple(F.embedding(rows, F.pad(table, (0, 0, 1, 0))).sum(-2) for table in (self.input, self.last))


class Transformer(nn.Module):
    def __init__(self, shape, dropout=0.0):
        super().__init__()
        self.shape = shape
        # One more row than there are classes: the start of a piece is an input, but never an output.
        rows = [size + (i == 0) for i, size in enumerate(SIZES)]
        self.fields = nn.ParameterList(nn.Parameter(torch.randn(count, shape.width) * 0.5) for count in rows)
        # Added to each input, and again where the next note is predicted.
        self.tags = nn.Parameter(torch.zeros(TAG_VALUES, shape.width))
        self.last_tags = nn.Parameter(torch.zeros(TAG_VALUES, shape.width))
        ticks = torch.from_numpy(middle_of(np.arange(SIZES[1]), DT_EDGES))
        self.register_buffer("ticks", ticks, persistent=False)  # for each bin of dt
        self.register_buffer("largest", torch.tensor(SIZES) - 1, persistent=False)  # value of each field
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.chain = nn.ModuleList(Chain(shape, size) for size in SIZES)
        self.told = Told(shape)
        self.dropout = nn.Dropout(dropout)

    def states(self, notes, tags, clock=None, told=None):
        """Start vectors of the next note, [B, T, D].

        notes int64 [B, T, 5], tags [B, TAG_VALUES]; clock int64 [B, T], onsets in ticks if they are not the sums of
        dt; told int64 [B, T, kinds], rows of the told values of positions.
        """
        x = sum(F.embedding(notes[..., i], table) for i, table in enumerate(self.fields))
        # The notes' embeddings grow in training; without scaling, tags would have little effect.
        x = norm(x) + (tags @ self.tags).unsqueeze(1)
        last = (tags @ self.last_tags).unsqueeze(1)
        if told is not None:
            first, then = self.told(told)
            x, last = x + first, last + then
        number = torch.arange(notes.size(1), device=notes.device).expand(notes.shape[:2])
        clock = self.ticks[notes[..., 1]].cumsum(1) if clock is None else clock
        cos, sin = rotations(number, clock, notes[..., 2])
        x = self.dropout(x)
        for layer in self.layers:
            x = layer(x, cos, sin)
        return norm(x) + last

    def forward(self, notes, tags, clock=None, told=None):
        """Loss of each field of entries 1 .. T, [B, T, 5], in nats, without the widths of bins.

        notes [B, T + 1, 5]; clock and told, [B, T + 1, ...], as for `states`: their last entries are unused.
        """
        placed = None if clock is None else clock[:, :-1]
        h = self.states(notes[:, :-1], tags, placed, None if told is None else told[:, :-1])
        # A start mark after the notes that follow a gap is never predicted: any class can be used there.
        targets = notes[:, 1:].clamp(max=self.largest)
        nats = []
        for i, field in enumerate(self.chain):
            logits = field(h).float()
            nats.append(F.cross_entropy(logits.flatten(0, 1), targets[..., i].flatten(), reduction="none"))
            h = h + F.embedding(targets[..., i], field.embedding)
        return torch.stack(nats, dim=-1).view(targets.shape)
