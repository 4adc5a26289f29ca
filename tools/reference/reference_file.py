"""Writes one reference file: the cases, the command that made them and the packages they came from."""

import json
import platform
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "core" / "reference"
COMMAND = "python tools/reference/make.py"


def packages(*names):
    """`name version` of each package; `python` is the interpreter itself."""
    return [f"CPython {platform.python_version()}" if name == "python" else f"{name} {version(name)}" for name in names]


def write(name, source, cases):
    """One line a case, so that a change shows as the lines it touches."""
    head = json.dumps({"made_by": COMMAND, "source": source}, ensure_ascii=False)[:-1]
    parts = [f"{json.dumps(key)}: {_lines(value)}" for key, value in cases.items()]
    text = head + ",\n" + ",\n".join(parts) + "\n}\n"
    json.loads(text)
    (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")
    print(f"{name}.json: {sum(len(value) if isinstance(value, list) else 1 for value in cases.values())} cases")


def _lines(cases):
    if not isinstance(cases, list):
        return json.dumps(cases, ensure_ascii=False, allow_nan=False)
    return "[\n" + ",\n".join(json.dumps(case, ensure_ascii=False, allow_nan=False) for case in cases) + "\n]"
