"""Where the at1 program is, and what to say when it is not there or not the right one. Nothing is ever downloaded."""

import os
import re
import shutil
import sys

PROTOCOL = 1
INSTALL = "in the folder of at1: npm ci --ignore-scripts && npm pack && npm install --global ./at1-registry-*.tgz"


class ProgramError(Exception):
    """There is no usable at1; the message has the command to run."""


def find_program():
    """The words that start it: AT1_BIN, else at1 on PATH. A script of Node is started with node."""
    named = os.environ.get("AT1_BIN")
    if named:
        found = shutil.which(named) or (named if os.path.isfile(named) else None)
        if found is None:
            raise ProgramError(
                f"at1 was not found: AT1_BIN is {named!r}, and there is no program. "
                f"Install it ({INSTALL}), then run: unset AT1_BIN"
            )
    else:
        found = shutil.which("at1")
        if found is None:
            raise ProgramError(
                f"at1 was not found: it is not on PATH, and AT1_BIN is not set. Install it, {INSTALL}; "
                "or run: export AT1_BIN=/path/of/at1"
            )
    if found.endswith((".js", ".mjs")):
        return (shutil.which("node") or "node", found)
    return (found,)


def refuse_program(program, exit_code, stderr, answer):
    """Raises what is to be said of a program that did not answer the handshake as this at1 would."""
    name = program[-1]
    if isinstance(answer, dict) and answer.get("program") == "at1":
        if isinstance(answer.get("protocol"), int) and answer["protocol"] > PROTOCOL:
            raise ProgramError(
                f"{name} is at1 {answer.get('version')}, which is newer than this plugin knows. "
                f"Run: {os.path.basename(sys.executable)} -m pip install --upgrade at1-mlflow"
            )
        raise _too_old(name)
    if exit_code is not None and exit_code < 0:
        raise ProgramError(f"{name} was ended by signal {-exit_code} before it had answered. Run: {name} --version")
    # What an at1 without this command says: a line that ends with the code of the error.
    if exit_code == 2 and re.search(r"\[usage/[a-z]+\]", stderr):
        raise _too_old(name)
    raise ProgramError(
        f"{name} is another program called at1, not the model registry. Install that one, {INSTALL}; "
        "then run: export AT1_BIN=/path/of/at1"
    )


def _too_old(name):
    return ProgramError(f"{name} is an at1 that is too old for this plugin. Update it, {INSTALL}")
