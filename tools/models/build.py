"""Makes the bundled models and data from nothing: `python3 tools/models/build.py`.

Each stage is left out when its output exists; `--work FOLDER` says where the intermediate files lie (default
tools/models/.work). Training takes about an hour and a half on two cores: the larger model beside the three small ones."""
import argparse
import os
import subprocess
import sys
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
LANGUAGE = ("bancada-tiny", "bancada-micro")
SHIPPED = ("bancada-tiny", "bancada-micro", "bancada-tiny-embed", "bancada-tiny-rerank")
SMALL = ("bancada-micro", "bancada-tiny-embed", "bancada-tiny-rerank-first", "bancada-tiny-rerank")
# One thread each, sleeping instead of spinning; big blocks stay with the process instead of going back to the system.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE", "KMP_BLOCKTIME": "0",
    "MALLOC_MMAP_THRESHOLD_": "1073741824", "MALLOC_TRIM_THRESHOLD_": "8589934592", "MALLOC_TOP_PAD_": "268435456",
}


def python(work):
    """The interpreter of the virtual environment, made when it is missing."""
    binary = work / "venv" / "bin" / "python"
    if not binary.exists():
        venv.create(work / "venv", with_pip=True)
        subprocess.run([binary, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], check=True)
    return binary


def stage(work, binary, output, script, *arguments):
    """Runs a script unless its output is there."""
    if output.exists():
        print(f"kept: {output.name}", flush=True)
        return
    print(f"runs: {script} {' '.join(map(str, arguments))}", flush=True)
    subprocess.run([binary, HERE / script, *map(str, arguments)], check=True, env=os.environ | ENVIRONMENT)


def training(work, binary):
    """The larger language model beside the three small networks."""

    def chain(names):
        for name in names:
            script = "train_lm.py" if name in LANGUAGE else "train_encoder.py"
            stage(work, binary, work / f"{name}.pt", script, name, work)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(chain, ["bancada-tiny"]), pool.submit(chain, SMALL)]:
            done.result()


def main(work):
    """Every stage in order."""
    work.mkdir(parents=True, exist_ok=True)
    binary = python(work)
    stage(work, binary, work / "rows4.w.npy", "prepare.py", work)
    always = work / "never kept"
    stage(work, binary, always, "datasets.py")
    stage(work, binary, always, "check_heldout.py", "--work", work)
    training(work, binary)
    stage(work, binary, work / "scores.json", "evaluate.py", "--work", work)
    for name in SHIPPED:
        stage(work, binary, always, "export.py", name, work)
    stage(work, binary, always, "cards.py", "--work", work)
    stage(work, binary, always, "references.py", "--work", work)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--work", type=Path, default=HERE / ".work")
    try:
        main(options.parse_args().work.resolve())
    except subprocess.CalledProcessError as failure:
        sys.exit(f"stage failed: {' '.join(map(str, failure.cmd))}")
