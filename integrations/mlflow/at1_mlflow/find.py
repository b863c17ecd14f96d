"""Which model is meant: of a run, of the model registry of MLflow, by MLflow 3 and by MLflow 2 rules."""

import json
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Optional

from at1_mlflow.problems import ExportError

MODEL_FILE = "MLmodel"
HISTORY_TAG = "mlflow.log-model.history"
_MODEL_ID = "m-[0-9a-f]{32}"
_MOST_LISTINGS = 1000
_MOST_MODELS = 1000


@dataclass
class Found:
    client: Any
    uri: str
    """Where the files are; `path` is below it."""
    path: str = ""
    run: Any = None
    logged: Any = None
    """The logged model of MLflow 3."""
    version: Any = None
    """The version in the model registry of MLflow."""
    artifact: Optional[str] = None
    """The model's place among the artifacts of the run."""
    siblings: int = 1
    """Models of the run."""
    aliases: list = field(default_factory=list)

    def repository(self):
        return _repository(self.uri)


def parse_uri(uri):
    """What to ask `find` for, or None for a plain location, of which nothing is known but its files."""
    uri = str(uri)
    run = re.fullmatch(r"runs:/+([^/]+)(?:/(.*))?", uri)
    if run:
        return {"run": run[1], "artifact": (run[2] or "").strip("/") or None}
    if re.match(r"models:/[^/]", uri):
        return {"model": uri}
    return None


def find(run=None, model=None, artifact=None):
    import mlflow

    client = mlflow.MlflowClient()
    if run is not None:
        return _of_run(client, run, artifact)
    if model is None:
        raise ExportError("request", "neither a run nor a model is named")
    name, path = _split(re.sub(r"^models:/", "", model).rstrip("/"))
    if re.fullmatch(_MODEL_ID, name):
        return _of_logged(client, name, path)
    return _of_registry(client, name, path)


def _split(text):
    """The version of a model, and what of its files is meant: names have no slash in them."""
    parts = text.split("/")
    length = 1 if "@" in parts[0] or re.fullmatch(_MODEL_ID, parts[0]) else 2
    return "/".join(parts[:length]), "/".join(parts[length:])


@contextmanager
def mlflow_errors():
    """What MLflow says when something is not there, in our words."""
    from mlflow.exceptions import MlflowException

    try:
        yield
    except MlflowException as error:
        raise ExportError.of(error) from error


def refuse_new_store(tracking_uri):
    """MLflow makes a database or a folder that is not there; whoever imports from it mistyped."""
    match = re.fullmatch(r"(?:sqlite:///|file://)?([^:]*)", tracking_uri)
    if match and match[1] and tracking_uri not in ("databricks", "databricks-uc") and not os.path.exists(match[1]):
        raise ExportError("not-found", f"there is no tracking store at {tracking_uri}")


def _of_run(client, run_id, artifact):
    run = client.get_run(run_id)
    outputs = getattr(getattr(run, "outputs", None), "model_outputs", None) or []
    ids = list(dict.fromkeys(one.model_id for one in outputs))[:_MOST_MODELS]
    logged = [client.get_logged_model(one) for one in ids]
    found = {"client": client, "run": run, "siblings": max(1, len(logged))}
    if artifact is not None:
        return _named_in_run(found, logged, artifact)
    ready = [one for one in logged if str(getattr(one.status, "value", one.status)) in ("READY", "2")]
    paths = [] if ready else _model_folders(client, run)
    if len(ready) + len(paths) > 1:
        choices = [f"{one.model_id} ({one.name})" for one in ready] + paths
        raise ExportError("several", f"run {run_id} has several models", choices)
    if ready:
        return _logged(found, ready[0])
    if paths:
        return Found(uri=run.info.artifact_uri, path=paths[0], artifact=paths[0], **found)
    raise ExportError("not-found", f"run {run_id} has no logged model: none of its artifacts is a folder with an {MODEL_FILE} file")


def _named_in_run(found, logged, artifact):
    first, _, rest = artifact.partition("/")
    by_name = [one for one in logged if first in (one.model_id, one.name)]
    if len(by_name) > 1:
        choices = [f"{one.model_id} ({one.name})" for one in by_name]
        raise ExportError("several", f"the run has several models called {first}", choices)
    if by_name:
        return _logged(found, by_name[0], rest)
    check_path(artifact)
    return Found(uri=found["run"].info.artifact_uri, path=artifact, artifact=artifact, **found)


def _logged(found, logged, path=""):
    if path:
        check_path(path)
    artifact = f"{logged.name}/{path}" if path else logged.name
    return Found(uri=f"models:/{logged.model_id}", path=path, logged=logged, artifact=artifact, **found)


def _of_logged(client, model_id, path):
    logged = client.get_logged_model(model_id)
    run = _run_or_none(client, logged.source_run_id)
    return _logged({"client": client, "run": run, "siblings": _siblings(run)}, logged, path)


def _of_registry(client, name, path):
    if path:
        check_path(path)
    version = _version(client, name)
    run = _run_or_none(client, version.run_id)
    logged = None
    model_id = getattr(version, "model_id", None) or _model_id_in(version.source)
    if model_id:
        logged = client.get_logged_model(model_id)
        run = run or _run_or_none(client, logged.source_run_id)
    place = logged.name if logged else _place_in_run(version.source, run)
    if place and path:
        place = f"{place}/{path}"
    return Found(
        client=client,
        uri=f"models:/{version.name}/{version.version}",
        path=path,
        run=run,
        logged=logged,
        version=version,
        artifact=place,
        siblings=_siblings(run),
        aliases=sorted(str(one) for one in getattr(version, "aliases", None) or []),
    )


def _version(client, text):
    if "/" not in text and "@" in text:
        name, _, alias = text.rpartition("@")
        return client.get_model_version_by_alias(name, alias)
    name, slash, which = text.rpartition("/")
    if not slash or not name or not which:
        raise ExportError("request", f"not a version of a model: {text!r}; write NAME/VERSION or NAME@ALIAS")
    if which.isdigit():
        return client.get_model_version(name, which)
    # Stages of MLflow 2, and the word latest.
    stages = None if which.lower() == "latest" else [which]
    versions = client.get_latest_versions(name, stages)
    if not versions:
        raise ExportError("not-found", f"model {name} has no version in {which}")
    return client.get_model_version(name, str(max(int(one.version) for one in versions)))


def _model_id_in(source):
    match = re.fullmatch(rf"models:/+({_MODEL_ID})", source or "")
    return match and match[1]


def _place_in_run(source, run):
    root = run.info.artifact_uri.rstrip("/") + "/" if run else None
    return source[len(root) :].strip("/") or None if root and source and source.startswith(root) else None


def _run_or_none(client, run_id):
    """A model outlives its run: the files are still there, and what else is known of it."""
    from mlflow.exceptions import MlflowException

    if not run_id:
        return None
    try:
        return client.get_run(run_id)
    except MlflowException as error:
        if error.error_code == "RESOURCE_DOES_NOT_EXIST":
            return None
        raise


def _siblings(run):
    outputs = getattr(getattr(run, "outputs", None), "model_outputs", None) or []
    return max(1, len({one.model_id for one in outputs}))


def _model_folders(client, run):
    """Folders with a model in them: those the run says it logged, else whatever is found by looking."""
    repository = _repository(run.info.artifact_uri)
    said = _said_paths(run.data.tags.get(HISTORY_TAG))
    held = [path for path in said if _names(repository, path).get(MODEL_FILE) is False]
    if held:
        return held
    found, waiting, listings = [], [""], 0
    while waiting:
        path = waiting.pop(0)
        listings += 1
        if listings > _MOST_LISTINGS:
            raise ExportError("several", f"the run has more than {_MOST_LISTINGS} folders to look into")
        names = _names(repository, path)
        if names.get(MODEL_FILE) is False:
            found.append(path)
            continue
        waiting += [f"{path}/{name}" if path else name for name in sorted(names) if names[name]]
    return sorted(found)


def _said_paths(history):
    try:
        paths = [one["artifact_path"] for one in json.loads(history or "[]")]
    except (ValueError, TypeError, KeyError):
        return []
    # The same path logged again is one model.
    return [path for path in dict.fromkeys(paths) if isinstance(path, str) and is_path(path)]


def _names(repository, path):
    """Names in a folder, with whether they are folders."""
    return {name: info.is_dir for name, info in children(repository, path)}


def children(repository, path):
    """Of a folder, by name. A store that answers with anything else than names in that folder is not believed."""
    start = f"{path}/" if path else ""
    for info in repository.list_artifacts(path or None):
        if info.path in (path, "."):
            continue
        name = info.path[len(start) :] if info.path.startswith(start) else info.path
        if not info.path.startswith(start) or "/" in name or not is_path(name):
            raise ExportError("unsafe", f"the store names an artifact {info.path!r} in the folder {path!r}: nothing was taken")
        yield name, info


def check_path(path):
    if not is_path(path):
        raise ExportError("unsafe", f"not the path of an artifact: {path!r}")


def is_path(path):
    """Relative, with forward slashes, and with no way out of its folder on any system."""
    if not path or re.search(r"[\\:\x00-\x1f\x7f]", path):
        return False
    return not any(part in ("", ".", "..") for part in path.split("/"))


def _repository(uri):
    from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

    return get_artifact_repository(uri)
