"""The byte-level BPE tokenizer: learnt on the training mixture, written as tokenizer.json.

Pre-tokenizer: every digit alone, then GPT-2's pattern; llama.cpp knows the same one as 'smollm'."""
import json
import random

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers

import facts
import mixture

SPECIAL = ["<bos>", "<eos>", "<|im_start|>", "<|im_end|>"]
BOS, EOS, IM_START, IM_END = range(4)


def training_text(seed, count):
    """Documents of the second phase without special tokens, and every fact as a sentence."""
    r = random.Random(seed)
    for _ in range(count):
        yield from "".join("\x00" if text in SPECIAL else text for text, _ in mixture.document(r, 2)).split("\x00")
    for kind, row in facts.ALL * 10:
        for language in (0, 1):
            yield facts.statement(r, facts.ask(r, kind, row, language, 0))


def learn(size, seed=1, count=25000):
    """A tokenizer of `size` tokens."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=size, special_tokens=SPECIAL, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False)
    tokenizer.train_from_iterator(training_text(seed, count), trainer)
    use_template(tokenizer, "<bos> $A", "<bos> $A $B")
    check_merges(tokenizer)
    return tokenizer


def check_merges(tokenizer):
    """No merge may cross a digit or a newline, so that every engine's pre-tokenizer gives the same ids."""
    for merge in json.loads(tokenizer.to_str())["model"]["merges"]:
        joined = "".join(merge)
        if any(c in "0123456789Ċ" for c in joined) or "Ġ" in joined[1:]:
            raise ValueError(f"merge {merge!r} crosses a digit, a newline or a space")


def use_template(tokenizer, single, pair):
    """Sets what encode() puts around one text and around a pair."""
    tokenizer.post_processor = processors.TemplateProcessing(single=single, pair=pair, special_tokens=[("<bos>", BOS), ("<eos>", EOS)])


class Codec:
    """Ids of segments without any template; keeps the ids of words it has seen."""

    def __init__(self, path):
        self.tokenizer = Tokenizer.from_file(str(path))
        self.special = {token: index for index, token in enumerate(SPECIAL)}

    def ids(self, text):
        """Token ids of a text; special tokens in it are parsed."""
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def segments(self, texts):
        """Token ids of many segments at once."""
        return [e.ids for e in self.tokenizer.encode_batch_fast(texts, add_special_tokens=False)]

    def text(self, ids):
        """The text of ids, special tokens written out."""
        return self.tokenizer.decode(ids, skip_special_tokens=False)
