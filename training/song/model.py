"""A Transformer over notes of several instruments: one position per note, six chained predictions per position.

Backbone as in ../model.py (pre-norm, RoPE with three clocks, QK-norm, ReLU^2, RMSNorm without gains). Chain: bar step
-> position in the bar -> part -> pitch -> duration -> velocity. Once a note's time is drawn, the chain is told the
plan there (chord, key, section, bars left, metrical level).

B sequences, L positions, D width, H heads, K = D / H head width.
"""

import dataclasses
import math

import torch
import torch.nn.functional as F
from torch import nn

from vocabulary import CHORDS, DRUMS, KEYS, KINDS, PLAN, PLAN_OFFSET, PLAN_WIDTH, SIZES, TAG_WIDTH, UNKNOWN


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


# RoPE rotates a head's pairs by three clocks: the index in the sequence, the onset (1/24 of a quarter note; most
# periods are a beat, a bar or these times a power of two) and the pitch.
NUMBER = 2 * math.pi / torch.logspace(math.log10(6), math.log10(2_000), 12)
ONSET = 2 * math.pi / torch.tensor([12.0, 24, 48, 72, 96, 144, 192, 384, 768, 1536, 3072, 12288])
PITCH = 2 * math.pi / torch.tensor([12, 6, 4, 3, 2.4, 2, 48, 128])
PAIRS = len(NUMBER) + len(ONSET) + len(PITCH)  # K / 2
START_PITCH = 60  # the start mark's value on the pitch clock
BAR, POSITION, PART, PITCH_FIELD, DURATION, VELOCITY = range(6)
KEY_FIELD, CHORD_FIELD = list(PLAN).index("key"), list(PLAN).index("chord")
NONE = 12  # an unknown tonic or root


def rotations(number, onset, pitch):
    """Positions of notes, [B, L] each -> cos and sin of their angles, [B, 1, L, K / 2] each."""
    clocks = ((number, NUMBER), (onset, ONSET), (pitch, PITCH))
    angles = torch.cat([clock.unsqueeze(-1) * speed.to(clock.device) for clock, speed in clocks], dim=-1)
    return angles.cos().unsqueeze(1), angles.sin().unsqueeze(1)


def rotate(x, cos, sin):
    """Rotates the pairs (i, i + K / 2) of x [B, H, L, K] by their positions' angles."""
    a, b = x.chunk(2, dim=-1)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)


def attend(q, k, v, block=128):
    """Causal attention, q, k, v [B, H, L, K] -> [B, H, L, K]; on a CPU in blocks of queries (../model.py)."""
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


def table(rows, width, scale=0.5):
    return nn.Parameter(torch.randn(rows, width) * scale)


def tonic_of(plan):
    """plan [..., fields] -> pitch class of the tonic, NONE if no key is told."""
    key = plan[..., KEY_FIELD]
    return torch.where(key < KEYS, key // 2, NONE)


def root_of(plan):
    """plan [..., fields] -> pitch class of the chord's root, NONE if there is none or it is not told."""
    chord = plan[..., CHORD_FIELD]
    return torch.where((chord > 0) & (chord < CHORDS), (chord - 1) // KINDS, NONE)


def interval(pitch, base, part):
    """Semitones of pitches above a pitch class, 0-11; NONE without one and for drums. All shapes are equal."""
    return torch.where((base < NONE) & (part != DRUMS), (pitch - base) % 12, NONE)


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
        weights = (self.query, self.key, self.value)
        q, k, v = (F.linear(y, w).view(b, t, self.heads, -1).transpose(1, 2) for w in weights)
        q = rotate(norm(q), cos, sin) * self.gain  # [B, H, L, K]
        k = rotate(norm(k), cos, sin)
        y = attend(q.to(v.dtype), k.to(v.dtype), v)
        x = x + F.linear(y.transpose(1, 2).reshape(b, t, d), self.out)
        return x + F.linear(F.relu(F.linear(norm(x), self.up)).square(), self.down)


class Chain(nn.Module):
    """One field of the note, given the previous fields."""

    def __init__(self, shape, size):
        super().__init__()
        self.up = matrix(shape.chain, shape.width)
        self.down = nn.Parameter(torch.zeros(shape.width, shape.chain))
        self.logits = nn.Parameter(torch.zeros(size, shape.width))
        self.embedding = table(size, shape.width)

    def hidden(self, h):
        g = norm(h)
        return norm(g + F.linear(F.relu(F.linear(g, self.up)).square(), self.down))

    def forward(self, h):
        """h [..., D] -> logits [..., size]."""
        return F.linear(self.hidden(h), self.logits)


class SongTransformer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        d = shape.width
        # Velocity has one more input row than outputs: unknown.
        self.fields = nn.ParameterList(table(size + (i == VELOCITY), d) for i, size in enumerate(SIZES))
        self.above_tonic, self.above_root = table(NONE + 1, d), table(NONE + 1, d)  # of a note's pitch
        self.kind = table(3, d)  # composed, given, start mark
        self.plan = table(PLAN_WIDTH, d, 0.2)  # added to each input
        self.next_plan = table(PLAN_WIDTH, d, 0.2)  # added once the next note's time is drawn
        self.tags = nn.Parameter(torch.zeros(TAG_WIDTH, d))
        self.last_tags = nn.Parameter(torch.zeros(TAG_WIDTH, d))
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.chain = nn.ModuleList(Chain(shape, size) for size in SIZES)
        # Pitches also have logits as intervals above the tonic and the chord's root, so that all keys are alike.
        self.tonic_logits, self.root_logits = nn.Parameter(torch.zeros(12, d)), nn.Parameter(torch.zeros(12, d))
        self.register_buffer("plan_offset", torch.tensor([PLAN_OFFSET[name] for name in PLAN]), persistent=False)

    def told(self, plan, rows):
        """plan [..., fields] -> the sum of its rows, [..., D]."""
        rows_of = (plan + self.plan_offset).reshape(-1, len(PLAN))
        return F.embedding_bag(rows_of, rows, mode="sum").view(*plan.shape[:-1], -1)

    def states(self, kind, fields, onset, plan, tags):
        """kind [B, L], fields [B, L, 6], onset [B, L], plan [B, L, P], tags [B, TAG_WIDTH] -> start vectors of the
        next note, [B, L, D]. Positions with a kind below 0 are padding.
        """
        note = (kind != 2).unsqueeze(-1)
        part, pitch = fields[..., PART], fields[..., PITCH_FIELD]
        x = sum(F.embedding(fields[..., i], rows) for i, rows in enumerate(self.fields))
        x = x + F.embedding(interval(pitch, tonic_of(plan), part), self.above_tonic)
        x = x + F.embedding(interval(pitch, root_of(plan), part), self.above_root)
        x = x * note + F.embedding(kind.clamp(min=0), self.kind) + self.told(plan, self.plan)
        x = norm(x) + (tags @ self.tags).unsqueeze(1)
        number = torch.arange(kind.size(1), device=kind.device).expand(kind.shape)
        cos, sin = rotations(number, onset, torch.where(kind == 2, START_PITCH, pitch))
        for layer in self.layers:
            x = layer(x, cos, sin)
        return norm(x) + (tags @ self.last_tags).unsqueeze(1)

    def pitch_logits(self, h, plan, part):
        """Logits of the pitch, [..., 128], from h [..., D], given the plan and the part."""
        field = self.chain[PITCH_FIELD]
        g = field.hidden(h)
        logits = F.linear(g, field.logits)
        keys = torch.arange(128, device=h.device)
        for base, rows in ((tonic_of(plan), self.tonic_logits), (root_of(plan), self.root_logits)):
            steps = F.linear(g, rows)  # [..., 12]
            spread = steps.gather(-1, (keys - base.unsqueeze(-1)) % 12)
            logits = logits + spread * ((base < NONE) & (part != DRUMS)).unsqueeze(-1)
        return logits

    def forward(self, kind, fields, onset, plan, targets, target_plan, tags):
        """-> nats of each field of each position's target, [B, L, 6]."""
        h = self.states(kind, fields, onset, plan, tags)
        nats = []
        for i, field in enumerate(self.chain):
            target = targets[..., i]
            if i == PART:
                h = h + self.told(target_plan, self.next_plan)
            if i == PITCH_FIELD:
                logits = self.pitch_logits(h, target_plan, targets[..., PART])
            else:
                logits = field(h)
            if i == VELOCITY:
                target = target.clamp(max=UNKNOWN - 1)
            logits = logits.float()
            nats.append(F.cross_entropy(logits.flatten(0, 1), target.flatten(), reduction="none"))
            if i < VELOCITY:
                h = h + F.embedding(target, field.embedding)
        return torch.stack(nats, dim=-1).view(targets.shape)
