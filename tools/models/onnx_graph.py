"""Builds ONNX graphs of the network node by node: matrices as float16 constants that are cast to float32 when loaded."""
import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

from network import EPSILON

OPSET, IR_VERSION = 17, 8


class Graph:
    """An ONNX graph under construction. Every method that makes a node returns the name of its output."""

    def __init__(self, name):
        self.name, self.nodes, self.constants, self.inputs, self.outputs, self.made = name, [], [], [], [], {}

    def input(self, name, kind, shape):
        """Declares an input; a text in the shape is a free dimension."""
        self.inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, name, source, shape):
        """Declares a float32 output that equals `source`."""
        self.nodes.append(helper.make_node("Identity", [source], [name]))
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def op(self, kind, *inputs, **attributes):
        """One node of one output."""
        out = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], **attributes))
        return out

    def split(self, source, parts, axis):
        """Splits an axis in equal parts."""
        outs = [f"Split_{len(self.nodes)}_{i}" for i in range(parts)]
        sizes = self.ints([1] * parts)
        self.nodes.append(helper.make_node("Split", [source, sizes], outs, axis=axis))
        return outs

    def constant(self, array):
        """A constant; equal ones are stored once."""
        array = np.asarray(array, order="C")
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self.made:
            self.made[key] = f"c{len(self.made)}"
            self.constants.append(numpy_helper.from_array(array, self.made[key]))
        return self.made[key]

    def ints(self, values):
        """A constant of 64-bit integers."""
        return self.constant(np.array(values, np.int64))

    def constant_scalar(self, value):
        """A 64-bit integer without dimensions."""
        return self.constant(np.array(value, np.int64))

    def number(self, value):
        """A float32 constant."""
        return self.constant(np.array(value, np.float32))

    def weight(self, tensor):
        """A matrix, stored in half precision and used in single."""
        return self.op("Cast", self.constant(tensor.detach().numpy().astype(np.float16)), to=TensorProto.FLOAT)

    def linear(self, x, matrix):
        """x times the transpose of a torch weight."""
        return self.op("MatMul", x, self.weight(matrix.t()))

    def norm(self, x, weight):
        """RMSNorm."""
        mean = self.op("ReduceMean", self.op("Mul", x, x), axes=[-1], keepdims=1)
        scale = self.op("Sqrt", self.op("Add", mean, self.number(EPSILON)))
        return self.op("Mul", self.op("Div", x, scale), self.constant(weight.detach().numpy()))

    def save(self, path):
        """Checks the graph and writes it."""
        graph = helper.make_graph(self.nodes, self.name, self.inputs, self.outputs, self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="bancada", ir_version=IR_VERSION)
        checker.check_model(model)
        save(model, str(path))


class Layers:
    """The network's layers as nodes; the mask and the position ids are the caller's."""

    def __init__(self, graph, network, positions, mask):
        self.g, self.n, self.mask = graph, network, mask
        self.size = network.shape.width // network.shape.heads
        self.cos, self.sin = (self._table(table, positions) for table in (network.cos, network.sin))

    def _table(self, table, positions):
        return self.g.op("Unsqueeze", self.g.op("Gather", self.g.constant(table.numpy()), positions), self.g.ints([1]))

    def _heads(self, x):
        shaped = self.g.op("Reshape", x, self.g.ints([0, 0, self.n.shape.heads, self.size]))
        return self.g.op("Transpose", shaped, perm=[0, 2, 1, 3])

    def _rotate(self, x):
        g = self.g
        pairs = g.op("Reshape", x, g.ints([0, 0, 0, self.size // 2, 2]))
        a, b = (g.op("Squeeze", part, g.ints([4])) for part in g.split(pairs, 2, 4))
        first = g.op("Sub", g.op("Mul", a, self.cos), g.op("Mul", b, self.sin))
        second = g.op("Add", g.op("Mul", a, self.sin), g.op("Mul", b, self.cos))
        both = g.op("Concat", *(g.op("Unsqueeze", part, g.ints([4])) for part in (first, second)), axis=4)
        return g.op("Reshape", both, g.ints([0, 0, 0, self.size]))

    def block(self, x, block, past=None):
        """-> (stream, keys, values) of one layer; `past` are earlier keys and values."""
        g = self.g
        normed = g.norm(x, block.attn_norm.weight)
        q, k, v = (self._heads(g.linear(normed, part.weight)) for part in (block.q, block.k, block.v))
        q, k = self._rotate(q), self._rotate(k)
        if past:
            k, v = g.op("Concat", past[0], k, axis=2), g.op("Concat", past[1], v, axis=2)
        scores = g.op("Mul", g.op("MatMul", q, g.op("Transpose", k, perm=[0, 1, 3, 2])), g.number(self.size**-0.5))
        weights = g.op("Softmax", g.op("Add", scores, self.mask), axis=-1)
        attended = g.op("Transpose", g.op("MatMul", weights, v), perm=[0, 2, 1, 3])
        x = g.op("Add", x, g.linear(g.op("Reshape", attended, g.ints([0, 0, self.n.shape.width])), block.o.weight))
        normed = g.norm(x, block.ffn_norm.weight)
        gate = g.linear(normed, block.gate.weight)
        gated = g.op("Mul", g.op("Mul", gate, g.op("Sigmoid", gate)), g.linear(normed, block.up.weight))
        return g.op("Add", x, g.linear(gated, block.down.weight)), k, v
