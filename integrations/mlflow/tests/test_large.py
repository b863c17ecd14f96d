"""A model as large as they are: the bytes come back, memory stays flat, nothing is left in a temporary folder."""

import hashlib
import os
import random
import re
import sys
from pathlib import Path

import pytest

from at1_mlflow import child

MIB = 1 << 20
SIZE = (1024 if os.environ.get("AT1_SCALE") == "full" else 256) * MIB
MEMORY = 400 * MIB


def made(path):
    """Half of it noise, half of it a pattern, so that both ways to keep a piece are taken; its SHA-256."""
    source = random.Random(7)
    digest = hashlib.sha256()
    with open(path, "wb") as file:
        for at in range(0, SIZE, MIB):
            piece = source.randbytes(MIB) if at // MIB % 2 else bytes([at // MIB % 251]) * MIB
            file.write(piece)
            digest.update(piece)
    return digest.hexdigest()


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() if sys.version_info >= (3, 11) else _slowly(file)


def _slowly(file):
    digest = hashlib.sha256()
    for piece in iter(lambda: file.read(MIB), b""):
        digest.update(piece)
    return digest.hexdigest()


def highest_memory(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) * 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not say how much memory a process took")
def test_a_large_model(repo, store, tmp_path, fresh):
    local = tmp_path / "model.bin"
    expected = made(local)
    repo.log_artifact(str(local))
    assert repo.integrity("model.bin").startswith(f"integrity OK (sha256 {expected})")
    out = tmp_path / "out"
    out.mkdir()
    back = repo.download_artifacts("model.bin", str(out))
    assert (os.path.getsize(back), sha256(back)) == (SIZE, expected)
    assert os.path.getsize(store / "model.bin.at1") < SIZE
    assert highest_memory(child.child_pid()) < MEMORY
    assert [path.name for path in out.iterdir()] == ["model.bin"]
