"""What passages say of invented people, places and things: statements and questions in English and Portuguese.

{e} is the entity, {v} the value, {x} a pet. Index 0 is English, 1 is Portuguese. A value kind is a list of words or one
of: name, person, age, year, weight, count."""


def words(listing):
    """'en=pt,en=pt' as pairs."""
    return [tuple(pair.split("=")) for pair in listing.split(",")]


JOBS = words("baker=padeiro,doctor=médico,teacher=professor,farmer=fazendeiro,painter=pintor,singer=cantor,pilot=piloto,lawyer=advogado,tailor=alfaiate,sailor=marinheiro,miner=mineiro,cook=cozinheiro,judge=juiz,writer=escritor,dancer=dançarino,gardener=jardineiro,carpenter=carpinteiro,nurse=enfermeiro,clerk=escriturário,hunter=caçador")
COLOURS = words("green=verde,blue=azul,white=branco,black=preto,red=vermelho,yellow=amarelo,orange=laranja,brown=marrom,purple=roxo,pink=rosa,grey=cinza")
FOODS = words("bread=pão,soup=sopa,cheese=queijo,rice=arroz,fish=peixe,cake=bolo,beans=feijão,honey=mel,pasta=massa,salad=salada,eggs=ovos,apples=maçãs")
MATERIALS = words("wood=madeira,iron=ferro,glass=vidro,stone=pedra,gold=ouro,silver=prata,paper=papel,clay=barro,leather=couro,copper=cobre")
PRODUCTS = words("wine=vinho,clocks=relógios,cheese=queijo,carpets=tapetes,boats=barcos,paper=papel,glass=vidro,salt=sal,knives=facas,tea=chá,shoes=sapatos,bells=sinos")
THINGS = words("machine=máquina,ship=nave,sword=espada,lamp=lâmpada,statue=estátua,tower=torre,bridge=ponte,ring=joia,flute=flauta,car=carroça")
PETS = words("dog=cachorro,cat=gato,horse=cavalo,parrot=papagaio,goat=bode,rabbit=coelho")
MONTHS = words("January=janeiro,March=março,April=abril,May=maio,June=junho,July=julho,August=agosto,October=outubro,November=novembro")

ATTRIBUTES = {
    "person": {
        "home": ("name", (["{e} lives in {v}.", "The home of {e} is in {v}.", "{e} has a house in {v}."], ["{e} mora em {v}.", "{e} vive em {v}.", "A casa de {e} fica em {v}."]), (["Where does {e} live?", "In which town does {e} live?"], ["Onde mora {e}?", "Em que cidade vive {e}?"])),
        "born": ("name", (["{e} was born in {v}.", "{e} comes from {v}."], ["{e} nasceu em {v}.", "{e} veio de {v}."]), (["Where was {e} born?", "Where does {e} come from?"], ["Onde nasceu {e}?", "De onde veio {e}?"])),
        "job": (JOBS, (["{e} works as a {v}.", "The job of {e} is {v}."], ["{e} trabalha como {v}.", "A profissão de {e} é {v}."]), (["What is the job of {e}?", "What does {e} work as?"], ["Qual é a profissão de {e}?", "Em que trabalha {e}?"])),
        "age": ("age", (["{e} is {v} years old.", "The age of {e} is {v}."], ["{e} tem {v} anos.", "A idade de {e} é {v}."]), (["How old is {e}?", "What is the age of {e}?"], ["Quantos anos tem {e}?", "Qual é a idade de {e}?"])),
        "colour": (COLOURS, (["{e} likes the colour {v}.", "The favourite colour of {e} is {v}."], ["{e} gosta da cor {v}.", "A cor favorita de {e} é {v}."]), (["Which colour does {e} like?", "What is the favourite colour of {e}?"], ["De que cor gosta {e}?", "Qual é a cor favorita de {e}?"])),
        "friend": ("person", (["The best friend of {e} is {v}.", "{e} is a friend of {v}."], ["O melhor amigo de {e} é {v}.", "{e} tem amizade com {v}."]), (["Who is the best friend of {e}?", "Who is a friend of {e}?"], ["Quem é o melhor amigo de {e}?", "Com quem {e} tem amizade?"])),
        "food": (FOODS, (["{e} likes to eat {v}.", "The favourite food of {e} is {v}."], ["{e} gosta de comer {v}.", "A comida favorita de {e} é {v}."]), (["What does {e} like to eat?", "What is the favourite food of {e}?"], ["O que {e} gosta de comer?", "Qual é a comida favorita de {e}?"])),
        "pet": ("name", (["{e} has a {x} named {v}.", "The {x} of {e} is called {v}."], ["{e} tem um {x} chamado {v}.", "O {x} de {e} se chama {v}."]), (["What is the name of the {x} of {e}?", "What is the {x} of {e} called?"], ["Como se chama o {x} de {e}?", "Qual é o nome do {x} de {e}?"])),
    },
    "place": {
        "region": ("name", (["{e} is a town in {v}.", "{e} lies in {v}."], ["{e} é uma cidade de {v}.", "{e} fica em {v}."]), (["Where is {e}?", "In which region is {e}?"], ["Onde fica {e}?", "Em que região fica {e}?"])),
        "river": ("name", (["The river of {e} is called {v}.", "The river {v} crosses {e}."], ["O rio de {e} se chama {v}.", "O rio {v} cruza {e}."]), (["What is the river of {e} called?", "Which river crosses {e}?"], ["Como se chama o rio de {e}?", "Que rio cruza {e}?"])),
        "mayor": ("person", (["The mayor of {e} is {v}.", "{e} has a mayor named {v}."], ["O prefeito de {e} é {v}.", "{e} tem um prefeito chamado {v}."]), (["Who is the mayor of {e}?", "What is the name of the mayor of {e}?"], ["Quem é o prefeito de {e}?", "Como se chama o prefeito de {e}?"])),
        "year": ("year", (["{e} was founded in {v}.", "People founded {e} in {v}."], ["{e} foi fundada em {v}.", "A fundação de {e} foi em {v}."]), (["When was {e} founded?", "In which year was {e} founded?"], ["Quando foi fundada {e}?", "Em que ano foi fundada {e}?"])),
        "famous": (PRODUCTS, (["{e} is famous for its {v}.", "People in {e} make {v}."], ["{e} é famosa por {v}.", "O povo de {e} faz {v}."]), (["What is {e} famous for?", "What do people in {e} make?"], ["Por que {e} é famosa?", "O que faz o povo de {e}?"])),
        "feast": (MONTHS, (["{e} has a feast in {v}.", "The feast of {e} is in {v}."], ["{e} tem uma festa em {v}.", "A festa de {e} é em {v}."]), (["When is the feast of {e}?", "In which month is the feast of {e}?"], ["Quando é a festa de {e}?", "Em que mês é a festa de {e}?"])),
        "schools": ("count", (["{e} has {v} schools.", "There are {v} schools in {e}."], ["{e} tem {v} escolas.", "Há {v} escolas em {e}."]), (["How many schools does {e} have?", "How many schools are in {e}?"], ["Quantas escolas tem {e}?", "Quantas escolas há em {e}?"])),
    },
    "thing": {
        "maker": ("person", (["{e} was built by {v}.", "The maker of {e} is {v}."], ["{e} foi obra de {v}.", "Quem fez {e} foi {v}."]), (["Who built {e}?", "Who is the maker of {e}?"], ["Quem fez {e}?", "De quem é a obra {e}?"])),
        "material": (MATERIALS, (["{e} is made of {v}.", "The material of {e} is {v}."], ["{e} é de {v}.", "O material de {e} é {v}."]), (["What is {e} made of?", "What is the material of {e}?"], ["De que é feita {e}?", "Qual é o material de {e}?"])),
        "colour": (COLOURS, (["{e} has a {v} colour.", "The colour of {e} is {v}."], ["{e} tem cor {v}.", "A cor de {e} é {v}."]), (["What colour is {e}?", "What is the colour of {e}?"], ["Que cor tem {e}?", "Qual é a cor de {e}?"])),
        "kept": ("name", (["{e} is kept in {v}.", "{e} can be seen in {v}."], ["{e} está em {v}.", "{e} pode ser vista em {v}."]), (["Where is {e} kept?", "Where can {e} be seen?"], ["Onde está {e}?", "Onde pode ser vista {e}?"])),
        "weight": ("weight", (["{e} weighs {v} kilos.", "The weight of {e} is {v} kilos."], ["{e} pesa {v} quilos.", "O peso de {e} é {v} quilos."]), (["How many kilos does {e} weigh?", "What is the weight of {e}?"], ["Quantos quilos pesa {e}?", "Qual é o peso de {e}?"])),
        "owner": ("person", (["{e} belongs to {v}.", "The owner of {e} is {v}."], ["{e} pertence a {v}.", "O dono de {e} é {v}."]), (["Who owns {e}?", "Who is the owner of {e}?"], ["A quem pertence {e}?", "Quem é o dono de {e}?"])),
        "made": ("year", (["{e} dates from {v}.", "People finished {e} in {v}."], ["{e} data de {v}.", "O povo terminou {e} em {v}."]), (["In which year was {e} finished?", "When was {e} finished?"], ["De que ano é {e}?", "Quando foi terminada {e}?"])),
    },
}

FILLERS = (
    ["Many people know this.", "It is an old story.", "That was a long time ago.", "The people there are kind.", "Everybody talks about it.", "Nothing else is known."],
    ["Muita gente sabe disso.", "É uma história antiga.", "Isso foi há muito tempo.", "O povo dali é gentil.", "Todos falam disso.", "Nada mais se sabe."],
)
