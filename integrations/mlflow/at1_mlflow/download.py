"""The files of a model, one by one under names that were looked at: MLflow's own download believes what a store answers."""

import os
import posixpath
from concurrent.futures import ThreadPoolExecutor

from at1_mlflow.find import check_path, children
from at1_mlflow.problems import ExportError

MOST_FILES = 100_000
_DEEPEST = 64
_AT_ONCE = 8


def download(repository, path, target):
    """Into the folder `target`, which is made. Of a single file its name is returned, of a folder None."""
    os.mkdir(target, 0o700)
    files, folders = _below(repository, path)
    if not files and not folders:
        if not path:
            raise ExportError("not-found", "the model has no files")
        name = posixpath.basename(path)
        check_path(name)
        _claim(os.path.join(target, name), path)
        _fetch(repository, path, os.path.join(target, name))
        return name
    for folder in folders:
        os.makedirs(os.path.join(target, *folder.split("/")), mode=0o700, exist_ok=True)
    start = f"{path}/" if path else ""
    places = {file: os.path.join(target, *file.split("/")) for file in files}
    for file in files:
        _claim(places[file], start + file)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        fetched = [pool.submit(_fetch, repository, start + file, local) for file, local in places.items()]
        try:
            for one in fetched:
                one.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return None


def _below(repository, path):
    """Files and folders below it, by their paths from there; nothing for a file."""
    files, folders, waiting = [], [], [""]
    while waiting:
        folder = waiting.pop()
        inside = "/".join(part for part in (path, folder) if part)
        for name, info in children(repository, inside):
            below = f"{folder}/{name}" if folder else name
            if info.is_dir:
                folders.append(below)
                waiting.append(below)
            else:
                files.append(below)
            if len(files) + len(folders) > MOST_FILES:
                raise ExportError("request", f"more than {MOST_FILES} files")
            if below.count("/") > _DEEPEST:
                raise ExportError("unsafe", f"folders nested deeper than {_DEEPEST}")
    return files, folders


def _claim(local, path):
    """All names first, before any bytes: two names may be one on this file system."""
    try:
        os.close(os.open(local, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise ExportError("unsafe", f"two artifacts are one file here: {path!r}") from None


def _fetch(repository, path, local):
    os.unlink(local)
    repository._download_file(path, local)
    if os.path.islink(local) or not os.path.isfile(local):
        raise ExportError("not-found", f"there is no artifact {path!r}")
