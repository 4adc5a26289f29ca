"""Scores of single items by lm_eval's process_results and by SQuAD's formula."""

from random import Random

from lm_eval.api.metrics import exact_match_hf_evaluate
from lm_eval.tasks.longbench import metrics as longbench

from harness import task
from reference_file import packages, write

WORDS = ["yes", "no", "São Paulo", "maçã", "日本語", "😀 smile", "a", "the long way around", "Zürich", "e\u0301", "naïve café", "42"]


def choice_items():
    rng = Random(20261123)
    items = []
    for index in range(120):
        choices = rng.sample(WORDS, rng.choice([2, 3, 4, 5]))
        likelihoods = [round(-rng.expovariate(0.15), 3) for _ in choices]
        if index % 7 == 0:
            likelihoods[-1] = likelihoods[0] = max(likelihoods)
        gold = rng.randrange(len(choices)) if index % 11 else len(choices) + index % 3
        items.append({"choices": choices, "lls": likelihoods, "greedy": [rng.random() < 0.4 for _ in choices],
                      "unconditional": [round(-rng.expovariate(0.15), 3) for _ in choices], "gold": [gold]})
    for index in range(40):
        choices = rng.sample(WORDS, 4)
        items.append({"choices": choices, "lls": [round(-rng.expovariate(0.15), 3) for _ in choices],
                      "greedy": [rng.random() < 0.4 for _ in choices], "unconditional": None,
                      "gold": sorted(rng.sample(range(5 if index % 5 == 0 else 4), 2))})
    return items


def multiple_choice():
    """Several right choices, and scores with unconditional likelihoods, need a task of their own: lm_eval decides by its first row."""
    names = ["acc", "acc_norm", "acc_bytes", "exact_match"]
    cases = []
    for item in choice_items():
        several = len(item["gold"]) > 1
        metrics = names if several else [*names, "acc_mutual_info"]
        row = {"q": "?", "c": item["choices"], "g": item["gold"] if several else item["gold"][0]}
        first = {"q": "?", "c": item["choices"], "g": [0, 1] if several else 0}
        harness = task({"test": [first]}, output_type="multiple_choice", test_split="test", doc_to_text="q", doc_to_choice="c",
                       doc_to_target="g", metric_list=[{"metric": name} for name in metrics])
        results = list(zip(item["lls"], item["greedy"]))
        if not several:
            results += [(ll, False) for ll in item["unconditional"]]
        scores = harness.process_results(row, results)
        cases.append({**item, "scores": {name: float(scores[name]) for name in metrics}})
    return cases


def loglikelihood():
    harness = task({"test": [{"q": "a", "t": "b"}]}, output_type="loglikelihood", test_split="test", doc_to_text="q", doc_to_target="t",
                   metric_list=[{"metric": "perplexity"}, {"metric": "acc"}])
    return [{"ll": ll, "greedy": greedy, "scores": harness.process_results({"q": "a", "t": "b"}, [(ll, greedy)])}
            for ll, greedy in ((-1.5, False), (-0.01, True), (-300.25, False))]


def rolling():
    texts = ["one two  three", " leading and trailing ", "", "São Paulo é grande.\n\nFim.", "日本語の 文", "tab\tnew\nline\u00a0nbsp\u2003em",
             "\x1cseparator\x1f \x85next", "zero\u200bwidth \ufeffbom", "word"]
    harness = task({"test": [{"t": "x"}]}, output_type="loglikelihood_rolling", test_split="test", doc_to_text="", doc_to_target="{{t}}",
                   metric_list=[{"metric": name} for name in ("word_perplexity", "byte_perplexity", "bits_per_byte")])
    return [{"text": text, "ll": -12.25, "scores": {name: list(score) for name, score in
                                                   harness.process_results({"t": text}, (-12.25,)).items()}} for text in texts]


def exact_match():
    pairs = [("Paris", "Paris"), ("paris", "Paris"), ("Paris.", "Paris"), ("$1,234", "1234"), ("1,234", "1234"), ("Room 12", "Room 7"),
             ("#### 42", "42"), ("A. B!", "a b"), ("ÉCOLE", "école"), ("“quoted”", "quoted"), ("x", ""), ("", ""), ("١٢", "12"),
             ("the answer", "answer"), ("9.5\n", "9.5"), ("ΟΔΟΣ", "οδος"), ("tab\there", "tabhere")]
    options = [{}, {"ignore_case": True}, {"ignore_punctuation": True}, {"ignore_numbers": True},
               {"ignore_case": True, "ignore_punctuation": True, "ignore_numbers": True},
               {"regexes_to_ignore": [",", "\\$", "(?s).*#### ", "\\.$"]}, {"regexes_to_ignore": ["[\\s]+"], "ignore_case": True},
               {"regexes_to_ignore": ["\\bthe\\b\\s*"], "ignore_case": True, "ignore_punctuation": True}]
    return [{"answer": answer, "target": target, "options": given,
             "score": float(exact_match_hf_evaluate(predictions=[answer], references=[target], **given)["exact_match"])}
            for given in options for answer, target in pairs]


def several_targets():
    harness = task({"test": [{"q": "?", "t": ["a", "b"]}]}, output_type="generate_until", test_split="test", doc_to_text="q", doc_to_target="t",
                   metric_list=[{"metric": "exact_match", "ignore_case": True}])
    return [{"answer": answer, "targets": targets, "score": float(harness.process_results({"q": "?", "t": targets}, [answer])["exact_match"])}
            for answer, targets in (("a", ["a", "b"]), ("B", ["a", "b"]), ("c", ["a", "b"]), ("c", ["c"]), ("", ["a", "", "b"]))]


def squad():
    cases = [("The Eiffel Tower", ["Eiffel Tower", "the tower"]), ("in  Paris, France!", ["Paris"]), ("a an the", ["the"]), ("", [""]),
             ("baía a norte", ["baía norte"]), ("há a água", ["ha agua", "há água"]), ("an apple a day", ["apple day", "day apple"]),
             ("one one two", ["one two two"]), ("completely wrong", ["right"]), ("U.S.A.", ["USA"]), ("forty-two", ["forty two", "42"]),
             ("theatre", ["the theatre"]), ("“the” answer", ["answer"]), ("A\u00a0B\u2003C", ["b c"]), ("a_the b", ["b"]), ("the²", ["²"]),
             ("e\u0301a the", ["éa"]), ("São Paulo is the largest city", ["São Paulo", "largest city of Brazil"]), ("", ["x"]), ("x", [""])]
    return [{"answer": answer, "targets": targets,
             "em": float(max(longbench.normalize_answer(answer) == longbench.normalize_answer(target) for target in targets)),
             "f1": float(max(longbench.qa_f1_score(answer, target) for target in targets))} for answer, targets in cases]


def make():
    write("scores", packages("lm_eval", "numpy", "python"), {
        "multiple_choice": multiple_choice(), "loglikelihood": loglikelihood(), "rolling": rolling(), "exact_match": exact_match(),
        "several_targets": several_targets(), "squad": squad(),
    })
