"""A home of its own for every test: no keys and no configuration of the person who runs them."""

import os
import sys

import pytest

from at1_mlflow import child
from at1_mlflow.repository import At1ArtifactRepository


@pytest.fixture(autouse=True)
def isolated(tmp_path, monkeypatch):
    assert os.environ.get("AT1_BIN"), "run them with: npm run test:mlflow"
    home = tmp_path / "home"
    home.mkdir()
    for name, value in {
        "HOME": home,
        "AT1_CONFIG_DIR": home / "config",
        "AT1_STATE_DIR": home / "state",
        "MLFLOW_TRACKING_URI": f"sqlite:///{home}/mlflow.db",
    }.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.delenv("AT1_SIGNING_KEY", raising=False)
    yield
    # A server of one test is gone in the next.
    if "mlflow" in sys.modules:
        sys.modules["mlflow"].set_tracking_uri(None)


@pytest.fixture
def fresh():
    """An at1 of its own, which sees the variables of this test; others share one, as they do in real life."""
    child.close()
    yield
    child.close()


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


@pytest.fixture
def repo(store):
    return At1ArtifactRepository(f"at1://{store}")


@pytest.fixture
def write(tmp_path):
    def make(name, content=b"content"):
        path = tmp_path / "local" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return make
