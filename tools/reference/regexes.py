"""What Python's re finds: findall and sub of patterns as task files hold them."""

import re

from reference_file import packages, write

PATTERNS = [
    r"#### (\-?[0-9\.\,]+)", r"(-?[$0-9.,]{2,})|(-?[0-9]+)", r"(?i)the answer is \(?([A-D])\)?", r"(?s)<answer>(.*?)</answer>", r"\((A|B|C|D)\)",
    r"answer is \(?([ABCDEFGHIJ])\)?", r"[^\W\d_]+", r"\b(a|an|the)\b", r"\w+", r"\d+", r"\s+", r"\S+", r"[\w-]+", r"[\d.,]+", r"^.*$", r"(?m)^.*$", r"x$",
    r"\Aone", r"end\Z", r"(?P<first>\w)(?P=first)", r"a{,2}b", r"{a}", r"[]x]+", r"[^]x]", r"[!\"',:&&#%@~`=<>;-]+", r"[\x41-\x5a]+", r"\"(.*?)\"", r"\$",
    r"(?<=The answer is )(.*)(?=\.)", r"(?:yes|no)", r"(\d+)\.?$", r"[-+]?\d*\.\d+|\d+", r".", r"\.", r"(?#note)one", r"\Bn", r"[\b]", r"\u00e9", r"[À-ÿ]+",
    r"(?is)final.answer", r"[A-Z][a-z]+", r"[a\-z]+", r"[\W_]+", r"\\boxed\{([^}]*)\}", r"[(\[{]", r"a|", r"()", r"\/", r"[/]",
]
TEXTS = [
    "", "one two\nthe end", "So 3*4=12.\n#### 12", "#### -1,234.50 apples", "It costs $1,234.50 or -7", "The answer is (b).", "the answer is C",
    "<answer>4\n2</answer> tail", "São Paulo é água 12 x_y", "aab {a} ]x]x x", "x\n", "x\r\ny\u2028z", "\"quoted\" 'single', a:b && #1 50% @me ~`=<>;-",
    "ABC-def_42 book", "Final\nAnswer: \\boxed{42}", "١٢ devanagari ४२ ²", "a-z /path [x] (y)", "end", "banana\x08", "日本語 テスト😀",
]


def make():
    cases = []
    for pattern in PATTERNS:
        regex = re.compile(pattern)
        found = [[index, [m.group(0) for m in regex.finditer(text)], regex.sub("", text)] for index, text in enumerate(TEXTS) if regex.search(text)]
        cases.append({"pattern": pattern, "found": found})
    write("regexes", packages("python"), {"texts": TEXTS, "patterns": cases})
