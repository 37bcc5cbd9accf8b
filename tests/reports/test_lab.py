"""A notebook is saved without what it showed, and Jupyter leaves no copy of it."""

import asyncio
import base64
import json
import os
import socket
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest
import requests
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError
from traitlets.config import Config

from youthjustice.cli import main

SECRET = "KX-20714"
SETTINGS = Path(str(files("youthjustice.reports").joinpath("lab", "settings")))


def notebook():
    told = {"output_type": "stream", "name": "stdout", "text": SECRET}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python", "version": SECRET},
            "widgets": {"state": {"value": SECRET}},
            "papermill": {"parameters": {"child": SECRET}},
        },
        "cells": [
            {"cell_type": "markdown", "id": "a", "source": "# Title", "metadata": {"x": SECRET}},
            {
                "cell_type": "code",
                "id": "b",
                "source": "area = 1",
                "execution_count": 3,
                "metadata": {"tags": ["parameters"], "execution": {"iopub": SECRET}},
                "outputs": [told],
            },
        ],
    }


def manager(folder, *, settings=True):
    config = Config()
    if settings:
        config.update(json.loads((SETTINGS / "jupyter_server_config.json").read_text()))
    config.AsyncLargeFileManager.root_dir = str(folder)
    return AsyncLargeFileManager(config=config)


def save(folder, model, path="own.ipynb", **given):
    made = manager(folder, **given)

    async def saved():
        await made.save(model, path)
        return await made.checkpoints.create_checkpoint(made, path)

    return made, asyncio.run(saved())


def everything(folder):
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_notebook_is_saved_with_its_code_and_nothing_else(tmp_path):
    save(tmp_path, {"type": "notebook", "content": notebook()})
    saved = everything(tmp_path)
    assert list(saved) == ["own.ipynb"] and SECRET not in saved["own.ipynb"]
    told = json.loads(saved["own.ipynb"])
    assert told["cells"][1]["source"] == ["area = 1"]
    assert told["cells"][1]["metadata"] == {"tags": ["parameters"]}
    assert set(told["metadata"]) == {"kernelspec", "language_info"}
    assert told["metadata"]["language_info"] == {"name": "python"}


def test_without_the_settings_it_would_be_on_disk_twice(tmp_path):
    save(tmp_path, {"type": "notebook", "content": notebook()}, settings=False)
    saved = everything(tmp_path)
    assert len(saved) == 2 and all(SECRET in text for text in saved.values())


@pytest.mark.parametrize("packed", [True, False])
def test_a_notebook_that_is_saved_as_a_file_is_one_too(tmp_path, packed):
    text = json.dumps(notebook())
    content = base64.b64encode(text.encode()).decode() if packed else text
    kind = "base64" if packed else "text"
    save(tmp_path, {"type": "file", "format": kind, "content": content})
    assert SECRET not in everything(tmp_path)["own.ipynb"]


@pytest.mark.parametrize(
    "model",
    [{"type": "notebook", "content": {"nbformat": 3, "worksheets": [SECRET]}},
     {"type": "notebook", "content": {"nbformat": 4, "metadata": None, "cells": []}},
     {"type": "file", "format": "text", "content": f"[{SECRET}"},
     {"type": "file", "format": "text", "content": "[1]"},
     {"type": "file", "format": "base64", "content": "AAAA", "chunk": 1}],
)  # fmt: skip
def test_what_cannot_be_understood_is_not_saved(tmp_path, model):
    with pytest.raises(HTTPError, match="was not saved") as said:
        save(tmp_path, model)
    assert SECRET not in str(said.value)
    assert everything(tmp_path) == {}


def test_other_files_and_folders_are_saved_as_they_are(tmp_path):
    save(tmp_path, {"type": "file", "format": "text", "content": "words"}, "own.md")
    assert everything(tmp_path) == {"own.md": "words"}
    asyncio.run(manager(tmp_path).save({"type": "directory"}, "folder"))
    assert (tmp_path / "folder").is_dir()


def test_there_is_no_checkpoint_to_go_back_to(tmp_path):
    made, told = save(tmp_path, {"type": "notebook", "content": notebook()})
    assert told["id"] == "none" and told["last_modified"].tzinfo is not None
    kept = made.checkpoints
    assert asyncio.run(kept.list_checkpoints("own.ipynb")) == []
    asyncio.run(kept.rename_checkpoint("none", "own.ipynb", "other.ipynb"))
    asyncio.run(kept.delete_checkpoint("none", "own.ipynb"))
    with pytest.raises(HTTPError, match="No copies"):
        asyncio.run(kept.restore_checkpoint(made, "none", "own.ipynb"))


@pytest.mark.parametrize("before", ["", "/elsewhere"])
def test_the_command_opens_with_these_settings(tmp_path, monkeypatch, before):
    asked = []

    def open_it(command, env, check):
        asked.append((command, env))
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setenv("JUPYTER_CONFIG_PATH", before)
    monkeypatch.setattr(subprocess, "run", open_it)
    (tmp_path / "own.ipynb").write_text("{}")
    assert main(["lab", str(tmp_path / "own.ipynb")]) == 3 == main(["lab"])
    (command, environment), (without, _) = asked
    assert command[-1] == str(tmp_path / "own.ipynb") and without == command[:-1]
    assert environment["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [
        str(SETTINGS),
        *filter(None, [before]),
    ]


def test_a_notebook_that_is_not_there_is_told_in_a_sentence(capsys):
    assert main(["lab", "nowhere.ipynb"]) == 2
    assert "There is no notebook at nowhere.ipynb; check the path." in capsys.readouterr().err


def test_make_lab_opens_with_these_settings():
    makefile = (Path(__file__).parents[2] / "Makefile").read_text()
    assert "$(BIN)/youthjustice lab notebooks/start_here.ipynb" in makefile
    assert "jupyter lab" not in makefile


@pytest.mark.prove
def test_a_running_server_keeps_nothing_that_was_shown(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    work = tmp_path / "work"
    work.mkdir()
    environment = os.environ | {
        "JUPYTER_CONFIG_PATH": str(SETTINGS),
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "JUPYTER_DATA_DIR": str(tmp_path / "data"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "run"),
    }
    command = [
        sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", f"--port={port}",
        "--IdentityProvider.token=word", f"--ServerApp.root_dir={work}", "--ServerApp.port_retries=0",
    ]  # fmt: skip
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}/api/contents/own.ipynb"
        with requests.Session() as session:
            session.headers["Authorization"] = "token word"
            session.trust_env = False
            for _ in range(240):
                try:
                    session.get(f"http://127.0.0.1:{port}/api/status", timeout=5)
                    break
                except requests.ConnectionError:
                    time.sleep(0.5)
            model = {"type": "notebook", "format": "json", "content": notebook()}
            assert session.put(url, json=model, timeout=60).status_code == 201
            made = session.post(f"{url}/checkpoints", timeout=60)
            assert (made.status_code, made.json()["id"]) == (201, "none")
            assert session.get(f"{url}/checkpoints", timeout=60).json() == []
            opened = session.get(url, timeout=60).json()["content"]
            assert opened["cells"][1]["outputs"] == []
            moved = {"path": "other.ipynb"}
            assert session.patch(url, json=moved, timeout=60).status_code == 200
    finally:
        server.terminate()
        server.wait(60)
    assert list(everything(work)) == ["other.ipynb"]
    left = "".join(
        path.read_text(errors="replace") for path in tmp_path.rglob("*") if path.is_file()
    )
    assert SECRET not in left


@pytest.mark.parametrize(
    "words",
    ["--no-browser", "--port 9999 own.ipynb --allow-root", "own.ipynb --ServerApp.ip=:: --debug"],
)
def test_options_of_jupyterlab_are_passed_on_in_their_order(tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    Path("own.ipynb").touch()
    asked = []

    def open_it(command, env, check):
        asked.extend(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", open_it)
    assert main(["lab", *words.split()]) == 0
    assert asked[3] == f"--notebook-dir={tmp_path}" and asked[4:] == words.split()


@pytest.mark.parametrize("words", ["x.txt", "own.ipynb x.txt", "--ip=:: x.txt", "."])
def test_what_is_no_notebook_is_not_opened(tmp_path, monkeypatch, capsys, words):
    monkeypatch.chdir(tmp_path)
    for name in ("x.txt", "own.ipynb"):
        Path(name).touch()
    assert main(["lab", *words.split()]) == 2
    assert " is not a notebook; name a file that ends in .ipynb." in capsys.readouterr().err
