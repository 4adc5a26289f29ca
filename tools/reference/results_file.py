"""The results file that lm_eval itself writes, and what its own readers make of one of ours:
`python tools/reference/results_file.py EXPORTED.json` -> core/reference/lm-eval/results.json

EXPORTED.json is the run of core/reference/lm-eval/suite.yaml: `npm run bancada -- run core/reference/lm-eval/suite.yaml --limit 10 --out r.sqlite`,
then `npm run bancada -- export r.sqlite --format lm-eval -o EXPORTED.json`."""

import json
import sys
import tempfile
from pathlib import Path

import datasets
import yaml
from lm_eval import simple_evaluate
from lm_eval.loggers import EvaluationTracker
from lm_eval.loggers.wandb_logger import WandbLogger
from lm_eval.tasks import TaskManager
from lm_eval.utils import make_table

from reference_file import FOLDER, packages

DATA = FOLDER.parents[1] / "data"
LIMIT = 10


def task(name):
    """A task file as lm_eval reads it; its data are named by path, from the repository's folder."""
    config = yaml.safe_load((DATA / "tasks" / f"{name}.yaml").read_text(encoding="utf-8"))
    config.pop("bancada", None)
    files = {split: f"data/datasets/{config['dataset_path']}/{split}.jsonl" for split in ("train", "test")}
    return {**config, "dataset_path": "json", "dataset_kwargs": {"data_files": files}}


def written(names):
    """What lm_eval writes about its own `dummy` model: random scores, real keys."""
    with tempfile.TemporaryDirectory() as folder:
        tracker = EvaluationTracker(output_path=folder)
        out = simple_evaluate("dummy", model_args="pretrained=dummy", tasks=[task(name) for name in names], limit=LIMIT,
                              task_manager=TaskManager(include_defaults=False), evaluation_tracker=tracker)
        samples = out.pop("samples")
        tracker.save_results_aggregated(results=out, samples=samples)
        [file] = Path(folder).glob("*/results_*.json")
        return json.loads(file.read_text(encoding="utf-8"))


def read(file):
    """Our file through lm_eval's readers: its table, its wandb logger's values, and `datasets`, as its metadata card opens it."""
    document = json.loads(Path(file).read_text(encoding="utf-8"))
    logger = WandbLogger.__new__(WandbLogger)
    logger.post_init(document)
    _, values = logger._sanitize_results_dict()
    with tempfile.TemporaryDirectory() as cache:
        [row] = datasets.load_dataset("json", data_files=file, split="train", cache_dir=cache)["results"]
    if row != document["results"]:
        raise ValueError("datasets reads other results")
    return {"results": document["results"], "table": make_table(document).splitlines(), "wandb": values}


def main(file):
    """Writes the reference file."""
    suite = yaml.safe_load((FOLDER / "lm-eval" / "suite.yaml").read_text(encoding="utf-8"))
    reference = {"made_by": "python tools/reference/results_file.py EXPORTED.json", "source": packages("lm_eval", "datasets", "python"),
                 "limit": LIMIT, "written": written(suite["tasks"]), "read": read(file)}
    (FOLDER / "lm-eval" / "results.json").write_text(json.dumps(reference, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print("\n".join(reference["read"]["table"]))


if __name__ == "__main__":
    main(sys.argv[1])
