"""Whole requests of lm_eval's tasks: contexts, continuations, targets and choices over small local data.

    python tools/reference/task_contexts.py

writes core/reference/task/contexts.json and core/reference/task/templates.json."""

import json
import logging
import re
from pathlib import Path

import jinja2.meta
import lm_eval.tasks
import yaml
from lm_eval import utils

import reference_file
from harness import task
from reference_file import packages

FOLDER = reference_file.FOLDER / "task"
SEED = 1234

QUIZ = {
    name: [{"id": f"{name}-{i}", "question": f"{name} question {i}?", "choices": [f"red {i}", f"blüe {i}", f"it's {i}", "日本"], "answer": (i * 7) % 4,
            "letter": "ABCD"[(i * 7) % 4], "text": f"{name} answer {i}", "hint": f"Hint {i}: ", "passages": [f"p{i}", f"q{i}"], "score": i / 4 + 0.125,
            "good": i % 2 == 0, "label": ["no", "yes"][i % 2], "meta": {"subject": f"s{i % 3}", "level": i}} for i in range(size)]
    for name, size in (("train", 20), ("dev", 7), ("test", 8))
}
BLANKS = {
    name: [{"sentence": f"The {name} cup did not fit in box {i} because the _ was too big.", "option1": f"cup {i}", "option2": f"box {i}",
            "answer": str(1 + i % 2)} for i in range(size)]
    for name, size in (("train", 9), ("test", 5))
}
STORIES = {"test": [{"text": f"One day number {i}  a cat\nsaw the sea. It was  blue."} for i in range(4)]}

DATA = {"quiz": QUIZ, "blanks": BLANKS, "stories": STORIES}

GENERATE = {"output_type": "generate_until", "doc_to_text": "Question: {{question}}\nAnswer:", "doc_to_target": "{{text}}"}
CHOICE = {"output_type": "multiple_choice", "doc_to_text": "Question: {{question}}\nAnswer:", "doc_to_choice": "choices", "doc_to_target": "answer"}
TRAIN = {"training_split": "train", "test_split": "test"}

CASES = {
    "multiple choice by columns": (QUIZ, {**CHOICE, **TRAIN}, {}),
    "choices as a Python literal, target by text": (QUIZ, {**CHOICE, **TRAIN, "doc_to_choice": "{{choices}}", "doc_to_target": "{{choices[answer]}}"}, {}),
    "choices from comprehension of columns": (QUIZ, {**CHOICE, **TRAIN, "doc_to_choice": "{{[label, text, hint]}}", "doc_to_target": "0"}, {}),
    "choices as letters, target column holds a letter": (QUIZ, {**CHOICE, **TRAIN, "doc_to_choice": ["A", "B", "C", "D"], "doc_to_target": "letter", "num_fewshot": 2,
        "doc_to_text": "{{question.strip()}}\nA. {{choices[0]}}\nB. {{choices[1]}}\nC. {{choices[2]}}\nD. {{choices[3]}}\nAnswer:", "fewshot_split": "dev",
        "fewshot_config": {"sampler": "first_n"}, "description": "The following are questions (with answers) about {{meta.subject}}.\n\n"}, {}),
    "choices as a mapping": (QUIZ, {**CHOICE, **TRAIN, "doc_to_choice": {"0": "no", "1": "yes"}, "doc_to_target": "{{ 1 if good else 0 }}"}, {}),
    "target by list.index": (QUIZ, {**CHOICE, **TRAIN, "doc_to_target": "{{choices.index(choices[answer])}}"}, {}),
    "several right choices": (QUIZ, {**CHOICE, **TRAIN, "doc_to_target": "{{[answer, 0]}}"}, {}),
    "truth values as choices": (QUIZ, {**CHOICE, **TRAIN, "doc_to_choice": ["False", "True"], "doc_to_target": "good"}, {}),
    "multiple choice with shots and delimiters": (QUIZ, {**CHOICE, **TRAIN, "num_fewshot": 3, "fewshot_delimiter": "\n---\n", "target_delimiter": "\t"}, {}),
    "mutual information": (QUIZ, {**CHOICE, **TRAIN, "metric_list": [{"metric": "acc"}, {"metric": "acc_mutual_info"}]}, {}),
    "one context per choice": (BLANKS, {"output_type": "multiple_choice", "test_split": "test", "training_split": "train", "num_fewshot": 2,
        "doc_to_text": "{{ (answer | int) - 1 }}", "doc_to_target": "{{ sentence.split('_')[1].strip() }}",
        "doc_to_choice": "{{ [sentence.replace('_', option1).split(option1)[0] + option1, sentence.replace('_', option2).split(option2)[0] + option2] }}"}, {}),
    "loglikelihood of the last word": (STORIES, {"output_type": "loglikelihood", "test_split": "test", "doc_to_text": "{{text.split(' ')[:-1]|join(' ')}}",
        "doc_to_target": "{{' '+text.split(' ')[-1]}}"}, {}),
    "rolling": (STORIES, {"output_type": "loglikelihood_rolling", "test_split": "test", "doc_to_text": "", "doc_to_target": "text"}, {}),
    "generate with shots": (QUIZ, {**GENERATE, **TRAIN, "num_fewshot": 4, "generation_kwargs": {"until": ["\n"]}}, {}),
    "generate, shots from the evaluated split": (QUIZ, {**GENERATE, "test_split": "test", "fewshot_split": "test", "num_fewshot": 3}, {}),
    "generate, validation alone": (QUIZ, {**GENERATE, "validation_split": "dev", "num_fewshot": 2}, {}),
    "generate, shots from the test split by rule": (QUIZ, {**GENERATE, "test_split": "test", "num_fewshot": 2}, {}),
    "generate, samples in the task": (QUIZ, {**GENERATE, "test_split": "test", "num_fewshot": 2, "fewshot_config": {"sampler": "first_n", "samples": [
        {"question": "What?", "text": "That."}, {"question": "Who?", "text": "She."}, {"question": "Why?", "text": "So."}]}}, {}),
    "generate, another form for the shots": (QUIZ, {**GENERATE, **TRAIN, "num_fewshot": 2, "fewshot_config": {"sampler": "default", "doc_to_text": "Example: {{question}}",
        "doc_to_target": "{{text}}!", "target_delimiter": " => "}}, {}),
    "generate, columns by name and description by column": (QUIZ, {**GENERATE, **TRAIN, "doc_to_text": "question", "doc_to_target": "text", "description": "hint", "num_fewshot": 1}, {}),
    "generate, several right answers": (QUIZ, {**GENERATE, **TRAIN, "doc_to_target": "passages", "num_fewshot": 1}, {}),
    "generate, several right answers by literal": (QUIZ, {**GENERATE, **TRAIN, "doc_to_target": "{{[text, hint]}}", "num_fewshot": 0}, {}),
    "generate with a prefix": (QUIZ, {**GENERATE, **TRAIN, "doc_to_text": "Question: {{question}}", "gen_prefix": "The answer is", "num_fewshot": 1}, {}),
    "loops, conditions and final newline": (QUIZ, {**GENERATE, **TRAIN, "doc_to_text":
        "{% for c in choices %}{{ 'ABCD'[loop.index0] }}) {{ c }}\n{% endfor %}{% if good %}good{% else %}bad{% endif %}\n{# note #}{{ meta }} {{ score }} {{ good }} {{ passages }}\n"}, {}),
    "default generation": (QUIZ, {**GENERATE, **TRAIN, "fewshot_delimiter": "\n\n\n"}, {}),
    "chat, shots as turns": (QUIZ, {**GENERATE, **TRAIN, "num_fewshot": 2, "description": "Be brief."}, {"chat": True, "multiturn": True, "system": "You help."}),
    "chat, shots in one message": (QUIZ, {**GENERATE, **TRAIN, "num_fewshot": 2, "description": "Be brief."}, {"chat": True, "multiturn": False}),
    "chat with a prefix": (QUIZ, {**GENERATE, **TRAIN, "num_fewshot": 1, "gen_prefix": "Answer:"}, {"chat": True, "multiturn": False, "system": "You help."}),
    "multiple choice as chat": (QUIZ, {**CHOICE, **TRAIN, "num_fewshot": 1}, {"chat": True, "multiturn": True}),
    "system instruction as text": (QUIZ, {**GENERATE, **TRAIN, "description": "Now: "}, {"system": "You help."}),
}


def requests(rows, config, style):
    harness = task(rows, **json.loads(json.dumps(config)))
    harness.set_fewshot_seed(SEED)
    harness.build_all_requests(system_instruction=style.get("system"), apply_chat_template=style.get("chat", False),
                               fewshot_as_multiturn=style.get("multiturn", False),
                               chat_template=lambda messages, add_generation_prompt: messages)
    found = []
    for instance in harness.instances:
        arguments = list(instance.args)
        entry = {"doc": instance.doc_id, "context": arguments[0]}
        if instance.request_type == "loglikelihood":
            entry["continuation"] = arguments[1]
        if instance.request_type == "generate_until":
            entry["generation"] = arguments[1]
        found.append(entry)
    targets = [harness.doc_to_target(doc) for doc in harness.eval_docs]
    choices = [harness.doc_to_choice(doc) for doc in harness.eval_docs] if config.get("doc_to_choice") else None
    return {"requests": found, "targets": targets, "choices": choices}


def sample_rows(names):
    """Rows in which every name is text, a list of texts, or a mapping: a template is kept for those that it renders with."""
    texts = {name: f"some {name}, 2" for name in names}
    lists = {name: [f"first {name}", f"it's {name}", "third"] for name in names}
    numbers = {name: 1 for name in names}
    mixed = {name: lists[name] if re.search("choice|option|ending|list|answers|candidates|distractors|texts", name) else texts[name] for name in names}
    inner = {"text": ["t0", "t1", "t2", "t3"], "label": ["A", "B", "C", "D"], "choices": ["c0", "c1"], "answer": "in", "stem": "stem"}
    mappings = {name: inner if re.search("choices|question|options|answers", name) else texts[name] for name in names}
    return [row for row in (mixed, texts, lists, numbers, mappings) if row]


class Loader(yaml.SafeLoader):
    """Functions are of no use here."""


Loader.add_constructor("!function", lambda loader, node: None)


def harness_templates():
    """Every distinct template of the harness's own task files."""
    found = set()
    for file in sorted(Path(lm_eval.tasks.__file__).parent.rglob("*")):
        if file.is_file() and file.suffix not in (".py", ".md", ".txt", ".json", ".sh", ".pyc", ".jsonl"):
            text = file.read_text(encoding="utf-8", errors="ignore")
            try:
                keys = yaml.load(text, Loader=Loader)
            except yaml.YAMLError:
                continue
            for key in ("doc_to_text", "doc_to_target", "doc_to_choice", "description"):
                if isinstance(keys, dict) and isinstance(keys.get(key), str) and "{" in keys[key]:
                    found.add(keys[key])
    return sorted(found)


def templates():
    """One case a shape, the first row that renders; every third of them, and all with letters beyond ASCII in a name."""
    cases, shapes = [], set()
    for source in harness_templates():
        shape = re.sub(r"[^\x00-\x7f]+|[A-Za-z ]{3,}(?![^{]*})", "~", source)
        if len(source) > 800 or shape in shapes:
            continue
        names = sorted(jinja2.meta.find_undeclared_variables(utils.env.parse(source)))
        for row in sample_rows(names):
            try:
                text = utils.apply_template(source, row)
            except Exception:
                continue
            shapes.add(shape)
            cases.append({"template": source, "row": row, "text": text})
            break
    return [case for index, case in enumerate(cases) if index % 3 == 0 or not "".join(case["row"]).isascii()]


def write(name, head, cases):
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    made = json.dumps({"made_by": "python tools/reference/task_contexts.py", **head}, ensure_ascii=False)[:-1]
    text = f'{made},\n"cases": [\n{lines}\n]}}\n'
    json.loads(text)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")
    print(f"task/{name}.json: {len(cases)} cases")


if __name__ == "__main__":
    logging.disable(logging.ERROR)
    cases = [{"name": name, "data": next(key for key, rows in DATA.items() if rows is data),
              "config": config, "style": style, **requests(data, config, style)} for name, (data, config, style) in CASES.items()]
    write("contexts", {"source": packages("lm_eval", "datasets", "python"), "seed": SEED, "data": DATA}, cases)
    write("templates", {"source": packages("lm_eval", "Jinja2")}, templates())
