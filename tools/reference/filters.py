"""Filter pipelines of lm_eval over many answers."""

from lm_eval.api.instance import Instance
from lm_eval.filters import build_filter_ensemble

from reference_file import packages, write

ANSWERS = [
    "So 3*4=12.\n#### 12", "#### -1,234.50 apples", "It costs $1,234.50 or -7", "no number here", "", "   ", "The answer is (B).", "the answer is C",
    "(A) or (B)", "<answer> 4\n2 </answer> tail", "#### 1\n#### 2\n#### 3", "  padded  ", "\n\tTabbed\r\n", "Yes", "NO", "ÉCOLE ΟΔΟΣ", "São Paulo é água",
    "42.", "1,000,000", "-5", "$ 5", "5 or 6 or 7", "A: yes; B: no", "日本語 42", "\u00a0nbsp\u00a0", "\x1fseparator\x1c", "\ufeffbom", "A", "B", "a",
]

PIPELINES = {
    "gsm8k strict": [["regex", {"regex_pattern": r"#### (\-?[0-9\.\,]+)"}], ["take_first", None]],
    "gsm8k flexible": [["regex", {"regex_pattern": r"(-?[$0-9.,]{2,})|(-?[0-9]+)", "group_select": -1}], ["take_first", None]],
    "regex defaults": [["regex", None], ["take_first", None]],
    "regex second match": [["regex", {"regex_pattern": r"\d", "group_select": 0, "fallback": "none"}], ["take_first", None]],
    "letter": [["regex", {"regex_pattern": r"answer is \(?([ABCD])\)?", "fallback": "[no letter]"}], ["take_first", None]],
    "last letter, any case": [["regex", {"regex_pattern": r"(?i)\b([A-D])\b", "group_select": -1}], ["take_first", None]],
    "dot matches newline": [["regex", {"regex_pattern": r"(?s)<answer>(.*?)</answer>"}], ["take_first", None]],
    "two groups": [["regex", {"regex_pattern": r"(Yes)|(NO)", "group_select": 0}], ["take_first", None]],
    "no group": [["regex", {"regex_pattern": r"\w+", "group_select": -1}], ["take_first", None]],
    "empty group": [["regex", {"regex_pattern": r"(x*)(y*)A", "group_select": 0}], ["take_first", None]],
    "remove_whitespace": [["remove_whitespace", None], ["take_first", None]],
    "lowercase": [["lowercase", None], ["take_first", None]],
    "uppercase": [["uppercase", None], ["take_first", None]],
    "map": [["remove_whitespace", None], ["map", {"mapping_dict": {"A": "first", "B": "second", "Yes": "true"}, "default_value": "other"}], ["take_first", None]],
    "lowercase then regex": [["lowercase", None], ["regex", {"regex_pattern": "answer is ([a-d])"}], ["take_first", None]],
    "take_first": [["take_first", None]],
}

REPEATED = [
    ["7", "8", "7"], ["8", "7"], ["a", "b", "b", "a"], ["#### 5", "#### 6", "#### 6", "none"], ["x"], ["", "", "y"], ["one", "two", "three"],
    ["#### 1", "no", "no"],
]

REPEATED_PIPELINES = {
    "majority_vote": [["majority_vote", None], ["take_first", None]],
    "take_first": [["take_first", None]],
    "regex then majority": [["regex", {"regex_pattern": r"#### (\-?[0-9\.\,]+)"}], ["majority_vote", None], ["take_first", None]],
    "take_first_k 1 then majority": [["take_first_k", {"k": 1}], ["majority_vote", None], ["take_first", None]],
    "lowercase then majority": [["lowercase", None], ["majority_vote", None], ["take_first", None]],
}


def filtered(pipeline, answers):
    instance = Instance(request_type="generate_until", doc={}, arguments=("", {}), idx=0, metadata=("reference", 0, 1))
    instance.resps = answers
    build_filter_ensemble("reference", pipeline).apply([instance])
    return instance.filtered_resps["reference"]


def described(pipeline):
    """As in a task file's `filter_list`."""
    return [{"function": name, **(options or {})} for name, options in pipeline]


def make():
    write("filters", packages("lm_eval", "python"), {
        "single": [{"name": name, "filter": described(pipeline), "cases": [[answer, filtered(pipeline, [answer])] for answer in ANSWERS]}
                   for name, pipeline in PIPELINES.items()],
        "repeated": [{"name": name, "filter": described(pipeline), "cases": [[answers, filtered(pipeline, answers)] for answers in REPEATED]}
                     for name, pipeline in REPEATED_PIPELINES.items()],
    })
