"""Trains one language model: `train_lm.py NAME WORK_FOLDER`. Needs the tokenizer and the packed rows of `prepare.py`."""
import json
import math
import shutil
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import network
import recipe
from bpe import Codec
from probe import quick

WARM_UP = 100
FLOOR = 0.03


def batches(work, phase, seed):
    """Endless (ids, weights) of one phase, every row once before any comes again."""
    x, w = (np.load(work / f"rows{phase.mixture}.{part}.npy", mmap_mode="r") for part in "xw")
    r = np.random.default_rng([seed, phase.mixture])
    while True:
        order = r.permutation(len(x))
        for at in range(0, len(x) - phase.rows + 1, phase.rows):
            rows = np.sort(order[at : at + phase.rows])
            yield torch.from_numpy(x[rows].astype(np.int64)), torch.from_numpy(w[rows].astype(np.float32))


def schedule(step, steps):
    """The share of the full rate at a step: warm-up, then a cosine to FLOOR."""
    return min(1, (step + 1) / WARM_UP) * (FLOOR + (1 - FLOOR) * 0.5 * (1 + math.cos(math.pi * step / steps)))


def optimisers(model, plan):
    """Muon for the matrices of the layers, AdamW for the embedding and the norms."""
    matrices = [p for name, p in model.named_parameters() if p.dim() == 2 and "embedding" not in name]
    rest = [p for name, p in model.named_parameters() if p.dim() < 2 or "embedding" in name]
    muon = torch.optim.Muon(matrices, lr=plan.muon_rate, momentum=0.95, weight_decay=0.02)
    adam = torch.optim.AdamW(rest, lr=plan.rate, betas=(0.9, 0.98), weight_decay=0.01)
    for optimiser in (muon, adam):
        for group in optimiser.param_groups:
            group["full"] = group["lr"]
    return muon, adam


def weighted_loss(model, x, w):
    """-> (loss weighted by token, loss of the answer tokens)."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model.logits(x[:, :-1])
    each = F.cross_entropy(logits.float().flatten(0, 1), x[:, 1:].flatten(), reduction="none")
    w = w[:, 1:].flatten()
    return (each * w).sum() / w.sum(), (each.detach() * (w > 0.9)).sum() / (w > 0.9).sum()


def train(name, work):
    """Runs every step of the recipe; writes WORK/NAME.pt, checkpoints and NAME.jsonl with the course."""
    plan = recipe.LANGUAGE[name]
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    model = network.Llama(plan.shape)
    codec = Codec(work / "tokenizer.json")
    network.save(work / f"{name}.early.pt", model)
    opts = optimisers(model, plan)
    borders = np.cumsum([round(p.share * plan.steps) for p in plan.phases])
    streams = [batches(work, p, plan.seed) for p in plan.phases]
    loss_of = torch.compile(weighted_loss, dynamic=False) if shutil.which("g++") else weighted_loss
    every, answer, began, tokens = max(1, plan.steps // 24), 0.0, time.time(), 0
    for step in range(plan.steps):
        which = min(int((step >= borders).sum()), len(streams) - 1)
        x, w = next(streams[which])
        loss, last = loss_of(model, x, w)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimiser in opts:
            for group in optimiser.param_groups:
                group["lr"] = group["full"] * schedule(step, plan.steps)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        tokens += x.numel()
        answer = last.item() if step == 0 else 0.97 * answer + 0.03 * last.item()
        if (step + 1) % every == 0 or step + 1 == plan.steps:
            network.save(work / f"{name}.checkpoint.pt", model)
            line = {"step": step + 1, "of": plan.steps, "phase": which + 1, "minutes": round((time.time() - began) / 60, 2), "Mtok": round(tokens / 1e6, 3), "answer_loss": round(answer, 4), **quick(model, codec)}
            print(json.dumps(line), flush=True)
            with open(work / f"{name}.jsonl", "a") as out:
                out.write(json.dumps(line) + "\n")
    network.save(work / f"{name}.pt", network.round_to_half(model))


if __name__ == "__main__":
    train(sys.argv[1], Path(sys.argv[2]))
