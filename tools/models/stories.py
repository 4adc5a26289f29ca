"""Short stories from sentence forms, in English and Portuguese."""
from attributes import COLOURS, FOODS, MATERIALS, THINGS
from names import name

FORMS = (
    [
        ["One day {a} went to {p} to find a {c} {t}.", "Once upon a time {a} lived in {p} and wanted a {c} {t}."],
        ["The {t} was very old.", "The {t} was made of {m}.", "Nobody had seen the {t} for years."],
        ["{a} met {b} near the river.", "On the road {a} saw {b}."],
        ['"Hello, {b}," said {a}.', '"Where is the {c} {t}?" asked {a}.'],
        ["{b} gave {a} some {f}.", "They ate {f} and talked all night."],
        ["They walked to {p} and found the {c} {t}.", "{b} showed {a} the {c} {t} of {p}."],
        ["In the end {a} and {b} were happy.", "{a} and {b} went home as friends."],
    ],
    [
        ["Um dia {a} foi a {p} buscar algo {c}.", "Era uma vez {a}, que morava em {p}."],
        ["Era de {m} e muito velho.", "Era feito de {m} e ninguém sabia onde estava."],
        ["{a} encontrou {b} perto do rio.", "No caminho {a} viu {b}."],
        ['"Olá, {b}", disse {a}.', '"Para onde vamos?", perguntou {a}.'],
        ["{b} deu {f} para {a}.", "Os dois comeram {f} e conversaram a noite toda."],
        ["Andaram até {p} e acharam a obra de {m}.", "{b} mostrou a {a} o caminho de {p}."],
        ["No fim {a} e {b} ficaram felizes.", "{a} e {b} voltaram para casa como amigos."],
    ],
)


def story(r, held=False, language=None):
    """One story of about six sentences."""
    language = r.randrange(2) if language is None else language
    pick = lambda pairs: r.choice(pairs)[language]
    cast = dict(a=name(r, held), b=name(r, held), p=name(r, held), c=pick(COLOURS), t=pick(THINGS), f=pick(FOODS), m=pick(MATERIALS))
    return " ".join(r.choice(forms).format(**cast) for index, forms in enumerate(FORMS[language]) if index in (0, 6) or r.random() < 0.85)
