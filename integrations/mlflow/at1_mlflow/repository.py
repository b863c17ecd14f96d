"""What MLflow calls for artifact locations that begin with at1:// ; all else is done by at1."""

import inspect
import logging
import os
import posixpath
import re
import tempfile
from pathlib import Path

from mlflow.entities import FileInfo
from mlflow.exceptions import (
    MlflowException,
    MlflowTraceDataCorrupted,
    MlflowTraceDataNotFound,
)
from mlflow.protos.databricks_pb2 import (
    INTERNAL_ERROR,
    INVALID_PARAMETER_VALUE,
    NOT_IMPLEMENTED,
    PERMISSION_DENIED,
    RESOURCE_CONFLICT,
    RESOURCE_DOES_NOT_EXIST,
)
from mlflow.store.artifact.artifact_repo import (
    ArtifactRepository,
    try_read_trace_data,
    verify_artifact_path,
)

from at1_mlflow.child import Refusal, ask
from at1_mlflow.program import ProgramError

_logger = logging.getLogger("at1_mlflow")
TRACE_DATA = "traces.json"
LEVEL_VARIABLE = "AT1_ARTIFACT_LEVEL"
_ACCEPTED = frozenset(inspect.signature(ArtifactRepository.__init__).parameters)
# Evidence that bytes are not what was logged, which is never to be taken for their absence.
_TAMPERED = ("ledger/", "container/", "signature/", "key/weak", "io/unsafe-path")


class At1Exception(MlflowException):
    """at1 refused; `code` is one of docs/errors.md, such as ledger/mismatch."""

    def __init__(self, code, message, error_code=INTERNAL_ERROR):
        super().__init__(message, error_code=error_code)
        self.code = code

    @property
    def tampered(self):
        return self.code.startswith(_TAMPERED)


class At1ArtifactRepository(ArtifactRepository):
    """Artifacts as verified containers in a plain or mounted directory, with a ledger."""

    def __init__(self, artifact_uri, tracking_uri=None, registry_uri=None):
        more = {"tracking_uri": tracking_uri, "registry_uri": registry_uri}
        super().__init__(artifact_uri, **{name: value for name, value in more.items() if name in _ACCEPTED})
        self._root = root_of(artifact_uri)

    @property
    def artifact_dir(self):
        return self._root

    def log_artifact(self, local_file, artifact_path=None):
        verify_artifact_path(artifact_path)
        local = _local(local_file)
        os.stat(local)
        name = os.path.basename(local)
        path = posixpath.join(artifact_path, name) if artifact_path else name
        self._put("put", path, local)

    def log_artifacts(self, local_dir, artifact_path=None):
        verify_artifact_path(artifact_path)
        local = _local(local_dir)
        os.listdir(local)
        self._put("put-tree", artifact_path or "", local)

    def _put(self, op, path, local):
        level = os.environ.get(LEVEL_VARIABLE)
        self._ask(op, path, "Invalid artifact path", local=local, **({"level": level} if level else {}))

    def list_artifacts(self, path=None):
        found = self._ask("list", _name(path))["artifacts"]
        infos = [FileInfo(one["path"], one["folder"], one["size"]) for one in found]
        return sorted(infos, key=lambda info: info.path)

    def _is_directory(self, artifact_path):
        return self._ask("stat", _name(artifact_path))["kind"] == "folder"

    def _download_file(self, remote_file_path, local_path):
        self._ask("get", _name(remote_file_path), local=_local(local_path))

    def delete_artifacts(self, artifact_path=None):
        self._ask("delete", _name(artifact_path))

    def integrity(self, artifact_path):
        """A sentence that begins with `integrity OK (sha256 …)` and tells by whom the ledger was signed. Raises when it is not so."""
        found = self._ask("integrity", _name(artifact_path))
        ledger = found["ledger"]
        if ledger["kind"] == "none":
            who = "no ledger: embedded digest only"
        elif ledger["kind"] == "unsigned":
            who = f"unsigned ledger, entry {ledger['entry']} of {ledger['time']}"
        else:
            who = f"signed by {ledger['key']}, ledger entry {ledger['entry']} of {ledger['time']}"
        return f"integrity OK (sha256 {found['sha256']}), {who}"

    def download_trace_data_to_file(self, dst_path):
        try:
            self._download_file(TRACE_DATA, dst_path)
        except At1Exception as error:
            if error.tampered:
                raise MlflowTraceDataCorrupted(artifact_path=TRACE_DATA) from error
            raise MlflowTraceDataNotFound(artifact_path=TRACE_DATA) from error
        return dst_path

    def download_trace_data(self):
        with tempfile.TemporaryDirectory() as folder:
            return try_read_trace_data(self.download_trace_data_to_file(Path(folder, TRACE_DATA)))

    def _ask(self, op, path, invalid="Invalid path", **more):
        try:
            return ask({"op": op, "root": self._root, "path": path, **more})
        except Refusal as refusal:
            error = _exception_of(refusal, path, invalid)
            if error.tampered:
                # MLflow swallows the exception where it looks in several places, as for runs:/ addresses.
                _logger.warning("%s: %s", posixpath.join(self.artifact_uri, path), error)
            raise error from None
        except ProgramError as error:
            raise MlflowException(str(error), error_code=NOT_IMPLEMENTED) from None


def root_of(uri):
    """The directory of at1:///data/run, taken as it is written: nothing in it is decoded, so no two spellings meet."""
    uri = str(uri)
    # MLflow itself writes at1:/data when it appends to at1:///data.
    path = uri[len("at1:") :] if re.match(r"at1:(/[^/]|///)", uri) else ""
    path = path[2:] if path.startswith("///") else path
    if not path.startswith("/"):
        raise _invalid_uri(uri, "write at1:// and an absolute directory, as in at1:///data/mlartifacts")
    if re.search(r"[?#\\\x00-\x1f]", path) or any(part in (".", "..") for part in _decoded(path).split("/")):
        raise _invalid_uri(uri, "it has '?', '#', a backslash, a control character, or a way out of the directory")
    if os.name == "nt" and re.match(r"/[A-Za-z]:", path):
        path = path[1:]
    return os.path.normpath(re.sub("/+", "/", path))


def _decoded(path):
    # Only to look: however often it is decoded, there must be no way out in it.
    for _ in range(8):
        decoded = re.sub("%([0-9A-Fa-f]{2})", lambda hit: chr(int(hit[1], 16)), path)
        if decoded == path:
            return path.replace("\\", "/")
        path = decoded
    return ".."


def _invalid_uri(uri, why):
    return MlflowException(f"Invalid artifact location {uri!r}: {why}", error_code=INVALID_PARAMETER_VALUE)


def _name(path):
    """As MLflow writes names: nothing for the directory itself, perhaps a slash behind a folder."""
    if not path:
        return ""
    path = str(path)
    return path[:-1] if len(path) > 1 and path.endswith("/") else path


def _local(path):
    path = os.path.abspath(os.fspath(path))
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        raise At1Exception("usage/path", f"The local path {path!r} is not UTF-8", INVALID_PARAMETER_VALUE) from None
    return path


def _exception_of(refusal, path, invalid):
    code, message = refusal.code, str(refusal)
    if code == "usage/path":
        return At1Exception(code, f"{invalid}: {path!r}. {message}", INVALID_PARAMETER_VALUE)
    if code == "artifact/not-found":
        return At1Exception(code, message, RESOURCE_DOES_NOT_EXIST)
    message = f"{message} [{code}]" + (f". {refusal.hint}" if refusal.hint else "")
    if code in ("output/exists", "artifact/unsupported-file", "usage/invalid"):
        return At1Exception(code, message, INVALID_PARAMETER_VALUE)
    if code == "io/read-only":
        return At1Exception(code, message, PERMISSION_DENIED)
    if code.startswith(_TAMPERED):
        # Through a server this is 409: clients take what begins with 5 for passing, and ask on for minutes.
        return At1Exception(code, f"refused: {message}", RESOURCE_CONFLICT)
    return At1Exception(code, message)
