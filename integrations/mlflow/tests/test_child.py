"""The program behind it: found, recognised, shared by threads, started again, and gone when Python is."""

import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from mlflow.exceptions import MlflowException

from at1_mlflow import child
from at1_mlflow.repository import At1ArtifactRepository

pytestmark = pytest.mark.usefixtures("fresh")
posix = pytest.mark.skipif(os.name == "nt", reason="needs signals and fork")


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A program called at1 that does as it is told, in place of the real one."""

    def make(script, on_path=False):
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        path = folder / "at1"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IEXEC)
        if on_path:
            monkeypatch.delenv("AT1_BIN")
            monkeypatch.setenv("PATH", str(folder))
        else:
            monkeypatch.setenv("AT1_BIN", str(path))
        child.close()

    return make


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"


def gone(pid, seconds=20):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not alive(pid):
            return True
        time.sleep(0.05)
    return False


# Which program


def test_missing_is_told_with_what_to_run(repo, monkeypatch, tmp_path):
    child.close()
    monkeypatch.delenv("AT1_BIN")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MlflowException, match=r"at1 was not found.*npm install --global.*export AT1_BIN="):
        repo.list_artifacts()
    monkeypatch.setenv("AT1_BIN", str(tmp_path / "nowhere"))
    with pytest.raises(MlflowException, match=r"at1 was not found: AT1_BIN is .*unset AT1_BIN"):
        repo.list_artifacts()


@posix
def test_too_old_is_told_with_what_to_run(repo, program):
    program("echo 'error: there is no command artifacts [usage/invalid]' >&2; exit 2")
    with pytest.raises(MlflowException, match=r"too old for this plugin.*npm install"):
        repo.list_artifacts()


@posix
def test_an_older_protocol_is_too_old_and_a_newer_one_asks_for_a_newer_plugin(repo, program):
    answer = '{"id":0,"ok":true,"result":{"program":"at1","version":"9.0.0","protocol":%d}}'
    program(f"read line; echo '{answer % 0}'; cat > /dev/null")
    with pytest.raises(MlflowException, match="too old"):
        repo.list_artifacts()
    program(f"read line; echo '{answer % 2}'; cat > /dev/null")
    with pytest.raises(MlflowException, match=r"9\.0\.0, which is newer.*pip install --upgrade at1-mlflow"):
        repo.list_artifacts()


@posix
@pytest.mark.parametrize(
    "script",
    ["echo usage: at1 compress CODEC IN OUT; exit 2", "exit 0", "cat", "echo '{\"id\":0,\"ok\":true,\"result\":{}}'; cat"],
)
def test_another_program_called_at1_is_told_with_what_to_run(repo, program, script):
    program(script, on_path=False)
    with pytest.raises(MlflowException, match=r"another program called at1.*export AT1_BIN="):
        repo.list_artifacts()


@posix
def test_a_program_that_does_not_answer_is_another_one(repo, program, monkeypatch):
    monkeypatch.setattr(child, "HANDSHAKE_SECONDS", 0.5)
    program("exec sleep 60")
    with pytest.raises(MlflowException, match="another program called at1"):
        repo.list_artifacts()


@posix
def test_it_is_found_on_path_and_after_a_failure_another_is_tried(repo, program, monkeypatch):
    real = os.environ["AT1_BIN"]
    path = os.environ["PATH"]
    program("exit 3", on_path=True)
    with pytest.raises(MlflowException, match="another program"):
        repo.list_artifacts()
    monkeypatch.setenv("PATH", path)
    monkeypatch.setenv("AT1_BIN", real)
    assert repo.list_artifacts() == []


# One for all


def test_one_process_serves_all_repositories_and_threads(repo, write, tmp_path):
    repo.log_artifact(write("f"))
    pid = child.child_pid()
    other = At1ArtifactRepository(f"at1://{tmp_path}/other")
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda i: other.log_artifact(write(f"t{i}", str(i)), f"d{i % 3}"), range(40)))
    assert child.child_pid() == pid
    found = [info.path for i in range(3) for info in other.list_artifacts(f"d{i}")]
    assert len(found) == 40


@posix
def test_it_is_started_again_when_it_died(repo, write):
    repo.log_artifact(write("f", "x"))
    first = child.child_pid()
    os.kill(first, signal.SIGKILL)
    assert gone(first) or child.child_pid() is None
    assert repo.integrity("f").startswith("integrity OK")
    assert child.child_pid() != first


@posix
def test_a_kill_in_the_middle_is_survived_and_leaves_no_half(repo, write, store, tmp_path):
    before = os.urandom(30_000_000)
    after = os.urandom(30_000_000)
    repo.log_artifact(write("m", before))
    file = write("m", after)
    for delay in (0, 0.02, 0.05, 0.1, 0.15, 0.2):
        pid = child.child_pid()
        timer = threading.Timer(delay, lambda pid=pid: os.kill(pid, signal.SIGKILL))
        timer.start()
        repo.log_artifact(file)
        timer.join()
        with open(repo.download_artifacts("m"), "rb") as got:
            assert got.read() == after
        file = write("m", before)
        repo.log_artifact(file)
        file = write("m", after)
    child.close()
    repo.log_artifact(write("next"))
    assert os.listdir(store / ".at1-ledger" / "staged") == []
    assert sorted(p.name for p in (store / ".at1-ledger").iterdir() if p.suffix != ".entry") == ["staged"]


@posix
def test_python_killed_in_the_middle_leaves_no_half_and_no_process(repo, write, store):
    before, after = os.urandom(20_000_000), os.urandom(20_000_000)
    repo.log_artifact(write("m", before))
    child.close()
    file = write("m", after)
    program = (
        "import sys\n"
        "from at1_mlflow import child\n"
        "child.ask({'op': 'hello'})\n"
        "print(child.child_pid(), flush=True)\n"
        "child.ask({'op': 'put', 'root': sys.argv[1], 'path': 'm', 'local': sys.argv[2]})\n"
        "print('done', flush=True)\n"
    )
    for delay in (0, 0.03, 0.06, 0.1, 0.2):
        python = subprocess.Popen([sys.executable, "-c", program, store, file], stdout=subprocess.PIPE, text=True)
        pid = int(python.stdout.readline())
        time.sleep(delay)
        python.kill()
        python.wait()
        python.stdout.close()
        assert gone(pid), "at1 outlives Python"
        with open(repo.download_artifacts("m"), "rb") as got:
            assert got.read() in (before, after)
        repo.log_artifact(write("m2", before))
        os.replace(write("m2", before), write("back", b""))
    repo.log_artifact(write("m", after))
    assert os.listdir(store / ".at1-ledger" / "staged") == []


@posix
def test_it_ends_with_python():
    program = "from at1_mlflow import child; child.ask({'op': 'hello'}); print(child.child_pid())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert gone(int(done.stdout))


@posix
def test_a_forked_process_has_one_of_its_own(repo, write):
    repo.log_artifact(write("f", "x"))
    parent = child.child_pid()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            said = {"integrity": repo.integrity("f"), "pid": child.child_pid()}
            os.write(writing, json.dumps(said).encode())
            child.close()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = json.loads(pipe.read())
    os.waitpid(pid, 0)
    assert said["integrity"].startswith("integrity OK")
    assert said["pid"] not in (None, parent)
    assert child.child_pid() == parent
    assert repo.integrity("f") == said["integrity"]


@posix
def test_a_forked_process_that_goes_on_does_not_keep_it_alive(repo, write):
    repo.log_artifact(write("f"))
    at1 = child.child_pid()
    pid = os.fork()
    if pid == 0:
        time.sleep(30)
        os._exit(0)
    child.close()
    try:
        assert gone(at1, 5)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def test_two_python_processes_write_into_one_directory(repo, write, store):
    program = (
        "import sys\n"
        "from at1_mlflow.repository import At1ArtifactRepository\n"
        "repo = At1ArtifactRepository('at1://' + sys.argv[1])\n"
        "for i in range(15): repo.log_artifact(sys.argv[2], f'{sys.argv[3]}/{i}')\n"
    )
    file = write("f", "x")
    running = [subprocess.Popen([sys.executable, "-c", program, store, file, name]) for name in ("a", "b")]
    assert [one.wait() for one in running] == [0, 0]
    for name in ("a", "b"):
        assert len(repo.list_artifacts(name)) == 15
        assert all(repo.integrity(f"{name}/{i}/f").startswith("integrity OK") for i in range(15))


@posix
def test_a_program_that_is_killed_at_once_is_not_called_another(repo, write, program):
    program("kill -9 $$")
    with pytest.raises(MlflowException, match="was ended by signal 9 before it had answered"):
        repo.log_artifact(write("a.txt"))
