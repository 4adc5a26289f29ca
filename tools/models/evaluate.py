"""The figures of the models on the bundled test parts: `evaluate.py [--work FOLDER] [--limit N]`; writes WORK/scores.json.

Exact match by greedy decoding that stops at a newline or an end token, in float32 with the weights as shipped."""
import argparse
import json
from pathlib import Path

import torch

import network
import probe
import prompts
import recipe
import retrieval
import robustness
from bpe import Codec

K, CANDIDATES = 3, 20


def rows(name, limit, split="test"):
    """The first rows of a data set's part."""
    path = recipe.ROOT / "data" / "datasets" / name / f"{split}.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()][:limit]


def chat(prompt):
    """A user message in ChatML, up to the assistant's first word."""
    return f"<|im_start|>user\n{prompt}<|im_end|>\n<|im_start|>assistant\n"


def choices(model, codec, limit):
    """The share where the right option's text has the highest loglikelihood."""
    found = rows("tiny-choice", limit)
    shape = {"en": prompts.standard(0), "pt": prompts.standard(1)}
    items = [(shape[row["language"]].asked(row["question"]), " " + option) for row in found for option in row["choices"]]
    scores = probe.scores(model, codec, items)
    return sum(max(range(4), key=lambda j: scores[4 * i + j][1]) == row["answer"] for i, row in enumerate(found)) / len(found)


def perplexity(model, codec, limit):
    """Token perplexity of the stories."""
    scores = probe.scores(model, codec, [("", row["text"]) for row in rows("tiny-stories", limit)])
    return torch.tensor(-sum(s[1] for s in scores) / sum(s[2] for s in scores)).exp().item()


def questions(model, codec, name, texts, limit, as_chat=None, label=None):
    """Exact match on the questions of a set, with these passages in the default prompt (none: closed book). As chat the
    user's message ends with 'Answer:' ("labelled") or with the question ("plain")."""
    language = label if label is not None else int(name == "tiny-fatos")
    items = []
    for row, found in zip(rows(name, limit), texts or [()] * limit):
        shape = prompts.standard(language, found)
        if as_chat:
            ask = shape.asked if as_chat == "labelled" else shape.question_only
            items.append((chat(shape.head + ask(row["question"])), row["answer"]))
        else:
            items.append((shape.head + shape.asked(row["question"]), " " + row["answer"]))
    return probe.exact(model, codec, items)


def language_figures(model, codec, retrieved, limit):
    """All figures of one language model."""
    problems = [(row["question"], row["answer"]) for row in rows("tiny-arithmetic", limit)]
    asked = prompts.standard(0)
    figures = {
        "tiny-arithmetic": probe.exact(model, codec, [(asked.asked(q), " " + a) for q, a in problems]),
        "tiny-arithmetic as chat": probe.exact(model, codec, [(chat(q), a) for q, a in problems]),
        "tiny-choice": choices(model, codec, limit),
        "tiny-stories perplexity": perplexity(model, codec, limit),
    }
    for name, texts in retrieved.items():
        figures[f"{name} closed book"] = questions(model, codec, name, None, limit)
        figures[f"{name} with retrieval"] = questions(model, codec, name, texts, limit)
        figures[f"{name} with retrieval, English labels"] = questions(model, codec, name, texts, limit, label=0)
        figures[f"{name} with retrieval, as chat"] = questions(model, codec, name, texts, limit, as_chat="labelled")
        figures[f"{name} with retrieval, as chat without 'Answer:'"] = questions(model, codec, name, texts, limit, as_chat="plain")
    return figures


def further_figures(model, codec, retrieved, limit):
    """Other prompt shapes, shots and abstention, on both question sets."""
    figures, stored = {}, dict(retrieval.chunks(codec))
    for language, (name, texts) in enumerate(retrieved.items()):
        found = rows(name, limit)
        examples = [(row, stored[row["document"]]) for row in rows(name, 60, "train") if row["question"].split()[-1].strip("?") in stored[row["document"]]][:2]
        parts = robustness.shapes(model, codec, found, texts, language), robustness.shots(model, codec, found, examples, texts, language), robustness.abstention(model, codec, found, texts, language)
        for part in parts:
            figures |= {f"{name} {figure}": value for figure, value in part.items()}
    return figures


def retrieval_figures(work, codec, limit):
    """-> (recall figures, the texts retrieved for each question)"""
    parts = retrieval.chunks(codec)
    asked = {name: rows(name, limit) for name in ("tiny-facts", "tiny-fatos")}
    embedder = network.load(work / "bancada-tiny-embed.pt")
    reranker_file = work / "bancada-tiny-rerank.pt"
    figures, retrieved = {"chunks": len(parts)}, {}
    for name, found in asked.items():
        texts, gold = [row["question"] for row in found], [row["document"] for row in found]
        ranking = retrieval.ranked(embedder, codec, parts, texts, CANDIDATES)
        for k in (1, 3, 10):
            figures[f"{name} recall@{k}"] = retrieval.recall(parts, ranking, gold, k)
        if reranker_file.exists():
            reranker, head = network.load(reranker_file), network.stored(reranker_file, "head")
            better = retrieval.reranked(reranker, head, codec, parts, texts, ranking)
            figures[f"{name} recall@1 reranked"] = retrieval.recall(parts, better, gold, 1)
        retrieved[name] = [[parts[i][1] for i in found[:K]] for found in ranking]
    return figures, retrieved


def main(work, limit):
    """Prints and stores every figure."""
    torch.set_num_threads(1)
    codec = Codec(work / "tokenizer.json")
    found, retrieved = retrieval_figures(work, codec, limit)
    scores = {"retrieval": found}
    for name in recipe.LANGUAGE:
        model = network.round_to_half(network.load(work / f"{name}.pt"))
        scores[name] = language_figures(model, codec, retrieved, limit) | further_figures(model, codec, retrieved, limit)
    for part, figures in scores.items():
        for figure, value in figures.items():
            print(f"{part:14s} {figure:58s} {value:.3f}")
    (work / "scores.json").write_text(json.dumps(scores, indent=1) + "\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--work", type=Path, default=recipe.HERE / ".work")
    options.add_argument("--limit", type=int, default=500)
    main(**vars(options.parse_args()))
