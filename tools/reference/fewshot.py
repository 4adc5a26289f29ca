"""Few-shot draws of lm_eval's samplers, and whole prompts of its tasks."""

from lm_eval.api.samplers import ContextSampler, FirstNSampler

from harness import task
from reference_file import packages, write

SEED = 1234


def rows(split, n):
    return [{"id": index, "question": f"{split} question {index}?", "choices": [f"c{index}", f"d{index}", "e"], "answer": index % 3,
             "text": f"{split} answer {index}"} for index in range(n)]


def draws():
    """`evaluated`: the pool is the evaluated split, so that each document must not be its own example."""
    cases = []
    for pool, shots, calls in ((100, 5, 6), (7473, 8, 4), (10, 3, 5), (6, 5, 3), (30, 1, 4)):
        docs = rows("train", pool)
        sampler = ContextSampler(docs, rnd=SEED)
        cases.append({"sampler": "default", "pool": pool, "shots": shots, "evaluated": False,
                      "draws": [[doc["id"] for doc in sampler.sample(shots)] for _ in range(calls)]})
    for pool, shots in ((12, 3), (60, 5), (7, 6), (25, 1)):
        docs = rows("test", pool)
        sampler = ContextSampler(docs, rnd=SEED)
        cases.append({"sampler": "default", "pool": pool, "shots": shots, "evaluated": True,
                      "draws": [[doc["id"] for doc in sampler.sample(shots, eval_doc=doc)] for doc in docs]})
    docs = rows("test", 8)
    first = FirstNSampler(docs, rnd=SEED)
    cases.append({"sampler": "first_n", "pool": 8, "shots": 3, "evaluated": False, "draws": [[doc["id"] for doc in first.sample(3)]]})
    cases.append({"sampler": "first_n", "pool": 8, "shots": 3, "evaluated": True,
                  "draws": [[doc["id"] for doc in first.sample(3, eval_doc=doc)] for doc in docs]})
    return cases


TASKS = {
    "generate, shots from train": {"output_type": "generate_until", "doc_to_text": "Question: {{question}}\nAnswer:", "doc_to_target": "{{text}}",
                                   "fewshot_split": "train", "num_fewshot": 3, "generation_kwargs": {"until": ["\n"]}},
    "generate, shots from test": {"output_type": "generate_until", "doc_to_text": "Q: {{question}}\nA:", "doc_to_target": "{{text}}",
                                  "fewshot_split": "test", "num_fewshot": 2, "description": "Answer briefly.\n\n"},
    "generate, first_n and own delimiters": {"output_type": "generate_until", "doc_to_text": "{{question}}", "doc_to_target": "text",
                                             "fewshot_split": "train", "fewshot_config": {"sampler": "first_n"}, "num_fewshot": 2,
                                             "fewshot_delimiter": "\n---\n", "target_delimiter": " -> "},
    "choice by index": {"output_type": "multiple_choice", "doc_to_text": "{{question}}\nAnswer:", "doc_to_choice": "choices",
                        "doc_to_target": "answer", "fewshot_split": "train", "num_fewshot": 2},
    "choice by template": {"output_type": "multiple_choice", "doc_to_text": "{{question}}", "doc_to_choice": ["A", "B", "C"],
                           "doc_to_target": "{{answer}}", "fewshot_split": "test", "num_fewshot": 1, "description": "Pick {{answer}}. "},
    "choice without shots": {"output_type": "multiple_choice", "doc_to_text": "{{question}}", "doc_to_choice": "{{choices}}",
                             "doc_to_target": "{{choices[answer]}}", "num_fewshot": 0},
    "loglikelihood": {"output_type": "loglikelihood", "doc_to_text": "{{question}}", "doc_to_target": " {{text}}", "num_fewshot": 1,
                      "fewshot_split": "train", "target_delimiter": ""},
    "rolling": {"output_type": "loglikelihood_rolling", "doc_to_text": "", "doc_to_target": "{{text}}", "num_fewshot": 0},
}


def prompts():
    cases = []
    for name, config in TASKS.items():
        harness = task({"train": rows("train", 20), "test": rows("test", 6)}, test_split="test", **{"training_split": "train", **config})
        harness.set_fewshot_seed(SEED)
        harness.build_all_requests()
        requests = [{"doc": instance.doc_id, "arguments": [argument for argument in instance.args if isinstance(argument, str)]}
                    for instance in harness.instances]
        cases.append({"name": name, "config": config, "requests": requests})
    return cases


def make():
    write("fewshot", packages("lm_eval", "datasets", "python"), {
        "seed": SEED, "rows": {"train": rows("train", 20), "test": rows("test", 6)}, "draws": draws(), "prompts": prompts()})
