"""What MLflow asks of any repository, and what its own local one is tested for, in our words."""

import inspect
import os
import stat
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

import pytest
from mlflow.entities import FileInfo
from mlflow.exceptions import MlflowException, MlflowTraceDataCorrupted, MlflowTraceDataNotFound
from mlflow.store.artifact.artifact_repo import ArtifactRepository
from mlflow.store.artifact.artifact_repository_registry import (
    ArtifactRepositoryRegistry,
    get_artifact_repository,
)

from at1_mlflow.repository import At1ArtifactRepository


def names(infos):
    return [info.path + ("/" if info.is_dir else "") for info in infos]


def content(path):
    return Path(path).read_bytes()


def tree(path):
    return sorted(str(p.relative_to(path)) + ("/" if p.is_dir() else "") for p in Path(path).rglob("*"))


# Registration


def test_the_scheme_is_there_after_installation(store):
    repo = get_artifact_repository(f"at1://{store}")
    assert isinstance(repo, At1ArtifactRepository)
    assert isinstance(repo, ArtifactRepository)
    assert repo.artifact_uri == f"at1://{store}"


def test_the_constructor_takes_what_any_mlflow_gives(store):
    uri = f"at1://{store}"
    assert At1ArtifactRepository(uri).artifact_uri == uri
    assert At1ArtifactRepository(uri, tracking_uri="http://t").artifact_uri == uri
    repo = At1ArtifactRepository(uri, tracking_uri="http://t", registry_uri="http://r")
    assert (repo.tracking_uri, repo.registry_uri) == ("http://t", "http://r")
    assert list(inspect.signature(At1ArtifactRepository.__init__).parameters)[1:] == [
        "artifact_uri",
        "tracking_uri",
        "registry_uri",
    ]


def test_an_older_base_class_is_given_only_what_it_takes(store):
    with mock.patch("at1_mlflow.repository._ACCEPTED", frozenset({"self", "artifact_uri"})):
        assert At1ArtifactRepository(f"at1://{store}", tracking_uri="http://t").tracking_uri is None


def test_an_unknown_scheme_names_ours_among_the_known():
    with pytest.raises(MlflowException, match="at1"):
        get_artifact_repository("at2:///nowhere")


def test_an_entry_point_that_cannot_be_loaded_is_a_warning():
    entry = mock.Mock()
    entry.name = "at1"
    entry.load.side_effect = ImportError("no such thing")
    where = "mlflow.store.artifact.artifact_repository_registry.get_entry_points"
    with mock.patch(where, return_value=[entry]), pytest.warns(UserWarning, match="no such thing"):
        ArtifactRepositoryRegistry().register_entrypoints()


@pytest.mark.parametrize(
    "uri",
    [
        "at1:",
        "at1://",
        "at1://host/data",
        "at1:relative",
        "file:///data",
        "at1:///data?x=1",
        "at1:///data#f",
        "at1:///data/../etc",
        "at1:///data/%2e%2e/etc",
        "at1:///data/%252e%252e/etc",
        "at1:///data\\..\\etc",
        "at1:///data/..%5cetc",
        "at1:///data\0",
    ],
)
def test_a_location_with_a_way_out_is_refused(uri):
    with pytest.raises(MlflowException, match="Invalid artifact location"):
        At1ArtifactRepository(uri)


def test_a_location_is_taken_as_it_is_written(tmp_path, write):
    file = write("a")
    for name in ("a b", "a%20b", "ä", "100%"):
        At1ArtifactRepository(f"at1://{tmp_path}/{name}").log_artifact(file)
    assert {"a b", "a%20b", "ä", "100%"} <= set(os.listdir(tmp_path))


def test_both_spellings_of_mlflow_are_one_place(store, write):
    At1ArtifactRepository(f"at1://{store}").log_artifact(write("f"))
    assert names(At1ArtifactRepository(f"at1:{store}").list_artifacts()) == ["f"]


# Logging, listing, downloading


def test_nothing_is_listed_where_nothing_is(repo):
    assert repo.list_artifacts() == []
    assert repo.list_artifacts("none") == []


def test_one_file(repo, store, write):
    repo.log_artifact(write("model.bin", b"\0\1\2" * 1000))
    assert repo.list_artifacts() == [FileInfo("model.bin", False, 3000)]
    assert repo.list_artifacts("model.bin") == []
    assert tree(store)[-1:] == ["model.bin.at1"]
    assert content(repo.download_artifacts("model.bin")) == b"\0\1\2" * 1000


def test_parents_are_made(tmp_path, write):
    repo = At1ArtifactRepository(f"at1://{tmp_path}/a/b/c")
    repo.log_artifact(write("x"), "d/e")
    assert names(repo.list_artifacts("d/e")) == ["d/e/x"]


@pytest.mark.parametrize("where", [None, "", "one", "one/two", "one/two/three", "one/two/three/four"])
def test_folders_of_any_depth(repo, write, tmp_path, where):
    repo.log_artifact(write("f", b"x"), where)
    path = f"{where}/f" if where else "f"
    assert names(repo.list_artifacts(where)) == [path]
    assert content(repo.download_artifacts(path)) == b"x"
    (tmp_path / "dst").mkdir()
    assert repo.download_artifacts(path, str(tmp_path / "dst")) == str(tmp_path / "dst" / path)


@pytest.mark.parametrize("bad", ["/", "//", "/tmp", "/bad_path", ".", "../terrible_path", "a/../../b", "a//b", "a/./b"])
def test_bad_artifact_paths_are_refused(repo, store, write, bad):
    with pytest.raises(MlflowException, match="Invalid artifact path"):
        repo.log_artifact(write("f"), bad)
    with pytest.raises(MlflowException, match="Invalid artifact path"):
        repo.log_artifacts(os.path.dirname(write("f")), bad)
    assert not store.exists()


TRAVERSALS = [
    "/etc/passwd",
    "//etc/passwd",
    "..",
    "../secret",
    "a/../../secret",
    "./../secret",
    "..\\secret",
    "a\\..\\..\\secret",
    "\\\\host\\share",
    "C:\\secret",
    "C:/secret",
    "%2e%2e/secret",
    "%2E%2E%2Fsecret",
    "..%2fsecret",
    "%252e%252e%252fsecret",
    "%25252e%25252e/secret",
    "..%5csecret",
    "..%255csecret",
    "a%00",
    "a\0b",
    "a\nb",
    ".at1-ledger/000000000001.entry",
]


@pytest.mark.parametrize("path", TRAVERSALS)
def test_every_traversal_is_refused_by_every_call(repo, store, write, tmp_path, path):
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "secret.at1").write_text("secret")
    repo.log_artifact(write("a"))
    for call in (
        repo.download_artifacts,
        repo.list_artifacts,
        repo.delete_artifacts,
        repo.integrity,
        repo._is_directory,
        lambda p: repo._download_file(p, str(tmp_path / "out")),
        lambda p: repo.log_artifact(write("a"), p),
        lambda p: repo.log_artifacts(os.path.dirname(write("a")), p),
    ):
        with pytest.raises(MlflowException, match="Invalid (artifact )?path"):
            call(path)
    assert (tmp_path / "secret").read_text() == "secret"
    assert (tmp_path / "secret.at1").read_text() == "secret"
    assert not (tmp_path / "out").exists()
    assert names(repo.list_artifacts()) == ["a"]


def test_query_fragment_and_parameter_are_letters_like_others(repo, write):
    for name in ("a?b", "a#b", "a;b", "a&b=c"):
        repo.log_artifact(write(name, name))
        assert content(repo.download_artifacts(name)) == name.encode()


def test_names_that_differ_by_encoding_never_meet(repo, write):
    pairs = ["a b", "a%20b", "a+b", "\u00e9", "e\u0301", "case", "Case", "a%2520b"]
    for name in pairs:
        repo.log_artifact(write(name, name))
    assert sorted(names(repo.list_artifacts())) == sorted(pairs)
    for name in pairs:
        assert content(repo.download_artifacts(name)) == name.encode()


def test_a_and_a_at1_and_a_folder_of_that_name(repo, write):
    repo.log_artifact(write("a", "1"))
    repo.log_artifact(write("a.at1", "2"))
    repo.log_artifact(write("b", "3"), "c.at1")
    repo.log_artifact(write("c", "4"))
    assert names(repo.list_artifacts()) == ["a", "a.at1", "c", "c.at1/"]
    assert [content(repo.download_artifacts(path)) for path in ("a", "a.at1", "c.at1/b", "c")] == [b"1", b"2", b"3", b"4"]


def test_trees_with_hidden_files_and_empty_folders(repo, write, tmp_path):
    for name in ("top", ".hidden", "in/file", "in/.hidden", "in/deep/er/zero"):
        write(name, b"" if name.endswith("zero") else name.encode())
    local = tmp_path / "local"
    (local / "empty").mkdir()
    (local / "in" / "none").mkdir()
    repo.log_artifacts(str(local), "tree")
    assert names(repo.list_artifacts("tree")) == ["tree/.hidden", "tree/empty/", "tree/in/", "tree/top"]
    assert names(repo.list_artifacts("tree/in")) == ["tree/in/.hidden", "tree/in/deep/", "tree/in/file", "tree/in/none/"]
    assert repo._is_directory("tree/empty")
    assert not repo._is_directory("tree/top")
    assert not repo._is_directory("tree/nothing")
    got = repo.download_artifacts("tree")
    assert tree(got) == tree(local)
    for path in local.rglob("*"):
        if path.is_file():
            assert content(Path(got) / path.relative_to(local)) == content(path)
    everything = repo.download_artifacts("")
    assert tree(Path(everything) / "tree") == tree(local)


def test_an_empty_folder_alone(repo, tmp_path):
    (tmp_path / "local" / "empty").mkdir(parents=True)
    repo.log_artifacts(str(tmp_path / "local"))
    assert names(repo.list_artifacts()) == ["empty/"]
    assert repo.list_artifacts("empty") == []
    (tmp_path / "dst").mkdir()
    got = repo.download_artifacts("empty", str(tmp_path / "dst"))
    assert os.path.isdir(got) and os.listdir(got) == []


def test_a_second_tree_is_merged_into_what_is_there(repo, write, tmp_path):
    repo.log_artifact(write("one/a", "1"), "t")
    repo.log_artifact(write("one/b", "1"), "t")
    write("two/b", "2")
    write("two/c/d", "2")
    repo.log_artifacts(str(tmp_path / "local" / "two"), "t")
    assert [content(repo.download_artifacts(f"t/{path}")) for path in ("a", "b", "c/d")] == [b"1", b"2", b"2"]


def test_downloads_are_absolute_and_private(repo, write, tmp_path, monkeypatch):
    repo.log_artifact(write("f", "x"), "in")
    made = repo.download_artifacts("in/f")
    assert os.path.isabs(made)
    assert stat.S_IMODE(os.stat(os.path.dirname(os.path.dirname(made))).st_mode) == 0o700
    (tmp_path / "dst").mkdir()
    monkeypatch.chdir(tmp_path)
    assert repo.download_artifacts("in/f", "dst") == str(tmp_path / "dst" / "in" / "f")
    assert repo.download_artifacts("in", str(tmp_path / "dst")) == str(tmp_path / "dst" / "in")
    assert os.path.isabs(repo.download_artifacts(""))


def test_the_destination_must_be_a_folder_that_is_there(repo, write, tmp_path):
    repo.log_artifact(write("f"))
    with pytest.raises(MlflowException, match="does not exist"):
        repo.download_artifacts("f", str(tmp_path / "none"))
    with pytest.raises(MlflowException, match="must be a directory"):
        repo.download_artifacts("f", write("g"))


def test_what_is_missing_is_told_with_its_name_and_cause(repo, write):
    repo.log_artifact(write("f"))
    with pytest.raises(MlflowException, match=r"(?s)nope.*No such artifact: 'nope'") as caught:
        repo.download_artifacts("nope")
    assert caught.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_local_files_that_are_not_there(repo, tmp_path, write):
    with pytest.raises(FileNotFoundError):
        repo.log_artifact(str(tmp_path / "none"))
    with pytest.raises(FileNotFoundError):
        repo.log_artifacts(str(tmp_path / "none"))
    with pytest.raises(NotADirectoryError):
        repo.log_artifacts(write("f"))
    with pytest.raises(MlflowException, match="no plain file"):
        repo.log_artifact(str(tmp_path))


@pytest.mark.parametrize("shape", [[], ["."], ["in"], [".", "in"], ["in", "in/f"], [".", "in", "in/f"]])
def test_a_listing_with_itself_in_it_ends(repo, write, tmp_path, shape):
    repo.log_artifact(write("f", "x"), "in")
    (tmp_path / "dst").mkdir()
    listed = [FileInfo(path, path != "in/f", None) for path in shape]
    with mock.patch.object(repo, "list_artifacts", side_effect=lambda path=None: listed if path == "in" else []):
        repo.download_artifacts("in", str(tmp_path / "dst"))
    assert (tmp_path / "dst" / "in" / "f").exists() == ("in/f" in shape)


def test_all_downloads_are_waited_for(repo, write, tmp_path):
    for i in range(30):
        write(f"many/{i}", str(i))
    repo.log_artifacts(str(tmp_path / "local" / "many"), "many")
    got = repo.download_artifacts("many")
    assert len(os.listdir(got)) == 30


def test_delete(repo, write, store):
    for path in ("a", "in/b", "in/deep/c", "other/d"):
        repo.log_artifact(write(os.path.basename(path)), os.path.dirname(path))
    repo.delete_artifacts("a")
    repo.delete_artifacts("in/deep")
    assert names(repo.list_artifacts()) == ["in/", "other/"]
    assert names(repo.list_artifacts("in")) == ["in/b"]
    repo.delete_artifacts("nothing")
    repo.delete_artifacts("in/nothing/at/all")
    repo.delete_artifacts()
    assert repo.list_artifacts() == []
    assert [name for name in tree(store) if not name.startswith(".at1-ledger")] == []
    repo.delete_artifacts()


def test_delete_where_nothing_ever_was(repo, store):
    repo.delete_artifacts("x")
    repo.delete_artifacts()
    assert not store.exists()


def test_logged_again_is_replaced_and_the_same_again_is_no_entry(repo, write, store):
    repo.log_artifact(write("f", "1"))
    repo.log_artifact(write("f", "1"))
    assert len(list((store / ".at1-ledger").glob("*.entry"))) == 1
    repo.log_artifact(write("f", "2"))
    assert content(repo.download_artifacts("f")) == b"2"


def test_links_in_a_logged_folder_become_what_they_lead_to(repo, write, tmp_path):
    target = write("blob", "x")
    folder = tmp_path / "snapshot"
    folder.mkdir()
    (folder / "weights").symlink_to(target)
    repo.log_artifacts(str(folder))
    assert content(repo.download_artifacts("weights")) == b"x"
    (folder / "loop").symlink_to(folder)
    with pytest.raises(MlflowException, match="link to a folder it lies in"):
        repo.log_artifacts(str(folder))


def test_links_in_the_store_are_not_followed(repo, write, store, tmp_path):
    repo.log_artifact(write("f"), "in")
    (tmp_path / "outside").mkdir()
    os.rename(store / "in", tmp_path / "moved")
    (store / "in").symlink_to(tmp_path / "outside")
    for call in (lambda: repo.log_artifact(write("g"), "in"), lambda: repo.download_artifacts("in/f")):
        with pytest.raises(MlflowException, match="symbolic link"):
            call()
    assert os.listdir(tmp_path / "outside") == []


def test_twenty_threads_download_at_once(repo, write, tmp_path):
    data = {f"{i}.bin": os.urandom(50_000 + i) for i in range(20)}
    for name, value in data.items():
        repo.log_artifact(write(name, value))
    start = threading.Barrier(20)

    def get(name):
        start.wait()
        return content(repo.download_artifacts(name)) == data[name]

    with ThreadPoolExecutor(20) as pool:
        assert all(pool.map(get, data))


def test_a_folder_in_it_is_a_location_too(repo, write, store):
    repo.log_artifact(write("MLmodel", "x"), "model")
    inner = At1ArtifactRepository(f"at1://{store}/model")
    assert names(inner.list_artifacts()) == ["MLmodel"]
    assert content(inner.download_artifacts("MLmodel")) == b"x"
    assert inner.integrity("MLmodel") == repo.integrity("model/MLmodel")


@pytest.mark.parametrize("level", ["fast", "balanced", "max"])
def test_levels(repo, write, store, level, monkeypatch):
    monkeypatch.setenv("AT1_ARTIFACT_LEVEL", level)
    text = "step,loss\n" + "".join(f"{i},{1 / (i + 1):.6f}\n" for i in range(5000))
    repo.log_artifact(write("metrics.csv", text))
    assert content(repo.download_artifacts("metrics.csv")).decode() == text
    assert (store / "metrics.csv.at1").stat().st_size < len(text) / 2


def test_an_unknown_level_is_told(repo, write, monkeypatch):
    monkeypatch.setenv("AT1_ARTIFACT_LEVEL", "huge")
    with pytest.raises(MlflowException, match="unknown level"):
        repo.log_artifact(write("f"))


# Traces


def test_trace_data_absent_empty_corrupt_and_good(repo, write, store):
    with pytest.raises(MlflowTraceDataNotFound, match="Trace data not found for"):
        repo.download_trace_data()
    repo.log_artifact(write("traces.json", ""))
    with pytest.raises(MlflowTraceDataNotFound):
        repo.download_trace_data()
    repo.log_artifact(write("traces.json", "no json"))
    with pytest.raises(MlflowTraceDataCorrupted, match="Trace data is corrupted for"):
        repo.download_trace_data()
    repo.upload_trace_data('{"spans": []}')
    assert repo.download_trace_data() == {"spans": []}
    # Tampering is not absence.
    (store / "traces.json.at1").write_bytes(b"x")
    with pytest.raises(MlflowTraceDataCorrupted):
        repo.download_trace_data()


def test_attachments(repo):
    if not hasattr(repo, "upload_attachment"):
        pytest.skip("this MLflow has no attachments")
    name = "0123abcd-0123-4123-8123-0123456789ab"
    repo.upload_attachment(name, b"\0png")
    assert repo.download_trace_attachment(name) == b"\0png"
    for bad in ("../x", "a/b", ".."):
        with pytest.raises(MlflowException):
            repo.upload_attachment(bad, b"")
        with pytest.raises(MlflowException):
            repo.download_trace_attachment(bad)
    with pytest.raises(MlflowException):
        repo.download_trace_attachment("ffffffff-0123-4123-8123-0123456789ab")


def test_async_logging(repo, write, tmp_path):
    if not hasattr(repo, "_log_artifact_async"):
        pytest.skip("this MLflow logs no artifacts asynchronously")
    assert tempfile.gettempdir()
    repo.flush_async_logging()
