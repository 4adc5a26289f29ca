"""The recipe: sizes, steps, learning rates and seeds of everything that is trained. Steps are counted, never timed."""
from dataclasses import dataclass
from pathlib import Path

from network import Shape

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VOCABULARY = 1024
CONTEXT = 512
TOKENIZER_DOCUMENTS = 20000


@dataclass(frozen=True)
class Phase:
    """A part of a stage: which mixture, row length, rows a step, steps."""

    mixture: int
    length: int
    rows: int
    steps: int


@dataclass(frozen=True)
class Stage:
    """Phases under one schedule: a share of the full rates, falling along a cosine of `horizon` steps."""

    phases: tuple
    horizon: int
    strength: float

    @property
    def steps(self):
        """Steps of all phases."""
        return sum(phase.steps for phase in self.phases)


@dataclass(frozen=True)
class LanguageRecipe:
    """How one language model is trained: first short rows, then long ones with hard neighbours."""

    shape: Shape
    stages: tuple
    rate: float = 3e-3
    muon_rate: float = 0.02
    seed: int = 0


# mixture -> (row length, rows, seed)
STORED_ROWS = {1: (256, 12500, 101), 2: (256, 51000, 102), 3: (512, 7200, 103), 4: (512, 16000, 103)}
LANGUAGE = {
    "bancada-tiny": LanguageRecipe(
        Shape(VOCABULARY, 192, 6, 4, 448, CONTEXT),
        (Stage((Phase(1, 256, 16, 768), Phase(2, 256, 16, 2432)), 4800, 1.0), Stage((Phase(4, 512, 8, 2000),), 2000, 0.6)),
    ),
    "bancada-micro": LanguageRecipe(
        Shape(VOCABULARY, 128, 3, 4, 352, CONTEXT),
        (Stage((Phase(1, 256, 16, 416), Phase(2, 256, 16, 1716), Phase(3, 512, 8, 468)), 2600, 1.0),),
    ),
}


@dataclass(frozen=True)
class EncoderRecipe:
    """How an encoder is trained: `start` names the model whose weights it begins with, `miner` the embedder that finds its
    neighbours, `group` is questions a step."""

    shape: Shape
    steps: int
    rate: float
    muon_rate: float
    group: int
    start: str | None = None
    miner: str | None = None
    seed: int = 0


ENCODER = {
    "bancada-tiny-embed": EncoderRecipe(Shape(VOCABULARY, 128, 2, 4, 352, 256, causal=False), 500, 3e-3, 0.02, 64),
    "bancada-tiny-rerank-first": EncoderRecipe(Shape(VOCABULARY, 128, 3, 4, 352, 256, causal=False), 600, 2e-3, 0.01, 24, "bancada-micro"),
    "bancada-tiny-rerank": EncoderRecipe(
        Shape(VOCABULARY, 128, 3, 4, 352, 256, causal=False), 800, 2e-3, 0.01, 16, "bancada-tiny-rerank-first", "bancada-tiny-embed", seed=1
    ),
}
