"""Whole evaluations by lm_eval itself on the bundled weights: `python tools/reference/harness_run.py [MODEL ...]`
-> core/reference/harness/MODEL.json.

The task files are those of data/tasks, and core/reference/harness/sums.yaml; the model is lm_eval's own `hf` over transformers' own Llama, with the numbers of the GGUF file."""

import hashlib
import json
import logging
import sys

import torch
import yaml
from gguf import GGUFReader
from lm_eval import simple_evaluate
from lm_eval.models.huggingface import HFLM
from lm_eval.tasks import TaskManager
from transformers import AutoTokenizer, GenerationConfig, LlamaConfig, LlamaForCausalLM

from reference_file import FOLDER, packages

DATA = FOLDER.parents[1] / "data"
COMMAND = "python tools/reference/harness_run.py"
MODELS = ("bancada-tiny", "bancada-micro")
LIMIT = 100
# (task, shots, add_bos_token). False: the tokenizer puts no BOS before a text that already begins with the prefix token (0.4.9 and
# before); None, the default of 0.4.13: it does, and that second BOS is scored like a word of the text.
RUNS = (
    ("tiny-choice", 0, None), ("tiny-choice", 2, None), ("sums", 0, None), ("sums", 3, None), ("tiny-arithmetic", 0, None),
    ("tiny-arithmetic", 3, None), ("tiny-stories", 0, False), ("tiny-stories", 0, None),
)
LAYER = {
    "attn_norm": "input_layernorm", "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj", "ffn_norm": "post_attention_layernorm", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
WHOLE = {"token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight"}


def halves(matrix, heads):
    """Rows of q or k from interleaved rotary pairs (GGUF) to the two halves that transformers turns."""
    return matrix.view(heads, -1, 2, matrix.shape[1]).transpose(1, 2).reshape(matrix.shape)


def weights(file, heads):
    """A GGUF file's tensors in float32 under transformers' names."""
    found = {}
    for tensor in GGUFReader(file).tensors:
        value = torch.from_numpy(tensor.data.copy()).float()
        if tensor.name in WHOLE:
            found[WHOLE[tensor.name]] = value
            continue
        _, layer, part, _ = tensor.name.split(".")
        value = halves(value, heads) if part in ("attn_q", "attn_k") else value
        found[f"model.layers.{layer}.{LAYER[part]}.weight"] = value
    return found


def language_model(name):
    """(network, tokenizer) of a bundled model."""
    folder = DATA / "models" / name
    config = LlamaConfig.from_pretrained(folder)
    network = LlamaForCausalLM(config).eval()
    missing, unexpected = network.load_state_dict(weights(folder / f"{name}.gguf", config.num_attention_heads), strict=False)
    if set(missing) - {"lm_head.weight"} or unexpected:
        raise ValueError(f"{name}: missing {missing}, unexpected {unexpected}")
    network.tie_weights()
    network.generation_config = GenerationConfig.from_pretrained(folder)
    return network, AutoTokenizer.from_pretrained(folder)


def task(name, shots):
    """A task file as lm_eval reads it. Its data are named by path; `num_fewshot: 0` in a file would override the call's."""
    file = next(file for file in (DATA / "tasks" / f"{name}.yaml", FOLDER / "harness" / f"{name}.yaml") if file.exists())
    config = yaml.safe_load(file.read_text(encoding="utf-8"))
    config.pop("bancada", None)
    folder = DATA / "datasets" / config["dataset_path"]
    files = {split: str(folder / f"{split}.jsonl") for split in ("train", "test")}
    return {**config, "dataset_path": "json", "dataset_kwargs": {"data_files": files}, "num_fewshot": shots}


def item(sample):
    """One line of lm_eval's sample log: the prompt once, then what each request gave."""
    arguments = list(sample["arguments"])
    answers = [part[0] for part in sample["resps"]]
    if len(arguments[0]) == 1:
        return {"loglikelihood": round(answers[0], 6)}
    row = {"prompt": arguments[0][0]}
    if isinstance(answers[0], str):
        return {**row, "output": answers[0], "exact_match": sample["exact_match"]}
    return {
        **row,
        "continuations": [continuation for _, continuation in arguments],
        "loglikelihoods": [round(value, 5) for value, _ in answers],
        "greedy": [greedy for _, greedy in answers],
        "acc": sample["acc"],
        "acc_norm": sample["acc_norm"],
    }


def evaluate(network, tokenizer, manager, name, shots, add_bos_token):
    """One run: lm_eval's own aggregates with their standard errors, and its items in order."""
    model = HFLM(pretrained=network, tokenizer=tokenizer, batch_size=1, add_bos_token=add_bos_token)
    out = simple_evaluate(model, tasks=[task(name, shots)], task_manager=manager, limit=LIMIT)
    print(name, shots, add_bos_token, json.dumps(out["results"][name]))
    results = {key.removesuffix(",none"): value for key, value in out["results"][name].items() if isinstance(value, float)}
    samples = sorted(out["samples"][name], key=lambda sample: sample["doc_id"])
    return {"task": name, "shots": shots, "add_bos_token": add_bos_token, "results": results, "items": [item(sample) for sample in samples]}


def digest(name):
    """SHA-256 of a model's GGUF file."""
    return hashlib.sha256((DATA / "models" / name / f"{name}.gguf").read_bytes()).hexdigest()


def write(name, sha256, runs):
    """One line an item."""
    head = {"made_by": f"{COMMAND} {name}", "source": packages("lm_eval", "transformers", "torch", "datasets", "python"),
            "weights": {"file": f"data/models/{name}/{name}.gguf", "sha256": sha256}, "seed": 1234, "limit": LIMIT}
    blocks = []
    for run in runs:
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in run.pop("items"))
        blocks.append(json.dumps(run)[:-1] + f', "items": [\n{lines}\n]}}')
    text = json.dumps(head)[:-1] + ', "runs": [\n' + ",\n".join(blocks) + "\n]}\n"
    json.loads(text)
    path = FOLDER / "harness" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main(names):
    """Writes one file for each model."""
    torch.set_num_threads(1)
    manager = TaskManager(include_defaults=False)
    for name in names:
        sha256 = digest(name)
        network, tokenizer = language_model(name)
        runs = [evaluate(network, tokenizer, manager, *run) for run in RUNS]
        if digest(name) != sha256:
            raise ValueError(f"{name}: the weights changed meanwhile")
        write(name, sha256, runs)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    main(sys.argv[1:] or MODELS)
