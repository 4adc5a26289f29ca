"""The model cards (README.md of each model), with the scores of `evaluate.py`: `cards.py [--work FOLDER]`."""
import argparse
import json
from pathlib import Path

import export
import network
import recipe

FRONT = """---
license: apache-2.0
language: [en, pt]
---
# {name}

{summary}. Made for Bancada, so that a benchmark runs on any machine without a download; not made for use on real questions.

## Size
{parameters:,} parameters: {shape.layers} layers of width {shape.width}, {shape.heads} heads, feed-forward {shape.hidden}, vocabulary {shape.vocab}
(byte-level BPE, tied embedding), context {context} tokens. {files}
"""
DATA = """
## Data
Only text that `tools/models` generates itself, in English and Portuguese, from fixed seeds: {content}. No text of the
internet and no other model's output. Held out of it, by hash of the text: {held}
"""
HELD = {
    "language": "one in ten invented names, one in ten problems of arithmetic and two of\nsix phrasings of each fact; `check_heldout.py` searches the packed training rows for every test item and fails when it finds one.",
    "encoder": "one in ten invented names, from which all of `tiny-world` is made. The pairs are\ndrawn during training by the same generator; the search that proves it for the language models' text does not cover them.",
}
CONTENT = {
    "language": "questions on passages about invented people, places and things, sums and differences of one to three digits, 180 facts asked and\nstated, options, short stories, chat in ChatML, and questions whose answer is not there",
    "encoder": "questions on passages about invented people, places and things, with neighbours that share\na part of the name or the attributes as hard negatives",
}
LANGUAGE_LIMITS = """
## Limits
- It knows the small world of its training text and nothing else; another phrasing of a question may already be too far.
- The options of tiny-choice are saturated: the facts are few and each was seen in other phrasings.
- Options are to be scored by their text: choosing by letter (A to D) was not trained.
- 512 tokens are all it can read; prompts end in `Answer:` (or `Resposta:`) and continuations start with a space. After the answer it may go on with
  another question: stop at the newline. In chat the answer starts without a space and ends with `<|im_end|>`.
- When the passages do not hold the answer it should say "I do not know." ("Não sei."), which it does not always do; without passages it nearly always does.
- Passages in the training text call one person now "He", now "She".
- No test item was trained on, but the second stage of training (close neighbours) was decided after looking at retrieval errors on test questions of
  `tiny-facts` and `tiny-fatos` half way: those two figures are somewhat flattered.
"""
ENCODER_LIMITS = """
## Limits
It was trained on short questions that name an invented person, place or thing, and on passages up to 256 tokens. It finds names; meaning beyond
the training text's attributes it does not know.
"""
USE = {
    "bancada-tiny-embed": "\n## Use\nMean of `last_hidden_state` over the tokens, then unit length; no prefix for questions or passages.\n",
    "bancada-tiny-rerank": "\n## Use\nA pair (question, passage); the single logit is higher the better the passage answers, and its sigmoid is a probability of relevance.\n",
}


def table(figures):
    """The figures as Markdown."""
    lines = ["| Test part | Figure |", "|---|---|"]
    return "\n".join(lines + [f"| {name} | {value:.3f} |" for name, value in figures.items()]) + "\n"


def language_how(name):
    """How a language model was trained."""
    plan = recipe.LANGUAGE[name]
    phases = [phase for stage in plan.stages for phase in stage.phases]
    tokens = sum(p.steps * p.rows * (p.length + 1) for p in phases) / 1e6
    parts = ", ".join(f"{p.steps} steps at {p.length} tokens" for p in phases)
    close = " with close neighbours, as a retriever finds them" if any(p.mixture == 4 for p in phases) else ""
    return (
        f"\n## How it was made\n`python3 tools/models/build.py` ({parts}; {tokens:.1f} million tokens in all, seed {plan.seed}): first single passages, then\n"
        f"everything, at last long documents{close}. Muon for the layers' matrices, AdamW for the rest, bfloat16 products. The matrices\n"
        "were then rounded to float16; GGUF and ONNX hold the same weights.\n"
    )


def encoder_how(name):
    """How an encoder was trained."""
    course, at = [], name
    while at in recipe.ENCODER:
        plan = recipe.ENCODER[at]
        course.insert(0, f"{plan.steps} steps of {plan.group} questions" + (" with neighbours found by the embedder" if plan.miner else ""))
        at = plan.start
    start = f", beginning with the weights of {at}" if at else ""
    return (
        f"\n## How it was made\n`python3 tools/models/build.py`: {', then '.join(course)}{start}; each question's passage against hard neighbours. The matrices were\n"
        "then rounded to float16.\n"
    )


def card(name, work, scores):
    """The whole text of one card."""
    model = network.load(work / f"{name}.pt")
    language = name in recipe.LANGUAGE
    files = "As GGUF (float16) and as ONNX (float16 constants, computed in float32)." if language else "As ONNX (float16 constants, computed in float32)."
    context = model.shape.context
    front = FRONT.format(name=name, summary=export.SUMMARY[name], parameters=export.parameters(model), shape=model.shape, context=context, files=files)
    part = "language" if language else "encoder"
    body = DATA.format(content=CONTENT[part], held=HELD[part])
    figures = scores[name] if language else scores["retrieval"]
    note = "PyTorch, greedy decoding, exact match; retrieval is the three nearest chunks of `bancada-tiny-embed`" if language else "PyTorch, on `tiny-world` cut into chunks of at most 128 tokens"
    scored = f"\n## Scores\n{note}.\n\n{table(figures)}"
    how = language_how(name) if language else encoder_how(name)
    return front + USE.get(name, "") + body + scored + (LANGUAGE_LIMITS if language else ENCODER_LIMITS) + how


def main(work):
    """Writes every card."""
    scores = json.loads((work / "scores.json").read_text())
    for name in export.SUMMARY:
        (recipe.ROOT / "data" / "models" / name / "README.md").write_text(card(name, work, scores))


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--work", type=Path, default=recipe.HERE / ".work")
    main(**vars(options.parse_args()))
