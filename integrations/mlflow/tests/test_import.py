"""`at1 import mlflow` and `at1_mlflow.register`, with the real MLflow, its stores and its server, and the real at1."""

import filecmp
import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import at1_mlflow
from at1_mlflow import describe
from at1_mlflow.child import Refusal
from at1_mlflow.download import download
from at1_mlflow.find import parse_uri
from at1_mlflow.problems import ExportError
from at1_mlflow.program import find_program
from serving import fitted, free_port, tracking_server

mlflow = pytest.importorskip("mlflow")
pytest.importorskip("sklearn", reason="needs the whole of mlflow and scikit-learn")
pytest.importorskip("sqlalchemy", reason="needs the whole of mlflow")
pd = pytest.importorskip("pandas")
tomllib = pytest.importorskip("tomllib", reason="a TOML reader of somebody else")


class Cli:
    def __init__(self, folder, environment):
        self.folder = folder
        self.environment = environment

    def start(self, *words, **more):
        pipe = subprocess.PIPE
        return subprocess.Popen([*find_program(), *words], cwd=self.folder, env=self.environment, stdout=pipe, stderr=pipe, **more)

    def fails(self, exit_code, code, *words):
        process = self.start(*words, "--json")
        out, err = process.communicate()
        assert process.returncode == exit_code, (out, err)
        error = json.loads(out)["error"]
        assert error["code"] == code, error
        return error

    def __call__(self, *words):
        process = self.start(*words, "--json")
        out, err = process.communicate()
        assert process.returncode == 0, (out, err)
        return json.loads(out)


@pytest.fixture
def temporary(tmp_path):
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def at1(tmp_path, temporary):
    registry = tmp_path / "registry"
    for words in (["key", "generate"], ["init", str(registry)]):
        subprocess.run([*find_program(), *words], check=True, capture_output=True)
    yield Cli(registry, {**os.environ, "AT1_PYTHON": sys.executable, "TMPDIR": str(temporary)})
    assert os.listdir(temporary) == []


@pytest.fixture
def store_uri():
    uri = os.environ["MLFLOW_TRACKING_URI"]
    mlflow.set_tracking_uri(uri)
    return uri


FRAME = pd.DataFrame({"x": [0.0, 1.0, 2.0, 3.0], "y": [0.0, 0.0, 1.0, 1.0]})


def dataset(name, rows=FRAME, **more):
    return mlflow.data.from_pandas(rows, name=name, **more)


def log_run(experiment, tmp_path, registered="fraud", **more):
    """Everything that a run can say of a model."""
    table = tmp_path / "table.csv"
    FRAME.to_csv(table)
    with mlflow.start_run(experiment_id=experiment, run_name="Fraud Run 7") as run:
        mlflow.log_params({"C": 1.0, "solver": "lbfgs"})
        mlflow.log_metric("auc", 0.5, step=0)
        mlflow.log_metric("auc", 0.93, step=1)
        mlflow.log_metric("diverged", math.nan)
        mlflow.log_metric("loss", math.inf)
        mlflow.set_tags({"team": "risk", "mlflow.source.git.repoURL": "https://ana:hunter2@git.example.org/risk.git"})
        mlflow.log_input(dataset("train", source="https://ana:hunter2@data.example.org/t.csv?X-Amz-Signature=abc"), "training")
        mlflow.log_input(dataset("held out", FRAME.head(2), source="https://data.example.org/eval.csv"), "eval")
        mlflow.log_input(dataset("local", FRAME.tail(2), source=str(table)), "validation")
        example = FRAME[["x"]].head(2)
        info = mlflow.sklearn.log_model(
            fitted(), name="model", registered_model_name=registered, input_example=example, **more
        )
    return run.info.run_id, info


def card_of(shown):
    assert shown["card"]["format"] == "toml"
    return tomllib.loads(shown["card"]["text"])


def check_version(at1, ref, run_id, info, tmp_path):
    shown = at1("show", ref)
    card = card_of(shown)
    assert card["params"] == {"C": "1.0", "solver": "lbfgs"}
    assert card["metrics"]["auc"] == 0.93 and shown["metrics"] == {"auc": 0.93}
    assert (card["metrics"]["diverged"], card["metrics"]["loss"]) == ("nan", "inf")
    assert json.loads(card["signature"]["inputs"])[0]["name"] == "x"
    assert "scikit-learn" in card["files"]["requirements.txt"] and "mlflow" in card["files"]["conda.yaml"]
    assert json.loads(card["input_example"]["text"])["columns"] == ["x"]
    assert card["tags"]["team"] == "risk"
    assert card["mlflow"]["run"] == run_id and card["mlflow"]["run_name"] == "Fraud Run 7"
    assert card["mlflow"]["experiment"] == "credit" and card["mlflow"]["model_id"] == info.model_id
    assert set(card["flavors"]) == {"python_function", "sklearn"}
    assert [one["name"] for one in card["datasets"]] == ["held out", "local", "train"]
    assert "hunter2" not in json.dumps(shown) and "X-Amz" not in json.dumps(shown) and str(tmp_path) not in json.dumps(shown["lineage"])
    assert at1("verify")["findings"] == []
    out = tmp_path / f"got-{ref.replace('/', '-')}"
    at1("get", ref, "-o", str(out))
    logged = Path(mlflow.artifacts.download_artifacts(artifact_uri=info.model_uri, dst_path=str(tmp_path / f"logged-{out.name}")))
    names = sorted(str(one.relative_to(logged)) for one in logged.rglob("*") if one.is_file())
    names = [one for one in names if one != "registered_model_meta"]
    assert sorted(str(one.relative_to(out)) for one in out.rglob("*") if one.is_file()) == names
    assert filecmp.cmpfiles(logged, out, names, shallow=False)[0] == names
    assert list(mlflow.sklearn.load_model(str(out)).predict([[0.0], [3.0]])) == [0, 1]
    assert list(mlflow.pyfunc.load_model(str(out)).predict(pd.DataFrame({"x": [0.0, 3.0]}))) == [0, 1]
    return shown


def links(shown):
    return {(one["relation"], one["uri"] or one["ref"]) for one in shown["lineage"]}


def test_from_a_database(fresh, at1, store_uri, tmp_path):
    experiment = mlflow.create_experiment("credit", artifact_location=f"file://{tmp_path}/artifacts")
    run_id, info = log_run(experiment, tmp_path)
    taken = at1("import", "mlflow", "--run", run_id, "--tracking-uri", store_uri)
    assert taken["registered"]["ref"] == "model/fraud-run-7@1.0.0"
    assert (taken["cardOnly"], taken["leftOut"]) == (["diverged", "loss"], [])
    assert taken["run"] == {"id": run_id, "experiment": "credit", "server": None}
    shown = check_version(at1, "model/fraud-run-7@1.0.0", run_id, info, tmp_path)
    digest = next(one for one in shown["lineage"] if one["parameters"].get("name") == "local")["parameters"]["digest"]
    assert links(shown) == {
        ("produced-by", f"runs:/{run_id}"),
        ("trained-on", "https://data.example.org/t.csv"),
        ("evaluated-on", "https://data.example.org/eval.csv"),
        ("evaluated-on", f"mlflow-dataset:/local/{digest}"),
    }
    assert "registered_model" not in card_of(shown)["mlflow"]


def test_from_a_server(fresh, at1, store, tmp_path):
    with tracking_server(tmp_path, f"at1://{store}") as url:
        mlflow.set_tracking_uri(url)
        client = mlflow.MlflowClient()
        experiment = client.create_experiment("credit")
        run_id, info = log_run(experiment, tmp_path)
        client.set_registered_model_alias("fraud", "champion", "1")
        client.update_model_version("fraud", "1", "Finds fraud.")
        client.set_model_version_tag("fraud", "1", "checked", "yes")
        secret = url.replace("http://", "http://ana:hunter2@")
        first = at1("import", "mlflow", "--model", "fraud@champion", "--tracking-uri", secret)
        assert first["registered"]["ref"] == "model/fraud@1.0.0" and first["modelVersion"] == "fraud/1"
        shown = check_version(at1, "model/fraud@1.0.0", run_id, info, tmp_path)
        assert ("produced-by", f"{url}/#/experiments/{experiment}/runs/{run_id}") in links(shown)
        card = card_of(shown)
        assert (card["mlflow"]["model_version"], card["mlflow"]["aliases"]) == ("1", ["champion"])
        assert card["version_tags"] == {"checked": "yes"} and card["mlflow"]["server"] == url
        assert shown["description"] == "Finds fraud."
        # The same as from within Python, but for when it was made.
        for uri, query in (("models:/fraud/1", "fraud/1"), (info.model_uri, info.model_id)):
            done = at1_mlflow.register(uri, "model/by-python", registry=at1.folder)
            taken = at1("import", "mlflow", "model/by-hand", "--model", query, "--tracking-uri", url)
            one, other = at1("show", done.reference), at1("show", taken["registered"]["ref"])
            for name in ("card", "metrics", "lineage", "content", "files", "description", "form"):
                assert one[name] == other[name], name
        done = at1_mlflow.register(f"runs:/{run_id}/model", "by-python", registry=at1.folder, stage="staging")
        assert done.state == "effective" and done.reference == "model/by-python@1.0.2"
        by_run = at1("import", "mlflow", "model/by-hand", "--run", run_id, "--tracking-uri", url)
        assert at1("show", by_run["registered"]["ref"])["card"] == at1("show", done.reference)["card"]
        error = at1.fails(12, "artifact/not-found", "import", "mlflow", "--model", "fraud/9", "--tracking-uri", secret)
        assert "hunter2" not in json.dumps(error)
        # What was changed where the artifacts lie is not taken.
        weights = next(store.glob("**/model.*.at1"))
        weights.write_bytes(weights.read_bytes()[:-1])
        at1.fails(31, "remote/failed", "import", "mlflow", "--run", run_id, "--tracking-uri", url)


def test_lineage_by_hand_takes_the_place_of_what_the_run_says(fresh, at1, store_uri, tmp_path):
    experiment = mlflow.create_experiment("credit", artifact_location=f"file://{tmp_path}/artifacts")
    run_id, _ = log_run(experiment, tmp_path)
    data = at1("register", "data/train@1.0.0", str(tmp_path / "table.csv"))
    words = ["--lineage", "trained-on=data/train@1.0.0", "--lineage", "derived-from=https://example.org/base"]
    taken = at1("import", "mlflow", "fraud", "--model", "fraud/1", "--tracking-uri", store_uri, *words, "--bump", "major")
    shown = at1("show", taken["registered"]["ref"])
    found = {(one["relation"], one["ref"] or one["uri"], one["content"]) for one in shown["lineage"] if one["relation"] != "evaluated-on"}
    assert found == {
        ("trained-on", "data/train@1.0.0", data["content"]),
        ("derived-from", "https://example.org/base", None),
        ("produced-by", f"runs:/{run_id}", None),
    }
    assert len(card_of(shown)["datasets"]) == 3


def test_of_several_models_one_is_named(fresh, at1, store_uri, tmp_path):
    experiment = mlflow.create_experiment("credit", artifact_location=f"file://{tmp_path}/artifacts")
    with mlflow.start_run(experiment_id=experiment, run_name="two") as run:
        first = mlflow.sklearn.log_model(fitted(), name="first")
        second = mlflow.sklearn.log_model(fitted(), name="second", input_example=[[1.0]])
        mlflow.log_metric("loss", math.nan, model_id=first.model_id)
        mlflow.log_metric("auc", 0.25, model_id=first.model_id)
        mlflow.log_metric("zero", 0.0, model_id=first.model_id)
        mlflow.log_metric("auc", 0.75, model_id=second.model_id)
        mlflow.log_metric("loss", 1.0, model_id=second.model_id)
    where = ["--run", run.info.run_id, "--tracking-uri", store_uri]
    error = at1.fails(2, "usage/invalid", "import", "mlflow", *where)
    assert f"{first.model_id} (first)" in error["hint"] and f"{second.model_id} (second)" in error["hint"]
    one = at1("import", "mlflow", *where, "--artifact", "first")
    # The numbers of this model: not those that the run had last, and no 0 where there was no number.
    assert at1("show", one["registered"]["ref"])["metrics"] == {"auc": 0.25, "zero": 0.0}
    assert one["cardOnly"] == ["loss"] and one["modelId"] == first.model_id
    other = at1("import", "mlflow", *where, "--artifact", second.model_id)
    assert at1("show", other["registered"]["ref"])["metrics"] == {"auc": 0.75, "loss": 1.0, "zero": 0.0}
    at1.fails(12, "artifact/not-found", "import", "mlflow", *where, "--artifact", "third")
    with pytest.raises(Refusal, match="several models"):
        at1_mlflow.register(f"runs:/{run.info.run_id}", "model/x", registry=at1.folder)


def test_models_as_mlflow_2_logged_them(fresh, at1, store_uri, tmp_path):
    experiment = mlflow.create_experiment("old", artifact_location=f"file://{tmp_path}/artifacts")
    for name in ("a", "b"):
        mlflow.sklearn.save_model(fitted(), str(tmp_path / name))
    client = mlflow.MlflowClient()
    with mlflow.start_run(experiment_id=experiment, run_name="old") as run:
        mlflow.log_artifacts(str(tmp_path / "a"), "deep/a")
        mlflow.log_artifact(str(tmp_path / "a" / "MLmodel"), "notes.d")
        client.delete_tag(run.info.run_id, "mlflow.runName")
    run_id = run.info.run_id
    where = ["--run", run_id, "--tracking-uri", store_uri]
    assert "deep/a, notes.d" in at1.fails(2, "usage/invalid", "import", "mlflow", *where)["hint"]
    history = [{"artifact_path": "deep/a", "run_id": run_id}] * 2 + [{"artifact_path": "../../out"}]
    client.set_tag(run_id, "mlflow.log-model.history", json.dumps(history))
    taken = at1("import", "mlflow", "old", *where)
    shown = at1("show", taken["registered"]["ref"])
    assert card_of(shown)["mlflow"]["artifact"] == "deep/a"
    assert "mlflow.log-model.history" in card_of(shown)["mlflow"]["left_out"][0]
    assert taken["leftOut"] == ["tags.mlflow.log-model.history"]
    # One file of a run, as a location and by its path, is a version of one file.
    single = at1("import", "mlflow", "model/single", *where, "--artifact", "deep/a/MLmodel")
    assert at1("show", single["registered"]["ref"])["form"] == "file"
    version = client.create_model_version(client.create_registered_model("plain").name, f"{run.info.artifact_uri}/deep/a", run_id)
    by_version = at1("import", "mlflow", "--model", f"plain/{version.version}", "--tracking-uri", store_uri)
    assert by_version["registered"]["content"] == taken["registered"]["content"]
    assert card_of(at1("show", by_version["registered"]["ref"]))["mlflow"]["artifact"] == "deep/a"
    for uri in (f"runs:/{run_id}/deep/a", "models:/plain/1", "models:/plain/latest", f"{run.info.artifact_uri}/deep/a"):
        done = at1_mlflow.register(uri, "model/forms", registry=at1.folder)
        assert at1("show", done.reference)["content"] == taken["registered"]["content"], uri
    assert at1("show", done.reference)["card"] is None
    # A run without a model, and the model of a run that is gone.
    with mlflow.start_run(experiment_id=experiment) as empty:
        mlflow.log_metric("x", 1.0)
    at1.fails(12, "artifact/not-found", "import", "mlflow", "--run", empty.info.run_id, "--tracking-uri", store_uri)


def test_a_run_full_of_traps(fresh, at1, store_uri, tmp_path):
    experiment = mlflow.create_experiment("[x]\ny = 1\u202e", artifact_location=f"file://{tmp_path}/artifacts")
    traps = {
        "a": '"""\n[mlflow]\nrun = "forged"\n',
        "b": "'''\\\"\x07\x1b[2J\u200b",
        "quote'": "it's \"this\"",
        "c.d": "é\r\n\ttab",
        "url": "postgresql://ana:hun@ter2@db.example.org/x",
    }
    with mlflow.start_run(experiment_id=experiment, run_name='"] = \x1b[31m\n../../x') as run:
        client = mlflow.MlflowClient()
        client.log_param(run.info.run_id, "a", traps["a"])
        for name, value in traps.items():
            client.set_tag(run.info.run_id, name.replace("'", " "), value)
        for number in range(60):
            client.set_tag(run.info.run_id, f"huge {number:02}", "x" * 7000)
        mlflow.sklearn.log_model(fitted(), name="model")
    taken = at1("import", "mlflow", "model/trap", "--run", run.info.run_id, "--tracking-uri", store_uri)
    shown = at1("show", "model/trap")
    assert len(shown["card"]["text"].encode()) <= 256 * 1024
    card = card_of(shown)
    assert card["mlflow"]["run"] == run.info.run_id
    assert card["params"]["a"] == traps["a"]
    assert card["tags"]["b"] == traps["b"] and card["tags"]["quote "] == traps["quote'"] and card["tags"]["c.d"] == traps["c.d"]
    assert card["tags"]["url"] == "postgresql://***@db.example.org/x"
    kept = [name for name in card["tags"] if name.startswith("huge")]
    assert 20 < len(kept) < 40 and len(kept) + len(taken["leftOut"]) == 60
    assert card["mlflow"]["left_out_count"] == len(taken["leftOut"]) == len(card["mlflow"]["left_out"])
    assert at1("verify")["findings"] == []
    text = at1.start("show", "model/trap").communicate()[0].decode()
    assert "\x1b" not in text and "\u202e" not in text
    # The name of a run like that is none of ours; a name of at1 has to be said, or is made of what is legal in it.
    again = at1("import", "mlflow", "--run", run.info.run_id, "--tracking-uri", store_uri)
    assert again["registered"]["ref"] == "model/31m-.-x@1.0.0" or again["registered"]["ref"].startswith("model/")


class Hostile(BaseHTTPRequestHandler):
    """A tracking server that names files outside of the model."""

    answers = {}

    def do_GET(self):
        where = urlsplit(self.path)
        answer = self.answers.get(where.path)
        if callable(answer):
            answer = answer(parse_qs(where.query))
        self.send_response(404 if answer is None else 200)
        self.end_headers()
        body = answer if isinstance(answer, bytes) else json.dumps(answer or {}).encode()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_):
        pass


@pytest.fixture
def hostile():
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Hostile)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    run = {
        "info": {
            "run_id": "a" * 32, "run_uuid": "a" * 32, "run_name": "x", "experiment_id": "1", "status": "FINISHED",
            "artifact_uri": "mlflow-artifacts:/1/a/artifacts", "lifecycle_stage": "active", "start_time": 1, "end_time": 2,
        },
        "data": {},
    }
    Hostile.answers = {
        "/api/2.0/mlflow/runs/get": {"run": run},
        "/api/2.0/mlflow/experiments/get": {"experiment": {"experiment_id": "1", "name": "e", "lifecycle_stage": "active"}},
    }
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


LISTING = "/api/2.0/mlflow-artifacts/artifacts"


class Store:
    """An artifact repository that answers what it likes; MLflow's own checks are not in its way."""

    def __init__(self, *paths, content=b"x"):
        self.paths = paths
        self.content = content

    def list_artifacts(self, path=None):
        infos = [mlflow.entities.FileInfo(one, False, 1) for one in self.paths]
        return infos if path == "model" else []

    def _download_file(self, remote, local):
        with open(local, "wb") as file:
            file.write(self.content)


NAMES = ["../evil", "/etc/evil", "..", ".", "", "a/../../evil", "..\\evil", "C:evil", "x\x00y", "a\nb", "deep/er"]


@pytest.mark.parametrize("path", [f"model/{name}" for name in NAMES] + ["/etc/evil", "other/x", "../model/x", "modelx"])
def test_names_that_are_not_in_the_folder(tmp_path, path):
    with pytest.raises(ExportError) as refused:
        download(Store("model/MLmodel", path), "model", str(tmp_path / "model"))
    assert refused.value.code == "io/unsafe-path" and os.listdir(tmp_path / "model") == []


def test_names_that_are_one_file(tmp_path):
    with pytest.raises(ExportError, match="one file"):
        download(Store("model/a", "model/a"), "model", str(tmp_path / "model"))
    assert download(Store("model/a", "model/\u00e9 [1].bin"), "model", str(tmp_path / "good")) is None
    assert sorted(os.listdir(tmp_path / "good")) == ["a", "\u00e9 [1].bin"]
    assert download(Store(), "deep/one.bin", str(tmp_path / "single")) == "one.bin"


def test_what_is_asked_for():
    assert parse_uri("runs:/abc/deep/model") == {"run": "abc", "artifact": "deep/model"}
    assert parse_uri("runs:/abc") == parse_uri("runs:/abc/") == {"run": "abc", "artifact": None}
    assert parse_uri("models:/fraud/3") == {"model": "models:/fraud/3"}
    for place in ("s3://bucket/model", "/data/model", "file:///data/model", "at1:///data/model", "models://scope@databricks/a/1"):
        assert parse_uri(place) is None, place


def test_the_server_as_people_open_it():
    assert describe._server("https://ana:p@ss@host:5000/team/mlflow/?x=1#y") == "https://host:5000/team/mlflow"
    assert describe._server("http://[::1]:5000") == "http://[::1]:5000"
    for other in ("sqlite:///x.db", "databricks://profile", "/srv/runs", "http://host/a b", "http://host//a", "http:///x", ""):
        assert describe._server(other) is None, other


def test_messages_hold_no_password():
    assert str(ExportError("failed", "at http://ana:p@ss@host:1/x?y and postgresql://ana:pw@db/x")) == (
        "at http://***@host:1/x?y and postgresql://***@db/x"
    )
    assert ExportError("failed", "half \ud800").fields()["message"] == "half \\ud800"


@pytest.mark.parametrize("name", ["../evil", "other/deep"])
def test_a_server_that_names_other_places(fresh, at1, hostile, tmp_path, name):
    files = [{"path": "MLmodel", "is_dir": False, "file_size": 1}, {"path": name, "is_dir": False, "file_size": 1}]
    Hostile.answers[LISTING] = lambda query: {"files": files if query["path"][0].endswith("artifacts/model") else []}
    before = sorted(tmp_path.rglob("*"))
    words = ["import", "mlflow", "--run", "a" * 32, "--artifact", "model", "--tracking-uri", hostile]
    process = at1.start(*words, "--json")
    out, _ = process.communicate()
    # Refused by MLflow's own check where it has one, otherwise by ours.
    assert json.loads(out)["error"]["code"] in ("io/unsafe-path", "artifact/not-found"), out
    assert process.returncode in (15, 12)
    assert [one for one in sorted(tmp_path.rglob("*")) if one not in before and "home" not in one.parts] == []


def test_a_server_that_never_stops_talking(fresh, at1, hostile):
    Hostile.answers["/api/2.0/mlflow/runs/get"]["run"]["data"] = {
        "tags": [{"key": f"k{number}", "value": "x" * 100_000} for number in range(400)]
    }
    Hostile.answers[LISTING] = lambda query: {"files": [{"path": "MLmodel", "is_dir": False, "file_size": 3}]}
    Hostile.answers[f"{LISTING}/1/a/artifacts/model/MLmodel"] = b"a: 1"
    at1.fails(23, "document/too-large", "import", "mlflow", "m", "--run", "a" * 32, "--artifact", "model", "--tracking-uri", hostile)


@pytest.mark.parametrize(
    "text", ["a: &a [x, x]\nb: &b [*a, *a]\nsignature: {inputs: *b}", "- 1", "a: [", "!!python/object/apply:os.abort []", "\udcff"]
)
def test_a_model_file_that_is_none(fresh, at1, hostile, text):
    Hostile.answers[LISTING] = lambda query: {"files": [{"path": "MLmodel", "is_dir": False, "file_size": 3}]}
    Hostile.answers[f"{LISTING}/1/a/artifacts/model/MLmodel"] = text.encode("utf-8", "surrogateescape")
    process = at1.start("import", "mlflow", "m", "--run", "a" * 32, "--artifact", "model", "--tracking-uri", hostile, "--json")
    out, err = process.communicate()
    assert process.returncode in (0, 31), (out, err)
    if process.returncode == 0:
        assert "signature" not in card_of(at1("show", "model/m"))


def test_a_store_that_is_not_there_is_not_made(fresh, at1, tmp_path):
    for uri in (f"sqlite:///{tmp_path}/none.db", f"{tmp_path}/none", f"file://{tmp_path}/none"):
        at1.fails(12, "artifact/not-found", "import", "mlflow", "--run", "a" * 32, "--tracking-uri", uri)
    at1.fails(31, "remote/failed", "import", "mlflow", "--run", "a" * 32, "--tracking-uri", f"http://127.0.0.1:{free_port()}")
    assert not (tmp_path / "none").exists() and not (tmp_path / "none.db").exists()


def test_modules_of_the_current_folder_are_not_run(fresh, at1, store_uri, tmp_path):
    for name in ("mlflow", "at1_mlflow", "json", "importlib"):
        (at1.folder / f"{name}.py").write_text(f"open({str(tmp_path / 'owned')!r}, 'w')\n")
    (tmp_path / "home" / "mlflow.db").touch()
    at1.fails(12, "artifact/not-found", "import", "mlflow", "--run", "a" * 32, "--tracking-uri", store_uri)
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_whoever_is_stopped_leaves_nobody_behind(fresh, at1, hostile, temporary, number):
    asked, go_on = threading.Event(), threading.Event()

    def slow(_query):
        asked.set()
        go_on.wait(300)
        return {"files": []}

    Hostile.answers[LISTING] = slow
    process = at1.start("import", "mlflow", "--run", "a" * 32, "--artifact", "model", "--tracking-uri", hostile)
    try:
        assert asked.wait(300)
        [folder] = os.listdir(temporary)
        assert (temporary / folder).stat().st_mode & 0o777 == 0o700
        children = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()
        assert children
        process.send_signal(number)
        process.wait(120)
        until = time.monotonic() + 120
        while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < until:
            time.sleep(0.05)
        assert not any(Path(f"/proc/{child}").exists() for child in children)
        if number == signal.SIGKILL:
            # Nobody is left to do it; it is private, and the system's to clear.
            (temporary / folder / "model").rmdir()
            (temporary / folder).rmdir()
    finally:
        go_on.set()
        process.kill()
        process.communicate()


@pytest.mark.parametrize("words", [("--no-commit",), ("model/x", "--help"), ("",)])
def test_a_name_is_never_a_flag(fresh, at1, words):
    with pytest.raises(Refusal, match="not a name"):
        at1_mlflow.register("models:/fraud/1", *words)


@pytest.mark.parametrize("uri", ["http://u:p/4secret@127.0.0.1:9", "http://127.0.0.1:9/x?token=4secret"])
def test_what_lets_one_in_is_in_no_message(fresh, at1, uri):
    process = at1.start("import", "mlflow", "--run", "a" * 32, "--tracking-uri", uri, "--json")
    out, err = process.communicate()
    assert process.returncode != 0
    assert b"4secret" not in out + err

