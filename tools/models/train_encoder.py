"""Trains the embedder or the reranker: `train_encoder.py NAME WORK_FOLDER`."""
import json
import random
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import encoders
import network
import recipe
from bpe import Codec
from pairs import pair
from train_lm import optimisers, schedule

TEMPERATURE = 0.05
HARD, EASY = 2, 1
MINED = 5


def drawn_hard(codec, r, group):
    """Questions, each with one hard neighbour."""
    return [pair(r, hard=1) for _ in range(group)]


def embedding_loss(model, head, codec, found):
    """Contrastive: each question against all passages of the step, a hard neighbour for each among them; and the way back."""
    group = len(found)
    questions = encoders.vectors(model, codec, [p.question for p in found])
    passages = encoders.vectors(model, codec, [p.positive for p in found] + [p.negatives[0] for p in found])
    scores = questions @ passages.t() / TEMPERATURE
    gold = torch.arange(group)
    loss = F.cross_entropy(scores, gold) + 0.3 * F.cross_entropy(scores[:, :group].t(), gold)
    return loss, (scores.argmax(1) == gold).float().mean().item()


def drawn(codec, r, group):
    """Questions, each with neighbours made for it."""
    return [pair(r, HARD, EASY) for _ in range(group)]


def miner(embedder):
    """Draws questions with the passages that the embedder finds nearest among all of the step."""

    @torch.no_grad()
    def mined(codec, r, group):
        found = [pair(r, HARD, EASY) for _ in range(group)]
        passages = [text for p in found for text in [p.positive] + p.negatives]
        similar = encoders.vectors(embedder, codec, [p.question for p in found]) @ encoders.vectors(embedder, codec, passages).t()
        width = len(passages) // group
        similar[torch.arange(group), torch.arange(group) * width] = -1
        nearest = similar.topk(MINED, 1).indices.tolist()
        return [p._replace(negatives=[passages[i] for i in near]) for p, near in zip(found, nearest)]

    return mined


def reranking_loss(model, head, codec, found):
    """The passage against its neighbours, and each logit as a probability of relevance."""
    group, width = len(found), 1 + len(found[0].negatives)
    questions = [p.question for p in found for _ in range(width)]
    scores = encoders.relevance(model, head, codec, questions, [t for p in found for t in [p.positive] + p.negatives]).view(group, width)
    target = torch.zeros_like(scores)
    target[:, 0] = 1
    loss = F.cross_entropy(scores, torch.zeros(group, dtype=torch.long)) + 0.5 * F.binary_cross_entropy_with_logits(scores, target)
    return loss, (scores.argmax(1) == 0).float().mean().item()


def begin(plan, work):
    """-> (the network to train, its scoring head): new, or with the weights of another model."""
    model, head = network.Llama(plan.shape), torch.randn(1, plan.shape.width) * 0.02
    if plan.start:
        source = work / f"{plan.start}.pt"
        model.load_state_dict(network.load(source).state_dict())
        head = network.stored(source, "head", head)
    return model, torch.nn.Parameter(head)


def drawing(name, plan, work):
    """How the pairs of a step are drawn."""
    if plan.miner:
        return miner(network.load(work / f"{plan.miner}.pt"))
    return drawn if "rerank" in name else drawn_hard


def train(name, work):
    """Runs every step; writes WORK/NAME.pt and NAME.jsonl with the course."""
    plan, reranks = recipe.ENCODER[name], "rerank" in name
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    r, codec = random.Random(plan.seed + 500 + reranks), Codec(work / "tokenizer.json")
    model, head = begin(plan, work)
    draw = drawing(name, plan, work)
    opts = optimisers(model, plan)
    opts[1].param_groups[0]["params"].append(head)
    loss_of = reranking_loss if reranks else embedding_loss
    began, mean, right = time.time(), None, None
    for step in range(plan.steps):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss, share = loss_of(model, head, codec, draw(codec, r, plan.group))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimiser in opts:
            for group in optimiser.param_groups:
                group["lr"] = group["full"] * schedule(step, plan.steps)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        mean, right = (old if old is None else 0.97 * old for old in (mean, right))
        mean, right = loss.item() if mean is None else mean + 0.03 * loss.item(), share if right is None else right + 0.03 * share
        if (step + 1) % 50 == 0:
            line = {"step": step + 1, "of": plan.steps, "minutes": round((time.time() - began) / 60, 2), "loss": round(mean, 4), "first": round(right, 4)}
            print(json.dumps(line), flush=True)
            with open(work / f"{name}.jsonl", "a") as out:
                out.write(json.dumps(line) + "\n")
            network.save(work / f"{name}.checkpoint.pt", model, head=head.detach())
    network.save(work / f"{name}.pt", network.round_to_half(model), head=head.detach().half().float())


if __name__ == "__main__":
    train(sys.argv[1], Path(sys.argv[2]))
