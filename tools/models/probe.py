"""Held-out exact match by teacher forcing: greedy decoding gives the gold answer exactly when every token of it, and then
a stop, is the most likely next token."""
import random

import torch
import torch.nn.functional as F

import arithmetic
import facts
import prompts
from bpe import BOS, EOS, IM_END
from passages import passage

BATCH = 32


@torch.no_grad()
def scores(model, codec, items):
    """items of (prompt, continuation) -> [(greedy and stopped, sum loglikelihood, tokens)]; <bos> is put before each."""
    stops = torch.tensor([EOS, IM_END, codec.ids("\n")[0]])
    encoded = [([BOS] + codec.ids(p), codec.ids(c)) for p, c in items]
    limit = model.shape.context
    encoded = [(p[-(limit - len(c)) :], c) for p, c in encoded]
    order = sorted(range(len(items)), key=lambda i: sum(map(len, encoded[i])))
    out = [None] * len(items)
    for at in range(0, len(order), BATCH):
        part = order[at : at + BATCH]
        length = max(sum(map(len, encoded[i])) for i in part)
        x = torch.full((len(part), length), EOS)
        for row, i in enumerate(part):
            x[row, : sum(map(len, encoded[i]))] = torch.tensor(encoded[i][0] + encoded[i][1])
        hidden = model(x)
        for row, i in enumerate(part):
            p, c = encoded[i]
            logits = F.linear(hidden[row, len(p) - 1 : len(p) + len(c)].float(), model.embedding.weight)
            best, gold = logits.argmax(-1), torch.tensor(c)
            greedy = bool((best[:-1] == gold).all())
            total = F.log_softmax(logits[:-1], -1).gather(1, gold[:, None]).sum().item()
            out[i] = (greedy and bool((best[-1] == stops).any()), total, len(c), greedy)
    return out


def exact(model, codec, items):
    """The share of items answered exactly."""
    return sum(s[0] for s in scores(model, codec, items)) / len(items)


def reading_item(r, count, chat=False, held=True):
    """(prompt, answer) on `count` passages of held-out names in the default prompt."""
    language = r.randrange(2)
    found = [passage(r, language, held, sentences=r.choice((3, 4, 5, 6)))]
    found += [passage(r, language, held, like=found[0] if r.random() < 0.35 else None, sentences=r.choice((3, 4, 5, 6))) for _ in range(count - 1)]
    asked = r.choice(found[0].questions)
    r.shuffle(found)
    shape = prompts.standard(language, [p.text for p in found])
    if chat:
        return f"<|im_start|>user\n{shape.head}{shape.question_only(asked.text)}<|im_end|>\n<|im_start|>assistant\n", asked.answer
    return shape.head + shape.asked(asked.text), " " + asked.answer


def choice_right(model, codec, count, r):
    """The share of held-out fact phrasings where the right option has the highest loglikelihood."""
    items = []
    for _ in range(count):
        kind, row = r.choice(facts.ALL)
        language = r.randrange(2)
        one = facts.ask(r, kind, row, language, r.choice(facts.held_phrasings(kind, row, language)))
        prompt = prompts.standard(language).asked(one.question)
        items += [(prompt, " " + option) for option in [one.answer] + one.wrong]
    found = scores(model, codec, items)
    return sum(max(range(4), key=lambda j: found[4 * i + j][1]) == 0 for i in range(count)) / count


def quick(model, codec, count=100):
    """A few held-out figures, for the course of a training run."""
    model.eval()
    r = random.Random(5)
    standard = prompts.standard(0)
    problems = [arithmetic.problem(r, held=True) for _ in range(count)]
    figures = {
        "arithmetic": exact(model, codec, [(standard.asked(p + "?"), " " + s) for p, s in problems]),
        "reading1": exact(model, codec, [reading_item(r, 1) for _ in range(count)]),
        "reading3": exact(model, codec, [reading_item(r, 3) for _ in range(count)]),
        "chat3": exact(model, codec, [reading_item(r, 3, chat=True) for _ in range(count)]),
        "choice": choice_right(model, codec, count, r),
    }
    model.train()
    return figures
