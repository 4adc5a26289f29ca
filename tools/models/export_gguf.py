"""The GGUF file of a language model (float16 matrices, float32 norms), written with llama.cpp's own package."""
import json

import numpy as np
from gguf import GGUFWriter, LlamaFileType, TokenType

from bpe import BOS, EOS, IM_END, SPECIAL
from network import EPSILON, ROPE_BASE

LAYER = {
    "attn_norm": "attn_norm", "attn_q": "q", "attn_k": "k", "attn_v": "v", "attn_output": "o",
    "ffn_norm": "ffn_norm", "ffn_gate": "gate", "ffn_up": "up", "ffn_down": "down",
}


def _metadata(writer, network, template):
    shape = network.shape
    writer.add_file_type(LlamaFileType.MOSTLY_F16)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.hidden)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_layer_norm_rms_eps(EPSILON)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_rope_freq_base(ROPE_BASE)
    writer.add_vocab_size(shape.vocab)
    writer.add_license("apache-2.0")
    writer.add_languages(["en", "pt"])
    writer.add_chat_template(template)


def _vocabulary(writer, tokenizer_file):
    model = json.loads(tokenizer_file.read_text())["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].get)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    writer.add_token_types([TokenType.CONTROL if t in SPECIAL else TokenType.NORMAL for t in tokens])
    writer.add_token_merges([" ".join(merge) for merge in model["merges"]])
    writer.add_bos_token_id(BOS)
    writer.add_eos_token_id(EOS)
    writer.add_eot_token_id(IM_END)
    writer.add_pad_token_id(EOS)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)


def _tensor(writer, name, tensor):
    array = tensor.detach().numpy()
    writer.add_tensor(name, array.astype(np.float16) if array.ndim > 1 else array.astype(np.float32))


def gguf(network, path, name, tokenizer_file, template):
    """Writes the file. There is no output matrix: it is tied to the embedding."""
    writer = GGUFWriter(str(path), "llama")
    writer.add_name(name)
    _metadata(writer, network, template)
    _vocabulary(writer, tokenizer_file)
    _tensor(writer, "token_embd.weight", network.embedding.weight)
    _tensor(writer, "output_norm.weight", network.norm.weight)
    for index, block in enumerate(network.blocks):
        for name_there, name_here in LAYER.items():
            _tensor(writer, f"blk.{index}.{name_there}.weight", getattr(block, name_here).weight)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
