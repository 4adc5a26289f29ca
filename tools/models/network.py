"""The Llama architecture in plain torch: causal for the language models, bidirectional for the encoders.

Rotary embedding turns interleaved pairs (0,1), (2,3) ..., which is llama.cpp's form for this architecture, so the rows of
q and k go into GGUF as they are."""
import math
from dataclasses import asdict, dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F

EPSILON = 1e-5
ROPE_BASE = 10000.0


@dataclass(frozen=True)
class Shape:
    """Sizes of one network."""

    vocab: int
    width: int
    layers: int
    heads: int
    hidden: int
    context: int
    causal: bool = True


class Norm(nn.Module):
    """RMSNorm."""

    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        x = x.float()
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPSILON) * self.weight


def rope_tables(head_size, length):
    """Cosines and sines of the rotary embedding: two tensors [length, head_size / 2]."""
    frequency = ROPE_BASE ** (-torch.arange(0, head_size, 2).float() / head_size)
    angle = torch.outer(torch.arange(length).float(), frequency)
    return angle.cos(), angle.sin()


def rotate(x, cos, sin):
    """The rotary embedding of x [..., T, head_size] on interleaved pairs."""
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack((a * cos - b * sin, a * sin + b * cos), -1).flatten(-2).to(x.dtype)


def attend(q, k, v, mask):
    """Attention [B, H, T, head_size] with an additive mask, [T, T] or one for each sequence [B, T, T]. In plain products: their
    backward pass is twice as fast on a CPU as that of the fused form."""
    b, h, t, size = q.shape
    mask = (mask if mask.dim() == 2 else mask.repeat_interleave(h, 0)).to(q.dtype)
    q, k, v = (part.reshape(b * h, t, size) for part in (q, k, v))
    weights = torch.softmax(torch.baddbmm(mask, q, k.transpose(1, 2), alpha=size**-0.5), -1, dtype=v.dtype)
    return torch.bmm(weights, v).view(b, h, t, size)


class Block(nn.Module):
    """One layer: attention and SwiGLU, each behind a norm and added to the stream."""

    def __init__(self, shape):
        super().__init__()
        d, h = shape.width, shape.hidden
        self.heads = shape.heads
        self.attn_norm, self.ffn_norm = Norm(d), Norm(d)
        self.q, self.k, self.v, self.o = (nn.Linear(d, d, bias=False) for _ in range(4))
        self.gate, self.up, self.down = nn.Linear(d, h, bias=False), nn.Linear(d, h, bias=False), nn.Linear(h, d, bias=False)

    def split(self, x):
        """[B, T, D] -> [B, heads, T, head_size]."""
        return x.view(*x.shape[:2], self.heads, -1).transpose(1, 2)

    def project(self, x, cos, sin):
        """Queries, keys and values of the normed stream, rotated."""
        n = self.attn_norm(x)
        return rotate(self.split(self.q(n)), cos, sin), rotate(self.split(self.k(n)), cos, sin), self.split(self.v(n))

    def finish(self, x, attended):
        """The stream after attention's output and the feed-forward part."""
        x = x + self.o(attended.transpose(1, 2).flatten(2))
        n = self.ffn_norm(x)
        return x + self.down(F.silu(self.gate(n)) * self.up(n))

    def forward(self, x, cos, sin, mask):
        q, k, v = self.project(x, cos, sin)
        return self.finish(x, attend(q, k, v, mask))


class Llama(nn.Module):
    """Token ids [B, T] -> hidden states [B, T, D]; `logits` gives the scores of the next token (tied embedding)."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocab, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = Norm(shape.width)
        cos, sin = rope_tables(shape.width // shape.heads, shape.context)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        self._initialise()

    def _initialise(self):
        nn.init.normal_(self.embedding.weight, 0, 0.02)
        shrink = 1 / math.sqrt(2 * self.shape.layers)
        for block in self.blocks:
            for part in (block.q, block.k, block.v, block.o, block.gate, block.up, block.down):
                scale = shrink if part in (block.o, block.down) else 1
                nn.init.normal_(part.weight, 0, scale * self.shape.width**-0.5)

    def mask_of(self, ids, present):
        """The additive mask: no later token for a causal network, no padding for a bidirectional one."""
        if self.shape.causal:
            return torch.full((ids.shape[1], ids.shape[1]), float("-inf")).triu(1)
        return (1 - present[:, None, :].float()) * -1e4 + torch.zeros(1, ids.shape[1], 1)

    def forward(self, ids, present=None):
        x = self.embedding(ids)
        mask = self.mask_of(ids, present)
        cos, sin = self.cos[: ids.shape[1]], self.sin[: ids.shape[1]]
        for block in self.blocks:
            x = block(x, cos, sin, mask)
        return self.norm(x)

    def logits(self, ids):
        """[B, T] -> [B, T, vocab]."""
        return F.linear(self(ids), self.embedding.weight)


def save(path, network, **extra):
    """Writes the weights and the shape."""
    torch.save({"shape": asdict(network.shape), "weights": network.state_dict(), **extra}, path)


def load(path):
    """A network as `save` wrote it, in evaluation mode."""
    stored = torch.load(path, map_location="cpu", weights_only=True)
    network = Llama(Shape(**stored["shape"]))
    network.load_state_dict(stored["weights"])
    return network.eval()


def round_to_half(network):
    """Rounds the matrices to float16 in place, so that every export holds the same weights."""
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.dim() > 1:
                parameter.copy_(parameter.half().float())
    return network


def stored(path, key, otherwise=None):
    """One of the extra values that `save` wrote beside the weights."""
    return torch.load(path, map_location="cpu", weights_only=True).get(key, otherwise)
