"""Times of MLflow's local artifact repository and of ours over the same files: JSON lines for `npm run bench -- mlflow`.

Arguments: folder to work in, megabytes of the model, rounds. Best of the rounds, the two in turn; the program is running already.
"""
import json
import os
import random
import shutil
import sys
import time

from mlflow.store.artifact.local_artifact_repo import LocalArtifactRepository

from at1_mlflow.child import child_pid
from at1_mlflow.repository import At1ArtifactRepository

work, megabytes, rounds = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
shutil.rmtree(work, ignore_errors=True)
os.makedirs(f"{work}/small")
draw = random.Random(1)
for i in range(1000):
    lines = (f"step {step} loss {draw.random():.6f} accuracy {draw.random():.4f}\n" for step in range(draw.randint(10, 120)))
    with open(f"{work}/small/{i:04}.txt", "w") as file:
        file.write("".join(lines))
with open(f"{work}/model.bin", "wb") as file:
    for _ in range(megabytes):
        # As weights are: bytes of which hardly any repeat.
        file.write(draw.randbytes(1 << 20))


def cpu():
    """Seconds of this process and of at1, if that runs: on a busy machine they say more than the clock does."""
    pid = child_pid()
    if pid is None or not os.path.exists("/proc/self/stat"):
        return time.process_time()
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def timed(run):
    began, used = time.perf_counter(), cpu()
    run()
    return time.perf_counter() - began, cpu() - used


def stored(folder):
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(folder) for name in names)


def measure(i, kind, make, best):
    at = f"{work}/{kind}{i}"
    small, large = make(f"{at}/small"), make(f"{at}/large")
    small.list_artifacts()
    os.makedirs(f"{at}/out")
    times = {
        "1000 small files, log": timed(lambda: small.log_artifacts(f"{work}/small")),
        "1000 small files, download": timed(lambda: small.download_artifacts("", f"{at}/out")),
        f"{megabytes} MiB model, log": timed(lambda: large.log_artifact(f"{work}/model.bin")),
        f"{megabytes} MiB model, download": timed(lambda: large.download_artifacts("model.bin", f"{at}/out")),
    }
    sizes = {"1000 small files, log": stored(f"{at}/small"), f"{megabytes} MiB model, log": stored(f"{at}/large")}
    for name, (seconds, used) in times.items():
        before = best.get(name, (seconds, used))
        best[name] = (min(seconds, before[0]), min(used, before[1]), sizes.get(name))
    # The small files stay to the end: for minutes after a file was deleted ext4 makes new ones several times slower.
    shutil.rmtree(f"{at}/large")
    os.remove(f"{at}/out/model.bin")


os.environ["MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR"] = "false"
local, ours = {}, {}
# In turn, so that a slow minute of the machine meets both.
for i in range(rounds):
    measure(i, "local", lambda path: LocalArtifactRepository(path), local)
    measure(i, "at1", lambda path: At1ArtifactRepository(f"at1://{path}"), ours)
for name, (seconds, used, size) in local.items():
    row = {"case": name, "local": round(seconds, 3), "at1": round(ours[name][0], 3), "times": round(ours[name][0] / seconds, 2)}
    row |= {"localCpu": round(used, 3), "at1Cpu": round(ours[name][1], 3)}
    if size is not None:
        row |= {"localBytes": size, "at1Bytes": ours[name][2]}
    print(json.dumps(row), flush=True)
shutil.rmtree(work)
