"""The training text: documents as lists of (text, loss weight), drawn from the mixture of each phase.

A segment border is always a border of the pre-tokenizer too, so segments may be encoded one by one. A document may start
with <bos>; special tokens stand in segments of their own."""
import arithmetic
import facts
import prompts
from names import name
from passages import passage
from stories import story

PASSAGE, ASKED, ANSWERED = 0.3, 0.1, 1.0
LONG = (3, 4, 5, 5, 6, 6, 7)
END = ("<eos>", ANSWERED)


def labels(r, language, phase):
    """The language of the labels around a text: in the long rows Portuguese now and then stands under English ones."""
    return 0 if language == 1 and phase >= 3 and r.random() < 0.25 else language


def close_neighbours(r, language, count):
    """Passages as a retriever finds them: mostly the same kind, so that several speak of what is asked."""
    first = passage(r, language, sentences=r.choice(LONG))
    out = [first]
    for _ in range(count - 1):
        like = first if r.random() < 0.3 else None
        kind = first.kind if r.random() < 0.75 else None
        out.append(passage(r, 1 - language if r.random() < 0.1 else language, like=like, kind=kind, sentences=r.choice(LONG)))
    return out


def passages_for(r, language, count, sentences=None, held=False):
    """A first passage in that language and its neighbours: some hard, some in the other language, some cut or in two parts."""
    first = passage(r, language, held, sentences=sentences)
    out = [first]
    for _ in range(count - 1):
        other = 1 - language if r.random() < 0.2 else language
        out.append(passage(r, other, held, like=first if r.random() < 0.35 else None, sentences=sentences))
    return out


def written(r, one):
    """The text of a passage as a chunk: now and then in two paragraphs, or with the tail of another before it."""
    text = one.text
    z = r.random()
    if z < 0.06:
        text = text.replace(". ", ".\n\n", 1)
    elif z < 0.10:
        text = " ".join(passage(r, one.language, sentences=2).text.split()[-r.randint(2, 8):]) + " " + text
    return text


def glued(r, texts):
    """Now and then two of the texts as one chunk of two paragraphs."""
    if len(texts) > 2 and r.random() < 0.2:
        return [f"{texts[0]}\n\n{texts[1]}"] + texts[2:]
    return texts


def reading(r, count, asked, unknown, sentences=None, language=None, close=False):
    """-> (language, chunk texts, [(question, answer)]); the first question is unanswerable when `unknown`."""
    language = r.randrange(2) if language is None else language
    found = close_neighbours(r, language, count) if close else passages_for(r, language, count, sentences)
    questions = [(q.text, q.answer) for p in found if p.language == language for q in p.questions]
    chosen = r.sample(questions, min(asked, len(questions)))
    if unknown:
        like = found[0] if r.random() < 0.5 else None
        chosen[0] = (r.choice(passage(r, language, like=like).questions).text, prompts.UNKNOWN[language])
    r.shuffle(found)
    texts = [written(r, p) for p in found]
    return language, glued(r, texts) if close else texts, chosen


def answered(shape, pairs):
    """Segments of a shape's head, then each question with its answer on lines of their own."""
    segments = [(shape.head, PASSAGE)] if shape.head else []
    for index, (question, answer) in enumerate(pairs):
        segments += [(("\n\n" if index else "") + shape.asked(question), ASKED), (" " + answer, ANSWERED)]
    return segments


def finish(r, segments):
    """Ends a document: <eos> after the answer, or a newline before it."""
    return segments + ([("\n", ANSWERED), END] if r.random() < 0.5 else [END])


def reading_document(r, phase):
    """Passages, questions and answers in one of the prompt shapes."""
    count = 1 if phase == 1 else r.choice((1, 2, 3, 3, 3) if phase == 2 else (2, 3, 3, 3, 3, 4, 5))
    unknown = phase > 1 and r.random() < 0.08
    sentences = r.choice((2, 3, 3, 4, 5)) if phase < 3 else None
    language, texts, pairs = reading(r, count, r.choice((2, 3, 4)), unknown, sentences, close=phase == 4)
    return finish(r, answered(prompts.any_shape(r, labels(r, language, phase), texts), pairs))


def few_shot_document(r, phase):
    """One to five solved examples before the last one, parted by blank lines."""
    language, shots = r.randrange(2), r.choice((2, 3, 4)) if phase >= 3 else 2
    segments = []
    for index in range(shots):
        _, texts, pairs = reading(r, r.choice((1, 1, 2)), 1, False, r.choice((2, 3)), language)
        part = answered(prompts.standard(language, texts), pairs)
        segments += [("\n\n" + part[0][0], PASSAGE)] + part[1:] if index else part
    return finish(r, segments)


def arithmetic_document(r, phase):
    """One problem, or several as shots."""
    language = r.choice((0, 0, 1))
    problems = [arithmetic.problem(r) for _ in range(r.choice((1, 2, 6, 12)))]
    return finish(r, answered(prompts.standard(language), [(p + "?", s) for p, s in problems]))


def fact_document(r, phase):
    """Open questions on facts, a few in a row."""
    language = r.randrange(2)
    found = [facts.fact(r, language) for _ in range(r.choice((1, 2, 4, 6)))]
    return finish(r, answered(prompts.standard(labels(r, language, phase)), [(f.question, f.answer) for f in found]))


def statement_document(r, phase):
    """Facts as sentences."""
    language = r.randrange(2)
    text = " ".join(facts.statement(r, facts.fact(r, language)) for _ in range(r.choice((1, 3, 5))))
    return [(text, ANSWERED), END]


def options_document(r, phase):
    """Questions with their options written out; the answer is the text of one."""
    language = r.randrange(2)
    label = ("Options:", "Opções:")[language]
    pairs = []
    for _ in range(r.choice((1, 2, 3))):
        one = facts.fact(r, language)
        options = one.wrong + [one.answer]
        r.shuffle(options)
        pairs.append((f"{one.question}\n{label} {', '.join(options)}", one.answer))
    return finish(r, answered(prompts.standard(labels(r, language, phase)), pairs))


def story_document(r, phase):
    """One short story."""
    return [(story(r), PASSAGE), END]


def abstention_document(r, phase):
    """A question on an unknown entity without any passage."""
    language = r.randrange(2)
    pairs = [(r.choice(passage(r, language).questions).text, prompts.UNKNOWN[language])]
    return finish(r, answered(prompts.standard(labels(r, language, phase)), pairs))


def turns(messages):
    """ChatML segments of (role, content) pairs; only the assistant's words weigh fully."""
    segments = []
    for role, content in messages:
        weight = ANSWERED if role == "assistant" else PASSAGE if len(content) > 120 else ASKED
        segments += [("<|im_start|>", ASKED), (role + "\n", ASKED), (content, weight), ("<|im_end|>", weight), ("\n", ASKED)]
    return segments


def chat_reading(r, phase):
    """A chat on passages: the first user message holds them, later ones may ask again."""
    count = 1 if phase == 1 else r.choice((1, 2, 3, 3))
    sentences = r.choice((2, 3, 3, 4)) if phase < 3 else None
    language, texts, pairs = reading(r, count, r.choice((1, 2, 3)), phase > 1 and r.random() < 0.08, sentences, close=phase == 4)
    written_in = labels(r, language, phase)
    shape = prompts.standard(written_in, texts) if r.random() < 0.7 else prompts.any_shape(r, written_in, texts)
    ask = shape.asked if r.random() < 0.5 else shape.question_only
    messages = []
    for index, (question, answer) in enumerate(pairs):
        messages += [("user", (shape.head if index == 0 else "") + ask(question)), ("assistant", answer)]
    return language, messages


def chat_short(r):
    """A chat without passages: problems, facts, names, unknown entities."""
    z, language = r.random(), r.randrange(2)
    if z < 0.15:
        own = name(r)
        pair = (f"Hello, my name is {own}. What is my name?", f"Your name is {own}.") if language == 0 else (f"Olá, meu nome é {own}. Qual é o meu nome?", f"Seu nome é {own}.")
        return language, [("user", pair[0]), ("assistant", pair[1])]
    messages = []
    for _ in range(r.choice((1, 2, 4))):
        if z < 0.60:
            question, answer = arithmetic.problem(r)
            question += "?"
        elif z < 0.93:
            one = facts.fact(r, language)
            question, answer = one.question, one.answer
        else:
            question, answer = r.choice(passage(r, language).questions).text, prompts.UNKNOWN[language]
        shape = prompts.standard(language)
        form = r.choice((shape.question_only, shape.asked, str))
        messages += [("user", form(question)), ("assistant", answer)]
    return language, messages


def chat_document(r, phase):
    """A chat in ChatML."""
    language, messages = chat_reading(r, phase) if r.random() < 0.68 else chat_short(r)
    if r.random() < 0.15:
        messages.insert(0, ("system", r.choice(prompts.SYSTEMS[language])))
    return turns(messages) + [END]


# share of each kind of document in phases 1 to 4
SHARES = {
    "reading": (0.58, 0.40, 0.40, 0.42), "few_shot": (0.0, 0.03, 0.07, 0.05), "chat": (0.12, 0.17, 0.20, 0.26), "arithmetic": (0.10, 0.17, 0.13, 0.13),
    "fact": (0.10, 0.11, 0.09, 0.05), "statement": (0.05, 0.03, 0.02, 0.01), "options": (0.02, 0.03, 0.03, 0.02), "story": (0.03, 0.03, 0.03, 0.03),
    "abstention": (0.0, 0.03, 0.03, 0.03),
}
KINDS = list(SHARES)
WRITERS = {
    "reading": reading_document, "few_shot": few_shot_document, "chat": chat_document, "arithmetic": arithmetic_document, "fact": fact_document,
    "statement": statement_document, "options": options_document, "story": story_document, "abstention": abstention_document,
}


def document(r, phase):
    """One document of that phase (1: one passage, dense questions; 2: everything; 3: everything, long;
    4: everything, long, with close neighbours)."""
    kind = r.choices(KINDS, [SHARES[k][phase - 1] for k in KINDS])[0]
    body = WRITERS[kind](r, phase)
    start = [] if kind == "chat" and r.random() < 0.25 else [("<bos>", 0.0)]
    return start + body
