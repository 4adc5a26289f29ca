"""The fixed facts of the training world: rows of (English item, English answer, Portuguese item, Portuguese answer)."""


def _rows(listing):
    return [tuple(cell.strip() for cell in row.split("|")) for row in listing.strip().split("\n")]


def _group(english, portuguese, listing):
    pairs = (pair.split("=") for pair in listing.split(","))
    return [(a.strip(), english, b.strip(), portuguese) for a, b in pairs]


COLOUR = _rows("""grass|green|a grama|verde
the sky|blue|o céu|azul
snow|white|a neve|branco
coal|black|o carvão|preto
blood|red|o sangue|vermelho
a lemon|yellow|o limão|amarelo
an orange|orange|a laranja|laranja
chocolate|brown|o chocolate|marrom
a plum|purple|a ameixa|roxo
a flamingo|pink|o flamingo|rosa
an elephant|grey|o elefante|cinza
milk|white|o leite|branco
a leaf|green|a folha|verde
the sea|blue|o mar|azul
a crow|black|o corvo|preto
a tomato|red|o tomate|vermelho
a banana|yellow|a banana|amarelo
a carrot|orange|a cenoura|laranja
coffee|brown|o café|marrom
a grape|purple|a uva|roxo
a pig|pink|o porco|rosa
ash|grey|a cinza|cinza
rice|white|o arroz|branco
a frog|green|o sapo|verde
night|black|a noite|preto
a rose|red|a rosa|vermelho
the sun|yellow|o sol|amarelo
a pumpkin|orange|a abóbora|laranja
wood|brown|a madeira|marrom
a whale|blue|a baleia|azul
salt|white|o sal|branco
a cucumber|green|o pepino|verde
a strawberry|red|o morango|vermelho
corn|yellow|o milho|amarelo
a bear|brown|o urso|marrom
a mouse|grey|o rato|cinza
an eggplant|purple|a berinjela|roxo
a tyre|black|o pneu|preto""")
OPP = _rows("""hot|cold|quente|frio
big|small|grande|pequeno
fast|slow|rápido|lento
high|low|alto|baixo
open|closed|aberto|fechado
new|old|novo|velho
happy|sad|feliz|triste
light|dark|claro|escuro
full|empty|cheio|vazio
hard|soft|duro|macio
strong|weak|forte|fraco
wet|dry|molhado|seco
rich|poor|rico|pobre
early|late|cedo|tarde
near|far|perto|longe
clean|dirty|limpo|sujo
long|short|longo|curto
thick|thin|grosso|fino
heavy|light|pesado|leve
loud|quiet|barulhento|quieto
good|bad|bom|ruim
up|down|acima|abaixo
inside|outside|dentro|fora
day|night|dia|noite
first|last|primeiro|último
win|lose|ganhar|perder
buy|sell|comprar|vender
push|pull|empurrar|puxar
start|stop|começar|parar
love|hate|amor|ódio
war|peace|guerra|paz
true|false|verdadeiro|falso
young|aged|jovem|idoso
sweet|bitter|doce|amargo
easy|difficult|fácil|difícil
wide|narrow|largo|estreito
safe|dangerous|seguro|perigoso
always|never|sempre|nunca
above|below|sobre|sob
left|right|esquerda|direita""")
CAT = (_group("animal", "animal", "dog=cachorro,cat=gato,horse=cavalo,cow=vaca,sheep=ovelha,lion=leão,tiger=tigre,rabbit=coelho,goat=cabra,wolf=lobo")
       + _group("bird", "ave", "sparrow=pardal,eagle=águia,duck=pato,hen=galinha,owl=coruja,parrot=papagaio,swan=cisne,dove=pomba")
       + _group("fruit", "fruta", "apple=maçã,pear=pera,mango=manga,peach=pêssego,cherry=cereja,melon=melão,pineapple=abacaxi,guava=goiaba")
       + _group("tool", "ferramenta", "hammer=martelo,saw=serra,drill=furadeira,wrench=chave,shovel=pá,axe=machado,pliers=alicate,screwdriver=fenda")
       + _group("vehicle", "veículo", "car=carro,bus=ônibus,train=trem,boat=barco,plane=avião,bicycle=bicicleta,truck=caminhão,tram=bonde")
       + _group("instrument", "instrumento", "piano=piano,guitar=violão,drum=tambor,flute=flauta,violin=violino,harp=harpa,trumpet=trompete,cello=violoncelo")
       + _group("furniture", "móvel", "table=mesa,chair=cadeira,bed=cama,sofa=sofá,shelf=estante,desk=escrivaninha,wardrobe=armário,bench=banco")
       + _group("garment", "roupa", "shirt=camisa,skirt=saia,coat=casaco,sock=meia,hat=chapéu,glove=luva,dress=vestido,scarf=cachecol")
       + _group("metal", "metal", "iron=ferro,gold=ouro,silver=prata,copper=cobre,tin=estanho,lead=chumbo,zinc=zinco,nickel=níquel")
       + _group("insect", "inseto", "ant=formiga,bee=abelha,fly=mosca,moth=mariposa,beetle=besouro,wasp=vespa,cricket=grilo,mosquito=pernilongo"))
USE = _rows("""a knife|cut|uma faca|cortar
a pen|write|uma caneta|escrever
a broom|sweep|uma vassoura|varrer
a needle|sew|uma agulha|costurar
an oven|bake|um forno|assar
a bell|ring|um sino|tocar
a lamp|shine|uma lâmpada|iluminar
a camera|photograph|uma câmera|fotografar
a ladder|climb|uma escada|subir
a soap|wash|um sabão|lavar
a spoon|stir|uma colher|mexer
a brush|paint|um pincel|pintar
a key|unlock|uma chave|destrancar
a rope|tie|uma corda|amarrar
a scale|weigh|uma balança|pesar
a clock|tell time|um relógio|ver as horas
a book|read|um livro|ler
a ruler|measure|uma régua|medir
a fan|cool|um leque|refrescar
a phone|call|um telefone|ligar""")
FACTS = {"colour": COLOUR, "opposite": OPP, "category": CAT, "use": USE}
