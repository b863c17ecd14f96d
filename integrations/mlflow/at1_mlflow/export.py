"""What `at1 import mlflow` asks this package: a logged model's files, and one JSON document of all that MLflow knows of it.

docs/format/mlflow-document.md says what the document holds. Nothing here decides what a version of a registry looks like.
"""

import json
import os
import sys
import threading

from at1_mlflow.problems import ExportError

PROTOCOL = 1


def export(folder, run=None, model=None, artifact=None):
    """The document. The files come into `folder`/model, which must not be there; MLflow's own tracking URI counts."""
    from at1_mlflow import describe, download, find

    with find.mlflow_errors():
        found = find.find(run=run, model=model, artifact=artifact)
    target = os.path.join(folder, "model")
    # What a store refuses keeps its reason.
    file = download.download(found.repository(), found.path, target)
    with find.mlflow_errors():
        return describe.document(found, target, file)


def main():
    """One request as a line on standard input, one answer on standard output; ends when standard input does."""
    answers = _guarded_stdout()
    request = {}
    try:
        request = json.loads(_line())
        threading.Thread(target=_end_with_parent, daemon=True).start()
        answer = _answer(request)
    except ExportError as error:
        answer = {"document": PROTOCOL, "error": _public(error, request)}
    except Exception as error:  # Whatever MLflow and its stores raise is for at1 to tell.
        answer = {"document": PROTOCOL, "error": _public(ExportError.of(error), request)}
    with answers:
        answers.write(json.dumps(answer).encode("ascii") + b"\n")


def _public(error, request):
    """What MLflow says of an address it was given may hold what lets one in, however it is written there."""
    fields = error.fields()
    said = request.get("tracking_uri") or ""
    if "@" in said:
        hidden = said.partition(":")[0] + "://***@" + said.rpartition("@")[2]
        fields["message"] = fields["message"].replace(said, hidden)
    return fields


def _answer(request):
    if request["protocol"] != PROTOCOL:
        raise ExportError("protocol", f"this at1-mlflow speaks version {PROTOCOL}")
    # A tracking server that is not there is told of within seconds, unless somebody asked for more patience.
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "3")
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_TIMEOUT", "20")
    os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
    # Reading a run for somebody is no use of MLflow to report home.
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    import mlflow

    from at1_mlflow.find import refuse_new_store

    refuse_new_store(request["tracking_uri"])
    mlflow.set_tracking_uri(request["tracking_uri"])
    return export(request["folder"], request["run"], request["model"], request["artifact"])


def _guarded_stdout():
    """The real standard output, for the answer alone: what libraries print goes to standard error."""
    sys.stdout.flush()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _line():
    # Not through Python's own buffer, which a thread that waits in it would hold while the interpreter ends.
    line = b""
    while not line.endswith(b"\n"):
        one = os.read(0, 1)
        if not one:
            break
        line += one
    return line


def _end_with_parent():
    # The end of this pipe is the end of at1: nobody wants the files any more.
    while os.read(0, 4096):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
