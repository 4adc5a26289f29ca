"""ONNX files of the networks, with the input and output names that transformers.js expects."""
from onnx import TensorProto

from onnx_graph import Graph, Layers

HIDDEN = -1e9


def _padding_mask(g):
    """[B, 1, 1, S]: whether a token is there."""
    return g.op("Unsqueeze", g.op("Cast", "attention_mask", to=TensorProto.BOOL), g.ints([1, 2]))


def _length(g, name):
    """The second dimension of an input, as a scalar."""
    return g.op("Gather", g.op("Shape", name), g.constant_scalar(1))


def decoder(network, path):
    """A causal language model with its KV cache as inputs and outputs."""
    g, shape = Graph("decoder"), network.shape
    size = shape.width // shape.heads
    for name, second in (("input_ids", "sequence"), ("attention_mask", "total"), ("position_ids", "sequence")):
        g.input(name, TensorProto.INT64, ["batch", second])
    past = [[g.input(f"past_key_values.{i}.{part}", TensorProto.FLOAT, ["batch", shape.heads, "past", size]) for part in ("key", "value")] for i in range(shape.layers)]
    total, current = _length(g, "attention_mask"), _length(g, "input_ids")
    keys = g.op("Range", g.constant_scalar(0), total, g.constant_scalar(1))
    queries = g.op("Range", g.op("Sub", total, current), total, g.constant_scalar(1))
    earlier = g.op("LessOrEqual", g.op("Unsqueeze", keys, g.ints([0])), g.op("Unsqueeze", queries, g.ints([1])))
    mask = g.op("Where", g.op("And", earlier, _padding_mask(g)), g.number(0), g.number(HIDDEN))
    layers = Layers(g, network, "position_ids", mask)
    table = g.weight(network.embedding.weight)
    x = g.op("Gather", table, "input_ids")
    present = []
    for block, before in zip(network.blocks, past):
        x, *cache = layers.block(x, block, before)
        present.append(cache)
    logits = g.op("MatMul", g.norm(x, network.norm.weight), g.op("Transpose", table, perm=[1, 0]))
    g.output("logits", logits, ["batch", "sequence", shape.vocab])
    for i, cache in enumerate(present):
        for part, source in zip(("key", "value"), cache):
            g.output(f"present.{i}.{part}", source, ["batch", shape.heads, "total", size])
    g.save(path)


def encoder(network, path, head=None):
    """A bidirectional encoder: `last_hidden_state`, or one logit for each sequence when a scoring head is given."""
    g, shape = Graph("encoder"), network.shape
    for name in ("input_ids", "attention_mask"):
        g.input(name, TensorProto.INT64, ["batch", "sequence"])
    positions = g.op("Unsqueeze", g.op("Range", g.constant_scalar(0), _length(g, "input_ids"), g.constant_scalar(1)), g.ints([0]))
    mask = g.op("Where", _padding_mask(g), g.number(0), g.number(HIDDEN))
    layers = Layers(g, network, positions, mask)
    x = g.op("Gather", g.weight(network.embedding.weight), "input_ids")
    for block in network.blocks:
        x = layers.block(x, block)[0]
    x = g.norm(x, network.norm.weight)
    if head is None:
        g.output("last_hidden_state", x, ["batch", "sequence", shape.width])
    else:
        first = g.op("Gather", x, g.constant_scalar(0), axis=1)
        g.output("logits", g.linear(first, head), ["batch", 1])
    g.save(path)
