"""A Transformer over notes: one position per note, five chained predictions per position.

Backbone: pre-norm Transformer with RoPE (Su et al. 2021), QK-norm (Henry et al. 2020), ReLU^2
(So et al. 2021) and RMSNorm without gains. Chain: class -> dt -> pitch -> velocity -> duration,
each field conditioned on those before it, because fields predicted independently of each other
cost a third more (Nested Music Transformer, Ryu et al. 2024).

B windows, T notes, D width, H heads, K = D / H head width.
"""

import dataclasses

import torch
import torch.nn.functional as F
from torch import nn

from tags import WIDTH as TAG_VALUES
from vocabulary import SIZES


@dataclasses.dataclass(frozen=True)
class Shape:
    width: int = 192
    layers: int = 6
    heads: int = 3
    mlp: int = 768  # hidden units of a layer's MLP
    chain: int = 384  # hidden units of a field's MLP


def norm(x):
    """RMSNorm over the last axis (Zhang & Sennrich 2019), no gains: the next matrix holds them."""
    return F.rms_norm(x, (x.size(-1),))


def rotations(length, head_width, base=10_000.0):
    """cos and sin of RoPE's angles: [T, K / 2] each."""
    frequency = base ** (-torch.arange(0, head_width, 2) / head_width)
    angles = torch.outer(torch.arange(length), frequency)
    return angles.cos(), angles.sin()


def rotate(x, cos, sin):
    """Turns the pairs (i, i + K / 2) of x [B, H, T, K] by their position's angles."""
    a, b = x.chunk(2, dim=-1)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)


def matrix(rows, columns):
    """A weight [rows, columns] whose product keeps the size of what it is given."""
    return nn.Parameter(torch.randn(rows, columns) * columns**-0.5)


class Layer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        d = shape.width
        self.heads = shape.heads
        self.query, self.key, self.value = matrix(d, d), matrix(d, d), matrix(d, d)
        self.out = nn.Parameter(torch.zeros(d, d))
        self.gain = nn.Parameter(torch.full((shape.heads, 1, 1), 1.0))
        self.up = matrix(shape.mlp, d)
        self.down = nn.Parameter(torch.zeros(d, shape.mlp))

    def forward(self, x, cos, sin):
        b, t, d = x.shape
        y = norm(x)
        q, k, v = (F.linear(y, w).view(b, t, self.heads, -1).transpose(1, 2) for w in (self.query, self.key, self.value))
        q = rotate(norm(q), cos, sin) * self.gain  # [B, H, T, K]
        k = rotate(norm(k), cos, sin)
        y = F.scaled_dot_product_attention(q.to(v.dtype), k.to(v.dtype), v, is_causal=True)
        x = x + F.linear(y.transpose(1, 2).reshape(b, t, d), self.out)
        return x + F.linear(F.relu(F.linear(norm(x), self.up)).square(), self.down)


class Chain(nn.Module):
    """One field of the note, given the fields before it."""

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


class Transformer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        # One row more than classes: the start of a piece is an input, never an output.
        self.fields = nn.ParameterList(
            nn.Parameter(torch.randn(size + (i == 0), shape.width) * 0.5) for i, size in enumerate(SIZES)
        )
        self.tags = nn.Parameter(torch.zeros(TAG_VALUES, shape.width))
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.chain = nn.ModuleList(Chain(shape, size) for size in SIZES)

    def states(self, notes, tags):
        """notes int64 [B, T, 5], tags [B, TAG_VALUES] -> what the next note starts from, [B, T, D]."""
        x = sum(F.embedding(notes[..., i], table) for i, table in enumerate(self.fields))
        x = norm(x + (tags @ self.tags).unsqueeze(1))
        cos, sin = rotations(notes.size(1), self.shape.width // self.shape.heads)
        for layer in self.layers:
            x = layer(x, cos, sin)
        return norm(x)

    def forward(self, notes, tags):
        """notes [B, T + 1, 5] -> nats of each field of notes 1 .. T, [B, T, 5], in-bin widths left out."""
        h = self.states(notes[:, :-1], tags)
        targets = notes[:, 1:]
        nats = []
        for i, field in enumerate(self.chain):
            logits = field(h).float()
            nats.append(F.cross_entropy(logits.flatten(0, 1), targets[..., i].flatten(), reduction="none"))
            h = h + F.embedding(targets[..., i], field.embedding)
        return torch.stack(nats, dim=-1).view(targets.shape)
