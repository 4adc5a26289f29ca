"""Figures beyond the targets: other prompt shapes, shots, passages that do not hold the answer, the gold passage's place."""
import random

import probe
import prompts

SHAPES = {
    "blank lines": prompts.blank_lines,
    "plain lines": prompts.plain_lines,
    "Document n:": prompts.documents,
    "short labels": prompts.short_labels,
    "instruction before": lambda language, texts: prompts.instructed(random.Random(3), language, texts),
}


def shapes(model, codec, rows, texts, language):
    """Exact match of the questions in each other prompt shape."""
    out = {}
    for name, shape_of in SHAPES.items():
        items = [(s.head + s.asked(row["question"]), " " + row["answer"]) for row, found in zip(rows, texts) for s in [shape_of(language, found)]]
        out[f"retrieval, {name}"] = probe.exact(model, codec, items)
    return out


def shots(model, codec, rows, examples, texts, language):
    """Exact match with two solved examples (one passage each) before the passages."""
    solved = ""
    for row, text in examples:
        shape = prompts.standard(language, [text])
        solved += f"{shape.head}{shape.asked(row['question'])} {row['answer']}\n\n"
    items = []
    for row, found in zip(rows, texts):
        shape = prompts.standard(language, found)
        items.append((solved + shape.head + shape.asked(row["question"]), " " + row["answer"]))
    return {"retrieval, two shots": probe.exact(model, codec, items)}


def abstention(model, codec, rows, texts, language):
    """The share that says it does not know: without passages, and with the passages of another question."""
    unknown = " " + prompts.UNKNOWN[language]
    bare = prompts.standard(language)
    without = [(bare.asked(row["question"]), unknown) for row in rows]
    others = texts[len(texts) // 2 :] + texts[: len(texts) // 2]
    wrong = []
    for row, own, found in zip(rows, texts, others):
        if not set(own) & set(found):
            shape = prompts.standard(language, found)
            wrong.append((shape.head + shape.asked(row["question"]), unknown))
    return {
        "says it does not know, no passages": probe.exact(model, codec, without),
        "says it does not know, other passages": probe.exact(model, codec, wrong),
    }
