"""Describes multilingual-e5-small for ONNX Runtime (the network) and sentencepiece (the word pieces), out of an E5File.

Nothing is rounded anew: ONNX Runtime's 4-bit matrix product takes the weights as they are. Nothing is run here.
"""

from __future__ import annotations

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper
from sentencepiece import sentencepiece_model_pb2

from bot.dialogue.components.e5_file import BLOCK, Blocks, E5File

EPSILON = 1e-12  # of the layer norms
_MICROSOFT = "com.microsoft"
_UNKNOWN, _CONTROL = 2, 3  # kinds of pieces in sentencepiece's format


def word_pieces(file: E5File) -> bytes:
    """The word pieces as a sentencepiece model. Characters have to be mapped before (`E5File.characters`)."""
    model = sentencepiece_model_pb2.ModelProto()
    for number, (piece, score) in enumerate(zip(file.pieces, file.scores.tolist(), strict=True)):
        entry = model.pieces.add()
        entry.piece, entry.score = piece.decode("utf-8"), score
        if number == file.unknown_id:
            entry.type = _UNKNOWN
        elif number in (file.start_id, file.end_id, file.padding_id):
            entry.type = _CONTROL
    trainer, normalizer = model.trainer_spec, model.normalizer_spec
    trainer.model_type, trainer.vocab_size = 1, len(file.pieces)  # 1: unigram
    trainer.unk_id, trainer.bos_id, trainer.eos_id = file.unknown_id, file.start_id, file.end_id
    trainer.pad_id = file.padding_id
    normalizer.name, normalizer.add_dummy_prefix = "identity", True
    normalizer.remove_extra_whitespaces, normalizer.escape_whitespaces = False, True
    return model.SerializeToString()


def network(file: E5File) -> bytes:
    """The encoder's layers as an ONNX model.

    Inputs: embeddings float32 (texts, tokens, d), mask int32 (texts, tokens). Output: states float32, as embeddings.
    """
    graph = _Graph(file)
    state = graph.norm("embeddings", None, "emb.ln", "embedded")
    for number in range(file.layers):
        state = graph.layer(state, f"l{number}")
    shape = ["texts", "tokens", file.dimension]
    described = helper.make_graph(
        graph.nodes,
        "multilingual-e5-small",
        [
            helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, shape),
            helper.make_tensor_value_info("mask", TensorProto.INT32, shape[:2]),
        ],
        [helper.make_tensor_value_info(state, TensorProto.FLOAT, shape)],
        graph.constants,
    )
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
    model: ModelProto = helper.make_model(described, opset_imports=versions, ir_version=9)
    return model.SerializeToString()


class _Graph:
    """Collects the nodes and constants of the network."""

    def __init__(self, file: E5File) -> None:
        self.file = file
        self.nodes: list = []
        self.constants: list = []

    def layer(self, state: str, name: str) -> str:
        """One layer of the transformer; returns the name of its output."""
        size, inner = self.file.dimension, self.file.inner
        together = self.product(state, [f"{name}.q", f"{name}.k", f"{name}.v"], size, f"{name}.qkv")
        parts = [f"{name}.query", f"{name}.key", f"{name}.value"]
        self.nodes.append(helper.make_node("Split", [together], parts, axis=-1))
        self.node("MultiHeadAttention", [*parts, "", "mask"], f"{name}.heads", num_heads=self.file.heads)
        attended = self.product(f"{name}.heads", [f"{name}.ao"], size, f"{name}.attended")
        state = self.norm(state, attended, f"{name}.aln", f"{name}.middle")
        wide = self.product(state, [f"{name}.fi"], inner, f"{name}.wide")
        self.node("Gelu", [wide], f"{name}.gelu")
        narrow = self.product(f"{name}.gelu", [f"{name}.fo"], size, f"{name}.narrow")
        return self.norm(state, narrow, f"{name}.oln", f"{name}.state")

    def product(self, state: str, names: list[str], rows: int, output: str) -> str:
        """state @ weights + bias; several matrices of the same input are computed as one."""
        blocks = Blocks.of(np.concatenate([self.file.blocks(f"{name}.w", rows) for name in names]))
        bias = np.concatenate([self.file.floats(f"{name}.b") for name in names])
        packed = blocks.nibbles[..., 0::2] | (blocks.nibbles[..., 1::2] << 4)  # neighbours share a byte here
        inputs = [state, self.constant(f"{output}.weights", packed)]
        inputs += [self.constant(f"{output}.scales", blocks.scales.reshape(-1)), "", ""]
        inputs.append(self.constant(f"{output}.bias", bias))
        columns = blocks.scales.shape[1] * BLOCK
        # Level 4 multiplies in whole numbers, as the package's own code does.
        settings = {"K": columns, "N": len(blocks.scales), "bits": 4, "block_size": BLOCK, "accuracy_level": 4}
        return self.node("MatMulNBits", inputs, output, **settings)

    def norm(self, state: str, added: str | None, name: str, output: str) -> str:
        """Layer norm of state, or of state + added."""
        factors = [self.constant(f"{name}.{part}", self.file.floats(f"{name}.{part}")) for part in ("w", "b")]
        if added is not None:
            return self.node("SkipLayerNormalization", [state, added, *factors], output, epsilon=EPSILON)
        self.nodes.append(helper.make_node("LayerNormalization", [state, *factors], [output], axis=-1, epsilon=EPSILON))
        return output

    def node(self, kind: str, inputs: list[str], output: str, **settings) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=_MICROSOFT, **settings))
        return output

    def constant(self, name: str, values: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name
