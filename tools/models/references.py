"""Reference ids, loglikelihoods and greedy generations in PyTorch: `references.py [--work FOLDER] [--tokens-only]`."""
import argparse
import json
import random
from pathlib import Path

import torch

import arithmetic
import facts
import mixture
import network
import odd_strings
import probe
import prompts
import recipe
from bpe import BOS, EOS, IM_END, SPECIAL, Codec
from stories import story

TARGET = recipe.ROOT / "core" / "reference" / "models"
COMMAND = "python3 tools/models/references.py"
LENGTH, GAP = 24, 0.05


def write(name, key, rows):
    """One row a line, so that the files stay small and differences readable."""
    body = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    head = f'{{"command": "{COMMAND}"' + (f', "bos": {BOS}' if key == "strings" else "")
    (TARGET / name).write_text(f'{head}, "{key}": [\n{body}\n]}}\n')


def tokens(codec):
    """tokens.json"""
    ordinary = lambda r: "".join(text for text, _ in mixture.document(r, 2) if text not in SPECIAL)
    found = odd_strings.strings(random.Random(41), ordinary, 1000)
    write("tokens.json", "strings", [{"text": text, "ids": codec.ids(text)} for text in found])


def pairs(r, count):
    """(context, continuation) of every kind that the tasks score."""
    out = []
    while len(out) < count:
        kind = len(out) % 5
        if kind == 0:
            one = facts.fact(r)
            out.append((prompts.standard(one.language).asked(one.question), " " + r.choice([one.answer] + one.wrong)))
        elif kind == 1:
            problem, answer = arithmetic.problem(r, held=True)
            out.append((prompts.standard(0).asked(problem + "?"), " " + answer))
        elif kind == 2:
            out.append(probe.reading_item(r, 3))
        elif kind == 3:
            out.append(probe.reading_item(r, 2, chat=True))
        else:
            text = story(r, held=True)
            words = text.split(" ")
            cut = r.randint(6, len(words) - 10)
            out.append((" ".join(words[:cut]), " " + " ".join(words[cut : cut + 8])))
    return out


def loglikelihoods(model, codec, name):
    """Rows of loglikelihoods.json for one model."""
    found = pairs(random.Random(42), 100)
    return [
        {"model": name, "context": context, "continuation": continuation, "tokens": s[2], "loglikelihood": round(s[1], 6), "greedy": s[3]}
        for (context, continuation), s in zip(found, probe.scores(model, codec, found))
    ]


@torch.no_grad()
def generate(model, codec, prompt):
    """-> (ids, the smallest gap between the two best tokens)"""
    ids, out, gap = [BOS] + codec.ids(prompt), [], float("inf")
    while len(out) < LENGTH and not (out and out[-1] in (EOS, IM_END)):
        best = torch.topk(model.logits(torch.tensor([ids + out]))[0, -1], 2)
        gap = min(gap, (best.values[0] - best.values[1]).item())
        out.append(int(best.indices[0]))
    return out, gap


def generations(model, codec, name):
    """Rows of generations.json for one model: prompts whose every step is decided clearly."""
    r, rows = random.Random(43), []
    while len(rows) < 10:
        for context, _ in pairs(r, 5):
            ids, gap = generate(model, codec, context)
            if gap > GAP and len(rows) < 10:
                rows.append({"model": name, "prompt": context, "ids": ids, "text": codec.text(ids)})
    return rows


def main(work, tokens_only):
    """Writes all three files."""
    torch.set_num_threads(1)
    TARGET.mkdir(parents=True, exist_ok=True)
    codec = Codec(work / "tokenizer.json")
    tokens(codec)
    if tokens_only:
        return
    models = {name: network.round_to_half(network.load(work / f"{name}.pt")) for name in recipe.LANGUAGE}
    write("loglikelihoods.json", "items", [row for name, model in models.items() for row in loglikelihoods(model, codec, name)])
    write("generations.json", "items", [row for name, model in models.items() for row in generations(model, codec, name)])


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--work", type=Path, default=recipe.HERE / ".work")
    options.add_argument("--tokens-only", action="store_true")
    main(**vars(options.parse_args()))
