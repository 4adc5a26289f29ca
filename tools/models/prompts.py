"""The prompt shapes: how passages, questions and answers are written down. Index 0 is English, 1 Portuguese."""
QUESTION, ANSWER, CONTEXT = ("Question:", "Pergunta:"), ("Answer:", "Resposta:"), ("Context:", "Contexto:")
SHORT_QUESTION, SHORT_ANSWER, DOCUMENT = ("Q:", "P:"), ("A:", "R:"), ("Document", "Documento")
UNKNOWN = ("I do not know.", "Não sei.")
INSTRUCTIONS = (
    ["Answer the question using only the passages below. Be brief.", "Use the context to answer the question.", "Read the passages and answer.", "Answer briefly from the context. If the answer is not there, say that you do not know."],
    ["Responda à pergunta usando apenas os textos abaixo. Seja breve.", "Use o contexto para responder à pergunta.", "Leia os textos e responda.", "Responda com poucas palavras. Se a resposta não estiver no contexto, diga que não sabe."],
)
SYSTEMS = (["You are a helpful assistant.", "Answer briefly."], ["Você é um assistente útil.", "Responda com poucas palavras."])


class Shape:
    """One way of writing a context and its questions."""

    def __init__(self, head, question, answer):
        self.head, self._question, self._answer = head, question, answer

    def asked(self, question):
        """The question's line and the answer's label: the text that the answer follows."""
        return f"{self._question} {question}\n{self._answer}"

    def question_only(self, question):
        """The question's line alone."""
        return f"{self._question} {question}"


def standard(language, texts=()):
    """The product's default prompt: numbered passages under 'Context:'."""
    head = CONTEXT[language] + "\n" + "".join(f"[{i + 1}] {t}\n" for i, t in enumerate(texts)) if texts else ""
    return Shape(head, QUESTION[language], ANSWER[language])


def blank_lines(language, texts, label=True):
    """Passages apart by blank lines, without numbers."""
    head = (CONTEXT[language] + "\n" if label else "") + "\n\n".join(texts) + "\n\n"
    return Shape(head, QUESTION[language], ANSWER[language])


def plain_lines(language, texts):
    """Passages one a line, without numbers or label."""
    return Shape("\n".join(texts) + "\n", QUESTION[language], ANSWER[language])


def documents(language, texts):
    """'Document n:' with short labels."""
    head = "".join(f"{DOCUMENT[language]} {i + 1}: {t}\n" for i, t in enumerate(texts))
    return Shape(head, SHORT_QUESTION[language], SHORT_ANSWER[language])


def short_labels(language, texts):
    """Numbered passages with short labels."""
    head = "".join(f"[{i + 1}] {t}\n" for i, t in enumerate(texts)) + "\n"
    return Shape(head, SHORT_QUESTION[language], SHORT_ANSWER[language])


def instructed(r, language, texts):
    """An instruction sentence, then one of the other shapes."""
    inner = r.choice((standard, standard, blank_lines, documents))(language, texts)
    inner.head = r.choice(INSTRUCTIONS[language]) + r.choice(("\n", "\n\n")) + inner.head
    return inner


def any_shape(r, language, texts):
    """A shape drawn as training weighs them; the default prompt is the most frequent."""
    z = r.random()
    if z < 0.56:
        return standard(language, texts)
    if z < 0.70:
        return instructed(r, language, texts)
    if z < 0.78:
        return blank_lines(language, texts)
    if z < 0.83:
        return blank_lines(language, texts, label=False)
    if z < 0.87:
        return plain_lines(language, texts)
    if z < 0.95:
        return documents(language, texts)
    return short_labels(language, texts)
