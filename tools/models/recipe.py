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
    """A part of a training run: which mixture, row length, rows a step, share of all steps."""

    mixture: int
    length: int
    rows: int
    share: float


@dataclass(frozen=True)
class LanguageRecipe:
    """How one language model is trained."""

    shape: Shape
    steps: int
    rate: float
    muon_rate: float
    phases: tuple
    seed: int = 0


PHASES = (Phase(1, 256, 16, 0.16), Phase(2, 256, 16, 0.66), Phase(3, 512, 8, 0.18))
STORED_ROWS = {1: 12500, 2: 51000, 3: 7200}
LANGUAGE = {
    "bancada-tiny": LanguageRecipe(Shape(VOCABULARY, 192, 6, 4, 448, CONTEXT), 4800, 3e-3, 0.02, PHASES),
    "bancada-micro": LanguageRecipe(Shape(VOCABULARY, 128, 3, 4, 352, CONTEXT), 2600, 3e-3, 0.02, PHASES),
}


@dataclass(frozen=True)
class EncoderRecipe:
    """How an encoder is trained: `start` names the model whose weights it begins with, `group` is questions a step."""

    shape: Shape
    steps: int
    rate: float
    muon_rate: float
    group: int
    start: str | None = None
    seed: int = 0


ENCODER = {
    "bancada-tiny-embed": EncoderRecipe(Shape(VOCABULARY, 128, 2, 4, 352, 256, causal=False), 1500, 3e-3, 0.02, 64),
    "bancada-tiny-rerank": EncoderRecipe(Shape(VOCABULARY, 128, 3, 4, 352, 256, causal=False), 1100, 2e-3, 0.01, 24, "bancada-micro"),
}
