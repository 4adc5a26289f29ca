"""Trains one language model: `train_lm.py NAME WORK_FOLDER`. Needs the tokenizer and the packed rows of `prepare.py`."""
import itertools
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
EVERY = 200


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


class Course:
    """Prints and keeps what a run shows of itself, and its checkpoints."""

    def __init__(self, name, work, codec):
        self.name, self.work, self.codec = name, work, codec
        self.began, self.tokens, self.answer = time.time(), 0, None

    def seen(self, count, loss):
        """Counts tokens and smooths the answers' loss."""
        self.tokens += count
        self.answer = loss if self.answer is None else 0.97 * self.answer + 0.03 * loss

    def show(self, model, stage, step, steps):
        """One line, one checkpoint."""
        network.save(self.work / f"{self.name}.checkpoint.pt", model)
        minutes = round((time.time() - self.began) / 60, 2)
        line = {"stage": stage, "step": step, "of": steps, "minutes": minutes, "Mtok": round(self.tokens / 1e6, 3), "answer_loss": round(self.answer, 4)}
        line |= quick(model, self.codec)
        print(json.dumps(line), flush=True)
        with open(self.work / f"{self.name}.jsonl", "a") as out:
            out.write(json.dumps(line) + "\n")


def run_stage(model, plan, number, course):
    """All steps of one stage with optimisers of its own."""
    stage = plan.stages[number]
    opts = optimisers(model, plan)
    streams = (batches(course.work, phase, plan.seed) for phase in stage.phases)
    rows = (batch for phase, stream in zip(stage.phases, streams) for batch in itertools.islice(stream, phase.steps))
    loss_of = torch.compile(weighted_loss, dynamic=False) if shutil.which("g++") else weighted_loss
    for step, (x, w) in enumerate(rows):
        loss, answer = loss_of(model, x, w)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimiser in opts:
            for group in optimiser.param_groups:
                group["lr"] = group["full"] * stage.strength * schedule(step, stage.horizon)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        course.seen(x.numel(), answer.item())
        if (step + 1) % EVERY == 0 or step + 1 == stage.steps:
            course.show(model, number + 1, step + 1, stage.steps)


def train(name, work):
    """Runs every stage of the recipe that has no file yet; writes WORK/NAME.pt, with the matrices rounded to float16."""
    plan = recipe.LANGUAGE[name]
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    model = network.Llama(plan.shape)
    course = Course(name, work, Codec(work / "tokenizer.json"))
    for number in range(len(plan.stages)):
        done = work / f"{name}.stage{number + 1}.pt"
        if done.exists():
            model = network.load(done).train()
        else:
            run_stage(model, plan, number, course)
            network.save(done, model)
    network.save(work / f"{name}.pt", network.round_to_half(model))


if __name__ == "__main__":
    train(sys.argv[1], Path(sys.argv[2]))
