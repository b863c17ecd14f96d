"""A whole MLflow: experiments, models, and a server in front. Left out where only mlflow-skinny is installed."""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

import at1_mlflow
from at1_mlflow.child import Refusal
from at1_mlflow.program import find_program
from serving import fitted, tracking_server

mlflow = pytest.importorskip("mlflow")
pytest.importorskip("sklearn", reason="needs the whole of mlflow and scikit-learn")
pytest.importorskip("sqlalchemy", reason="needs the whole of mlflow")


@pytest.fixture
def experiment(store):
    mlflow.set_tracking_uri(os.environ["MLFLOW_TRACKING_URI"])
    return mlflow.create_experiment("fraud", artifact_location=f"at1://{store}")


def plain_files(store):
    return [p for p in store.rglob("*") if p.is_file() and p.suffix != ".at1" and ".at1-ledger" not in p.parts]


def test_a_run_logs_and_gives_back(experiment, store, write, tmp_path):
    with mlflow.start_run(experiment_id=experiment) as run:
        mlflow.log_artifact(write("report.txt", "good"))
        mlflow.log_dict({"auc": 0.93}, "metrics/auc.json")
        mlflow.log_text("hello", "notes/hello.txt")
    run_id = run.info.run_id
    assert run.info.artifact_uri in (f"at1://{store}/{run_id}/artifacts", f"at1:{store}/{run_id}/artifacts")
    listed = [info.path for info in mlflow.MlflowClient().list_artifacts(run_id)]
    assert listed == ["metrics", "notes", "report.txt"]
    assert Path(mlflow.artifacts.download_artifacts(run_id=run_id, artifact_path="report.txt")).read_text() == "good"
    assert mlflow.artifacts.load_dict(f"{run.info.artifact_uri}/metrics/auc.json") == {"auc": 0.93}
    assert mlflow.artifacts.load_text(f"runs:/{run_id}/notes/hello.txt") == "hello"
    got = mlflow.artifacts.download_artifacts(artifact_uri=f"runs:/{run_id}/metrics", dst_path=str(tmp_path))
    assert sorted(os.listdir(got)) == ["auc.json"]
    assert plain_files(store) == []


def test_a_model_is_logged_registered_and_loaded(experiment, store):
    import sklearn

    model = fitted()
    with mlflow.start_run(experiment_id=experiment):
        info = mlflow.sklearn.log_model(model, name="model", registered_model_name="fraud", input_example=[[1.0]])
    for uri in (info.model_uri, "models:/fraud/1"):
        assert list(mlflow.sklearn.load_model(uri).predict([[0.0], [3.0]])) == [0, 1]
    assert list(mlflow.pyfunc.load_model(info.model_uri).predict([[0.0], [3.0]])) == [0, 1]
    assert sklearn.__version__ and plain_files(store) == []


def test_a_tampered_model_is_not_loaded(experiment, store):
    with mlflow.start_run(experiment_id=experiment):
        good = mlflow.sklearn.log_model(fitted(), name="good")
        other = mlflow.sklearn.log_model(fitted(), name="other", input_example=[[1.0]])
    models = {p.parent.name: p for p in (store / "models").glob("*/artifacts")}
    weights = next(models[good.model_id].glob("model.*.at1"))
    swapped = next(models[other.model_id].glob("*example*.at1"))
    weights.write_bytes(swapped.read_bytes())
    with pytest.raises(mlflow.exceptions.MlflowException, match="ledger names"):
        mlflow.sklearn.load_model(good.model_uri)


def test_a_logged_model_becomes_a_version(fresh, experiment, store, tmp_path, monkeypatch):
    registry = tmp_path / "registry"
    for words in (["key", "generate"], ["init", str(registry)]):
        subprocess.run([*find_program(), *words], check=True, capture_output=True)
    with mlflow.start_run(experiment_id=experiment):
        info = mlflow.sklearn.log_model(fitted(), name="model")
    done = at1_mlflow.register(info.model_uri, "model/fraud-detector", registry=registry)
    assert (done.reference.split("@")[0], done.state, done.next_step) == ("model/fraud-detector", "registered", "at1 push")
    monkeypatch.chdir(registry)
    again = at1_mlflow.register(info.model_uri, done.reference, stage="staging")
    assert (again.reference, again.state) == (done.reference, "effective")
    third = at1_mlflow.register(info.model_uri, done.reference, stage="staging")
    assert (third.reference, third.state, third.commit) == (done.reference, "unchanged", done.commit)
    shown = json.loads(
        subprocess.run([*find_program(), "show", "fraud-detector:staging", "--json"], check=True, capture_output=True).stdout
    )
    assert done.reference in json.dumps(shown)
    with pytest.raises(Refusal, match="usage/"):
        at1_mlflow.register(info.model_uri, "model/NOT A NAME")
    weights = next((store / "models").glob("*/artifacts/model.*.at1"))
    weights.write_bytes(weights.read_bytes()[:-1])
    with pytest.raises(mlflow.exceptions.MlflowException, match="refused"):
        at1_mlflow.register(info.model_uri, "model/fraud-detector")


def test_traces(experiment):
    mlflow.set_experiment(experiment_id=experiment)

    @mlflow.trace
    def work(x):
        return x + 1

    assert work(1) == 2
    mlflow.flush_trace_async_logging() if hasattr(mlflow, "flush_trace_async_logging") else None
    trace = mlflow.get_trace(mlflow.get_last_active_trace_id())
    assert [span.name for span in trace.data.spans] == ["work"]


def test_behind_a_server_that_proxies(store, write, tmp_path):
    with tracking_server(tmp_path, f"at1://{store}") as url:
        mlflow.set_tracking_uri(url)
        client = mlflow.MlflowClient(url)
        with mlflow.start_run(experiment_id=client.create_experiment("served")) as run:
            mlflow.log_artifact(write("a", "1"))
            mlflow.log_artifact(write("zero", ""), "in")
            mlflow.log_artifact(write("b", "2"), "in/deep")
            info = mlflow.sklearn.log_model(fitted(), name="model")
        run_id = run.info.run_id
        assert [(one.path, one.is_dir) for one in client.list_artifacts(run_id)][:2] == [("a", False), ("in", True)]
        assert [one.path for one in client.list_artifacts(run_id, "in")] == ["in/deep", "in/zero"]
        assert client.list_artifacts(run_id, "a") == []
        assert Path(client.download_artifacts(run_id, "in/deep/b", str(tmp_path))).read_text() == "2"
        assert list(mlflow.sklearn.load_model(info.model_uri).predict([[0.0], [3.0]])) == [0, 1]
        assert plain_files(store) == []
        assert list(store.rglob("a.at1")) and (store / ".at1-ledger").is_dir()
        stored = next(store.rglob("b.at1"))
        stored.write_bytes(next(store.rglob("a.at1")).read_bytes())
        began = time.monotonic()
        with pytest.raises(mlflow.exceptions.MlflowException, match="Failed to download"):
            client.download_artifacts(run_id, "in/deep/b", str(tmp_path))
        # Not one of the errors that clients repeat for minutes.
        assert time.monotonic() - began < 20
