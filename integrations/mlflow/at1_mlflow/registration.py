"""A model that MLflow has logged becomes a signed version of a registry: at1 import mlflow, and at1 promote where a stage is named."""

import json
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass

from at1_mlflow.child import Refusal
from at1_mlflow.export import export
from at1_mlflow.find import parse_uri
from at1_mlflow.problems import ExportError
from at1_mlflow.program import find_program


@dataclass(frozen=True)
class Registration:
    reference: str
    """The version: model/fraud-detector@1.0.1."""
    state: str
    """registered; unchanged, where `name` has a version and the same bytes are there; or of a stage: effective, pending, or unchanged where it is there."""
    next_step: str
    """What to run so that others have it."""
    commit: str


def register(model_uri, name, stage=None, registry=None, reason=None):
    """Registers a model (runs:/…, models:/… or a location) as the next version of `name`, in the registry of the current
    folder or of `registry`: all of its files, and except for a plain location what MLflow knows of it, as `at1 import mlflow`
    takes it over. From at1:// the files are verified on the way. Raises Refusal with the code of at1; what an
    artifact store refuses keeps its own exception, and for a plain location so does what MLflow raises.
    """
    for word in (name, stage):
        if word is not None and not re.match(r"[^-\s]", str(word)):
            raise Refusal("usage/name", f"not a name: {word!r} [usage/name]")
    where = [] if registry is None else [f"--registry={registry}"]
    with tempfile.TemporaryDirectory(prefix="at1-mlflow-") as folder:
        done = _import(model_uri, name, folder, where)
    if stage is None:
        return Registration(done["ref"], done["state"], "at1 push", done["commit"])
    said = reason or f"registered from {model_uri}"
    event = _run("promote", done["ref"], stage, f"--reason={said}", *where)
    if event["state"] == "pending":
        step = f"git push -u origin {event['branch']}, then open a pull request"
    else:
        step = "at1 push"
    # What was in the stage already is no new commit.
    return Registration(done["ref"], event["state"], step, event["commit"] or done["commit"])


def _import(model_uri, name, folder, where):
    query = parse_uri(model_uri)
    if query is None:
        # Only files: nothing says which run they are of.
        import mlflow

        local = mlflow.artifacts.download_artifacts(artifact_uri=model_uri, dst_path=folder)
        return _run("register", name, local, *where)
    try:
        document = export(folder, **query)
    except ExportError as error:
        hint = f"name one of {', '.join(error.choices)}" if error.choices else None
        raise Refusal(error.code, f"{error} [{error.code}]", hint) from error
    said = os.path.join(folder, "document.json")
    with open(said, "w", encoding="ascii") as file:
        json.dump(document, file)
    files = os.path.join(folder, "model", document["model"]["file"] or "")
    return _run("import", "mlflow", name, "--document", said, "--files", files, *where)["registered"]


def _run(*words):
    ran = subprocess.run([*find_program(), *words, "--json"], capture_output=True, text=True)
    try:
        said = json.loads(ran.stdout)
    except ValueError:
        raise Refusal("internal/unexpected", ran.stderr.strip() or f"at1 ended with {ran.returncode}") from None
    if ran.returncode != 0:
        error = said["error"]
        raise Refusal(error["code"], f"{error['message']} [{error['code']}]", error.get("hint"))
    return said
