"""What somebody who can write to the directory can do, and what is said of it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from mlflow.exceptions import MlflowException

from at1_mlflow import child
from at1_mlflow.child import find_program

TRAILER = 36


@pytest.fixture
def logged(repo, write, store):
    """`m` is not compressible, so its container is stored; `z` is; both have an older self."""
    noise = os.urandom(4000)
    repo.log_artifact(write("m", noise[::-1]))
    shutil.copy(store / "m.at1", store.parent / "older.at1")
    repo.log_artifact(write("m", noise))
    repo.log_artifact(write("z", b"compressible " * 500))
    return repo


def refuses(repo, name, tmp_path, match="refused"):
    out = tmp_path / "out"
    out.mkdir(exist_ok=True)
    with pytest.raises(MlflowException, match=match):
        repo.download_artifacts(name, str(out))
    assert os.listdir(out) == []
    with pytest.raises(MlflowException, match=match):
        repo.integrity(name)


def test_refusal_is_logged(logged, store, tmp_path, caplog):
    """MLflow says of a refused download through a run only that the path may be wrong."""
    data = bytearray((store / "m.at1").read_bytes())
    data[20] ^= 1
    (store / "m.at1").write_bytes(data)
    refuses(logged, "m", tmp_path)
    said = [record.getMessage() for record in caplog.records if record.name == "at1_mlflow"]
    assert said and all("/m: refused: " in text for text in said)
    caplog.clear()
    with pytest.raises(MlflowException):
        logged.integrity("absent")
    assert not [record for record in caplog.records if record.name == "at1_mlflow"]


def flip(at):
    def edit(data):
        data[at] ^= 1
        return data

    return edit


ATTACKS = {
    "one bit of the payload": flip(20),
    "one bit of the stored hash": flip(-TRAILER + 3),
    "one bit of the trailer's magic": flip(-1),
    "trailer removed": lambda data: data[:-TRAILER],
    "trailer removed and a bit flipped": lambda data: (flip(20)(data), data[:-TRAILER])[1],
    "trailer replaced by junk": lambda data: data[:-TRAILER] + b"J" * TRAILER,
    "cut in the middle": lambda data: data[: len(data) // 2],
    "bytes behind the end": lambda data: data + b"more",
    "emptied": lambda data: b"",
}


@pytest.mark.parametrize("ledger", [True, False], ids=["ledger", "no ledger"])
@pytest.mark.parametrize("name", ["m", "z"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_every_attack_on_a_container_is_refused(logged, store, tmp_path, attack, name, ledger):
    if not ledger:
        shutil.rmtree(store / ".at1-ledger")
        # Who has seen it refuses everything now.
        child.close()
    path = store / f"{name}.at1"
    before = path.read_bytes()
    path.write_bytes(bytes(ATTACKS[attack](bytearray(before))))
    assert path.read_bytes() != before
    refuses(logged, name, tmp_path)
    path.write_bytes(before)
    assert logged.integrity(name).startswith("integrity OK (sha256 ")


def test_another_valid_container_is_refused_with_the_reason(logged, store, tmp_path, write):
    shutil.copy(store / "z.at1", store / "m.at1")
    refuses(logged, "m", tmp_path, "is not what entry 2 of the ledger names")
    shutil.copy(tmp_path / "older.at1", store / "m.at1")
    refuses(logged, "m", tmp_path, "swapped or rolled back")
    # Other content, packed with a right hash of its own by at1 itself.
    evil = write("evil", os.urandom(4000))
    subprocess.run([*find_program(), "pack", evil, "-o", store / "m.at1", "--force"], check=True, capture_output=True)
    refuses(logged, "m", tmp_path, "is not what entry 2 of the ledger names")
    (store / "m.at1").unlink()
    refuses(logged, "m", tmp_path, "its container is gone")


def test_a_container_that_nobody_logged_is_refused(logged, store, tmp_path):
    shutil.copy(store / "m.at1", store / "planted.at1")
    assert "planted" in [info.path for info in logged.list_artifacts()]
    refuses(logged, "planted", tmp_path, "not in the ledger")


@pytest.mark.parametrize("attack", ["edited", "first removed", "middle removed", "cut"])
def test_a_changed_ledger_is_refused(logged, store, tmp_path, attack):
    entries = sorted((store / ".at1-ledger").glob("*.entry"))
    if attack == "edited":
        entries[1].write_text(entries[1].read_text().replace('"size":4000', '"size":4001'))
    elif attack == "first removed":
        entries[0].unlink()
    elif attack == "middle removed":
        entries[1].unlink()
    else:
        entries[1].write_bytes(entries[1].read_bytes()[:-9])
    child.close()
    refuses(logged, "m", tmp_path, "ledger")


def test_entries_that_go_away_under_a_running_process_are_noticed(logged, store, tmp_path):
    logged.integrity("z")
    sorted((store / ".at1-ledger").glob("*.entry"))[-1].unlink()
    refuses(logged, "z", tmp_path, "which was there, is gone")
    shutil.rmtree(store / ".at1-ledger")
    refuses(logged, "z", tmp_path, "which was there, is gone")


def test_integrity_tells_by_whom(fresh, repo, write, store):
    repo.log_artifact(write("plain", "1"))
    assert "unsigned ledger, entry 1 of 20" in repo.integrity("plain")
    child.close()
    made = subprocess.run([*find_program(), "key", "generate", "--json"], check=True, capture_output=True, text=True)
    repo.log_artifact(write("signed", "2"))
    said = repo.integrity("signed")
    assert said.startswith("integrity OK (sha256 d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35), signed by SHA256:")
    assert said.split("signed by ")[1].split(",")[0] in made.stdout
    entry = sorted((store / ".at1-ledger").glob("*.entry"))[1]
    text = entry.read_text()
    body, armor = text.split("-----BEGIN", 1)
    Path(store.parent / "body").write_text(body)
    Path(store.parent / "sig").write_text("-----BEGIN" + armor)
    if shutil.which("ssh-keygen"):
        with open(store.parent / "body") as given:
            subprocess.run(
                ["ssh-keygen", "-Y", "check-novalidate", "-n", "at1-ledger", "-s", store.parent / "sig"],
                stdin=given,
                check=True,
                capture_output=True,
            )
    shutil.rmtree(store / ".at1-ledger")
    child.close()
    assert repo.integrity("signed").endswith("no ledger: embedded digest only")


def test_the_original_comes_back_without_the_plugin(logged, store, tmp_path):
    decoder = Path(__file__).parents[3] / "decoders" / "at1.py"
    out = tmp_path / "plain"
    subprocess.run([sys.executable, decoder, "decode", store / "z.at1", "-o", out], check=True, capture_output=True)
    assert out.read_bytes() == b"compressible " * 500
