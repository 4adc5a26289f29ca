"""Writes the product's files of a model: `export.py NAME WORK_FOLDER [CHECKPOINT]`."""
import json
import sys
from pathlib import Path

import bpe
import export_gguf
import export_onnx
import network
import recipe

CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
SUMMARY = {
    "bancada-tiny": "Small language model for trying out the bench: arithmetic, facts, reading, choices, stories and chat",
    "bancada-micro": "The smaller sibling of bancada-tiny, same text and tokenizer",
    "bancada-tiny-embed": "Sentence encoder for questions and passages",
    "bancada-tiny-rerank": "Cross-encoder that scores how well a passage answers a question",
}
LIMIT = 256


def write_json(path, value):
    """Indented JSON with a newline at its end."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def parameters(model):
    """The number of weights."""
    return sum(p.numel() for p in model.parameters())


def tokenizer_files(source, target, context, single, pair, template=None):
    """tokenizer.json with the template of this model, and tokenizer_config.json."""
    codec = bpe.Codec(source)
    bpe.use_template(codec.tokenizer, single, pair)
    stored = json.loads(codec.tokenizer.to_str())
    stored["model"]["merges"] = [" ".join(merge) for merge in stored["model"]["merges"]]
    write_json(target / "tokenizer.json", stored)
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<bos>", "eos_token": "<eos>", "pad_token": "<eos>",
        "additional_special_tokens": ["<|im_start|>", "<|im_end|>"], "model_max_length": context, "clean_up_tokenization_spaces": False,
    }
    write_json(target / "tokenizer_config.json", config | ({"chat_template": template} if template else {}))


def card(name, target, count, kind, context, variants, **extra):
    """model.yaml, the registry's file."""
    lines = [f"name: {name}", f"kind: {kind}", f"description: \"{SUMMARY[name]}\"", f"parameters: {count}", f"context_length: {context}", "licence: Apache-2.0", "languages: [en, pt]"]
    lines += [f"{key}: {value}" for key, value in extra.items()] + ["variants:"] + [f"  {variant}" for variant in variants]
    (target / "model.yaml").write_text("\n".join(lines) + "\n")


def language(name, work, target, checkpoint):
    """GGUF and ONNX of a causal model."""
    model = network.round_to_half(network.load(checkpoint))
    s = model.shape
    export_gguf.gguf(model, target / f"{name}.gguf", name, work / "tokenizer.json", CHAT_TEMPLATE)
    export_onnx.decoder(model, target / "onnx" / "model.onnx")
    tokenizer_files(work / "tokenizer.json", target, s.context, "<bos> $A", "<bos> $A $B", CHAT_TEMPLATE)
    write_json(target / "config.json", {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": s.vocab, "hidden_size": s.width, "intermediate_size": s.hidden,
        "num_hidden_layers": s.layers, "num_attention_heads": s.heads, "num_key_value_heads": s.heads, "head_dim": s.width // s.heads,
        "max_position_embeddings": s.context, "rms_norm_eps": network.EPSILON, "rope_theta": network.ROPE_BASE, "hidden_act": "silu",
        "tie_word_embeddings": True, "bos_token_id": bpe.BOS, "eos_token_id": bpe.EOS, "pad_token_id": bpe.EOS,
    })
    write_json(target / "generation_config.json", {"bos_token_id": bpe.BOS, "eos_token_id": [bpe.EOS, bpe.IM_END], "pad_token_id": bpe.EOS})
    variants = [f"gguf: {{provider: llama-cpp, file: {name}.gguf}}", "onnx: {provider: transformers, dtype: fp32}"]
    card(name, target, parameters(model), "language", s.context, variants)


def encoder(name, work, target, checkpoint):
    """ONNX of the embedder or the reranker, under BERT's name for transformers.js."""
    model = network.round_to_half(network.load(checkpoint))
    s, reranks = model.shape, name.endswith("rerank")
    head = network.stored(checkpoint, "head").half().float() if reranks else None
    export_onnx.encoder(model, target / "onnx" / "model.onnx", head)
    tokenizer_files(work / "tokenizer.json", target, LIMIT, "<bos> $A <eos>" if reranks else "<bos> $A", "<bos> $A <eos> $B <eos>")
    config = {
        "model_type": "bert", "architectures": ["BertForSequenceClassification" if reranks else "BertModel"], "vocab_size": s.vocab, "hidden_size": s.width,
        "num_hidden_layers": s.layers, "num_attention_heads": s.heads, "intermediate_size": s.hidden, "max_position_embeddings": LIMIT, "pad_token_id": bpe.EOS,
    }
    write_json(target / "config.json", config | ({"num_labels": 1, "id2label": {"0": "relevance"}, "label2id": {"relevance": 0}} if reranks else {}))
    more = {} if reranks else {"dimensions": s.width, "pooling": "mean", "normalize": "true", "query_prefix": "''", "document_prefix": "''"}
    card(name, target, parameters(model) + (s.width if reranks else 0), "reranker" if reranks else "embedding", LIMIT, ["onnx: {provider: transformers, dtype: fp32}"], **more)


def export(name, work, checkpoint=None):
    """All files of a model but its README."""
    target = recipe.ROOT / "data" / "models" / name
    (target / "onnx").mkdir(parents=True, exist_ok=True)
    write = language if name in recipe.LANGUAGE else encoder
    write(name, work, target, checkpoint or work / f"{name}.pt")


if __name__ == "__main__":
    export(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
