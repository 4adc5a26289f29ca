"""Strings that are hard for tokenizers: accents, emoji, line ends, scripts, text that looks like special tokens."""
import random

FIXED = [
    "", " ", "  ", "   ", "\n", "\n\n", "\n\n\n", "\t", "\r\n", "\r", " \n", "\n ", "  two  spaces ", "a\n\nb", "tabs\there\t\tx", "line\r\nend ", "one\r\n\r\ntwo",
    "I'm you're we'll DON'T it's", "O'Neil's 'quoted'", "12345 6,789.01 -7", "R$ 1.234,56", "3.14159e-10", "٣٤٥", "½ ² ³ Ⅷ", "１２３", "ação, coração; não é?", "naïve café — “aspas” … ½ ²",
    "日本語 テスト 中文", "한국어 문장", "Привет, мир!", "Ελληνικά", "עברית", "العربية ١٢٣", "हिन्दी", "ไทย", "emoji 🙂👩‍👩‍👧 ok", "👍🏽👍🏿", "🏳️‍🌈🇧🇷🇵🇹", "Ünïcödé ÇÃÕ", "e\u0301 combining",
    "\u00e9 composed", "\u00a0nbsp\u00a0x", "zero\u200bwidth", "soft\u00adhyphen", "\ufeffbom", "\u2028line\u2029paragraph", "\u3000wide space", "x=1;y+=2 // code()", "<b>html</b> &amp;", '{"json": [1, 2.5, null]}',
    "a" * 40, "á" * 30, "0" * 30, " " * 20, "\n" * 12, "??!!...", "   \n  \n x", "trailing   ", "[1] [2]\n[3]", "http://example.com/a?b=c&d=1", "--- ***\n\n\n# T", "|---|---|", "C:\\path\\file", "\\n not a newline",
    "<im_start>", "<|im_start", "|im_end|>", "< |im_end|>", "<|IM_END|>", "<|endoftext|>", "<s></s>", "< bos>", "<eos", "eos>", "<|im_end|", "<unk>", "[INST] x [/INST]",
    "<bos>", "<eos>", "<|im_start|>", "<|im_end|>", "<|im_start|>user\nHi 5<|im_end|>\n<|im_start|>assistant\n", "a<eos>b", " <bos> ", "<eos><eos>", "x <|im_end|> y", "<|im_start|>system\nação 🙂<|im_end|>\n",
    "Question: What colour is snow?\nAnswer:", "Pergunta: 12+30?\nResposta:", "Context:\n[1] A.\n[2] B.\nQuestion: Who?\nAnswer:", "don't can't won't", "'s 't 're", "A.B.C. U.S.A.", "snake_case camelCase", "100% of €50 or £40", "a,b;c:d", "(nested [brackets {here}])",
    "1 2 3", "1\n2\n3", "2026-11-23T21:40:00Z", "+55 (11) 98765-4321", "mixed123abc456", "10x²+3", "α≤β≠γ", "→ ⇒ ↔", "\u0001\u0002\u007f", "café\tcrème\r\nbrûlée",
]
PIECES = [" ", "\n", "\r\n", "\t", "ã", "é", "ç", "ß", "ñ", "🙂", "中", "の", "Ж", "ع", "0", "7", "42", "'s", "'LL", "--", "...", "?", "\"", "<", "|", "\u00a0", "\u0301", "Zor", "vani", "the", " que", " de", "Answer:", "\n\n", "  ", "€", "ﬁ", "\u200d"]


def mixed(r):
    """Random pieces glued together."""
    return "".join(r.choice(PIECES) for _ in range(r.randint(1, 24)))


def strings(r, ordinary, count):
    """`count` different strings: the fixed ones, glued pieces, and excerpts of ordinary text cut anywhere."""
    found = list(dict.fromkeys(FIXED))
    while len(found) < count:
        text = mixed(r) if r.random() < 0.4 else ordinary(r)
        start = r.randint(0, max(0, len(text) // 2))
        text = text[start : start + r.randint(1, 160)]
        if text not in found:
            found.append(text)
    return found
