"""The document of an exported model: docs/format/mlflow-document.md. Values as MLflow gives them; what they mean is for at1."""

import math
import os
import re
import sys
from urllib.parse import urlsplit

from at1_mlflow.find import MODEL_FILE, is_path
from at1_mlflow.problems import ExportError, plain

_LARGEST_TEXT = 256 * 1024
_LARGEST_MODEL_FILE = 4 * 1024 * 1024
_SERVER = re.compile(r"https?://[A-Za-z0-9.:\[\]_-]{1,255}(/[A-Za-z0-9._~%,;=+!*'()&$-]{1,255}){0,7}")
_TEXTS = ("requirements.txt", "conda.yaml")


def document(found, target, file):
    import mlflow

    from at1_mlflow.export import PROTOCOL

    run, logged = found.run, found.logged
    tracking_uri = mlflow.get_tracking_uri()
    params = dict(run.data.params) if run else {}
    params.update(getattr(logged, "params", None) or {})
    return {
        "document": PROTOCOL,
        "server": _server(tracking_uri),
        "run": _run(found) if run else None,
        "params": _texts(params),
        "metrics": {plain(name): _number(value) for name, value in _metrics(found).items()},
        "tags": _texts(run.data.tags if run else {}),
        "datasets": _datasets(run),
        "model": {
            "id": plain(logged.model_id) if logged else None,
            "name": plain(logged.name) if logged else None,
            "artifact": plain(found.artifact) if found.artifact else None,
            "file": file,
            "tags": _texts(getattr(logged, "tags", None) or {}),
            **_model_file(target if file is None else None),
        },
        "registered": _registered(found) if found.version else None,
    }


def _run(found):
    info = found.run.info
    return {
        "id": plain(info.run_id),
        "name": plain(info.run_name) if info.run_name else None,
        "experiment_id": plain(info.experiment_id),
        "experiment": _experiment(found.client, info.experiment_id),
        "status": plain(info.status),
        "started": info.start_time,
        "ended": info.end_time,
    }


def _experiment(client, experiment_id):
    experiment = client.get_experiment(experiment_id)
    return plain(experiment.name) if experiment else None


def _server(tracking_uri):
    """Where people find it, without what lets one in; None for a database or a folder, whose place says nothing elsewhere."""
    parts = urlsplit(tracking_uri)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host = parts.netloc.rpartition("@")[2]
    server = f"{parts.scheme}://{host}{parts.path.rstrip('/')}"
    # An address of another form would be no link; the run is then named without it.
    return server if _SERVER.fullmatch(server) else None


def _metrics(found):
    """The latest of the run; where it has several models, those of this one come first."""
    metrics = dict(found.run.data.metrics) if found.run else {}
    latest = {}
    for one in getattr(found.logged, "metrics", None) or []:
        before = latest.get(one.key)
        if before is None or (one.step, one.timestamp) >= (before.step, before.timestamp):
            latest[one.key] = one
    for key, one in latest.items():
        if found.siblings > 1 or key not in metrics:
            metrics[key] = math.nan if _is_nan(found.client, one) else one.value
    return metrics


def _is_nan(client, metric):
    """MLflow's SQL store keeps NaN of a logged model as 0; the run's own history still knows."""
    if metric.value != 0 or not getattr(metric, "run_id", None):
        return math.isnan(metric.value)
    history = client.get_metric_history(metric.run_id, metric.key)
    same = [one for one in history if (one.step, one.timestamp) == (metric.step, metric.timestamp)]
    return any(math.isnan(one.value) for one in same)


def _number(value):
    value = float(value)
    if math.isnan(value):
        return "nan"
    # MLflow's SQL store keeps infinity as the largest number there is.
    if abs(value) >= sys.float_info.max:
        return "inf" if value > 0 else "-inf"
    return value


def _datasets(run):
    inputs = getattr(getattr(run, "inputs", None), "dataset_inputs", None) or []
    return [
        {
            "name": plain(one.dataset.name),
            "digest": plain(one.dataset.digest),
            "source_type": plain(one.dataset.source_type or ""),
            "source": plain(one.dataset.source or ""),
            "profile": plain(one.dataset.profile or ""),
            "context": next((plain(tag.value) for tag in one.tags if tag.key == "mlflow.data.context"), ""),
        }
        for one in inputs
    ]


def _registered(found):
    version = found.version
    return {
        "name": plain(version.name),
        "version": plain(version.version),
        "description": plain(version.description) if version.description else None,
        "aliases": [plain(one) for one in found.aliases],
        "tags": _texts(version.tags or {}),
    }


def _model_file(folder):
    """What the MLmodel file says, and the files it names, as far as they are texts."""
    nothing = {"flavors": {}, "logged_with": None, "signature": None, "texts": [], "input_example": None}
    if folder is None or not os.path.isfile(os.path.join(folder, MODEL_FILE)):
        return nothing
    said = _yaml(os.path.join(folder, MODEL_FILE))
    example = said.get("saved_input_example_info")
    path = example.get("artifact_path") if isinstance(example, dict) else None
    return {
        "flavors": {plain(name): _version_of(name, value) for name, value in _mapping(said.get("flavors")).items()},
        "logged_with": plain(said["mlflow_version"]) if said.get("mlflow_version") else None,
        "signature": _signature(said.get("signature")),
        "texts": [one for one in (_text(folder, name) for name in _TEXTS) if one],
        "input_example": _text(folder, path) if isinstance(path, str) and is_path(path) else None,
    }


def _yaml(path):
    import yaml

    with open(path, "rb") as file:
        content = file.read(_LARGEST_MODEL_FILE + 1)
    if len(content) > _LARGEST_MODEL_FILE:
        raise ExportError("failed", f"the {MODEL_FILE} file has more than {_LARGEST_MODEL_FILE} bytes")
    try:
        said = yaml.safe_load(content)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ExportError("failed", f"the {MODEL_FILE} file cannot be read: {error}") from None
    return _mapping(said)


def _mapping(value):
    return value if isinstance(value, dict) else {}


def _version_of(name, flavor):
    versions = {key: value for key, value in _mapping(flavor).items() if re.search("version$", str(key))}
    own = versions.get(f"{name}_version", versions.get(min(versions, key=str)) if versions else None)
    return plain(own) if isinstance(own, (str, int, float)) else ""


def _signature(said):
    parts = {name: _mapping(said).get(name) for name in ("inputs", "outputs", "params")}
    # Texts of JSON, in every version of MLflow that wrote one; anything else could unfold without end.
    texts = {name: plain(value) if isinstance(value, str) else None for name, value in parts.items()}
    return texts if any(texts.values()) else None


def _text(folder, path):
    """A file of the model; without its text where that is long or none."""
    local = os.path.join(folder, *path.split("/"))
    if os.path.islink(local) or not os.path.isfile(local):
        return None
    size = os.path.getsize(local)
    text = None
    if size <= _LARGEST_TEXT:
        with open(local, "rb") as file:
            try:
                text = file.read().decode("utf-8")
            except UnicodeDecodeError:
                pass
    return {"path": plain(path), "size": size, "text": text}


def _texts(values):
    return {plain(name): plain(value) for name, value in dict(values).items()}
