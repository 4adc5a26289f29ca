"""The corpus cut into chunks, and what the embedder and the reranker find in it."""
import json

import torch

import encoders
import recipe

CHUNK = 128


def chunks(codec):
    """[(document id, text)]: whole documents up to CHUNK tokens, else paragraphs glued while they fit."""
    out = []
    path = recipe.ROOT / "data" / "corpora" / "tiny-world" / "documents.jsonl"
    for row in map(json.loads, path.read_text().splitlines()):
        held = ""
        for paragraph in row["text"].split("\n\n"):
            joined = f"{held}\n\n{paragraph}" if held else paragraph
            if held and len(codec.ids(joined)) > CHUNK:
                out.append((row["id"], held))
                joined = paragraph
            held = joined
        out.append((row["id"], held))
    return out


@torch.no_grad()
def ranked(model, codec, parts, questions, k):
    """For each question the indices of the `k` nearest chunks, best first."""
    batches = lambda texts: torch.cat([encoders.vectors(model, codec, texts[i : i + 64]) for i in range(0, len(texts), 64)])
    similar = batches(questions) @ batches([text for _, text in parts]).t()
    return similar.topk(k, 1).indices.tolist()


@torch.no_grad()
def reranked(model, head, codec, parts, questions, candidates):
    """The same candidates in the order of the reranker's scores."""
    out = []
    for question, found in zip(questions, candidates):
        scores = encoders.relevance(model, head, codec, [question] * len(found), [parts[i][1] for i in found])
        out.append([found[i] for i in scores.argsort(descending=True).tolist()])
    return out


def recall(parts, found, gold, k):
    """The share of questions whose document is among the first `k` chunks."""
    return sum(any(parts[i][0] == document for i in ranking[:k]) for ranking, document in zip(found, gold)) / len(gold)
