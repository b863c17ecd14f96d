"""One `at1 artifacts --stdio` for a whole Python process: any thread asks, answers find their way back by number.

It is started when first needed and again when it died, left alone in a forked process, and ended with this one.
"""

import atexit
import json
import os
import subprocess
import threading
from concurrent.futures import Future, TimeoutError as FutureTimeout

from at1_mlflow.program import PROTOCOL, ProgramError, find_program, refuse_program

HANDSHAKE_SECONDS = 60
END_SECONDS = 30
KEPT_STDERR = 4096


class ChildDied(Exception):
    """The program ended while an answer was awaited."""


class Refusal(Exception):
    """at1 answered that it will not or cannot."""

    def __init__(self, code, message, hint=None):
        super().__init__(message)
        self.code = code
        self.hint = hint


class _Child:
    def __init__(self, program):
        self.program = program
        self._write_lock = threading.Lock()
        self._state_lock = threading.Lock()
        self._waiting = {}
        self._next = 0
        self._dead = False
        self._stderr = b""
        try:
            self._process = subprocess.Popen(
                [*program, "artifacts", "--stdio"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                # Without buffers of Python there are no locks in them that a fork could copy while they are held.
                bufsize=0,
                # An interrupt at the terminal is for Python to handle; the end of our pipe is the child's sign to go.
                start_new_session=True,
            )
        except OSError as error:
            raise ProgramError(f"{program[0]} cannot be started: {error}. Run: {program[0]} --version") from error
        for target in (self._read_answers, self._read_stderr):
            thread = threading.Thread(target=target, name=f"at1-{target.__name__}", daemon=True)
            thread.start()
        # Not a thread that is waited for at exit: it ends with the pipe.
        self._stderr_thread = thread
        self._greet()

    def _greet(self):
        answer = None
        ended = False
        try:
            answer = self.send({"op": "hello"}).result(HANDSHAKE_SECONDS)
            if answer.get("program") == "at1" and answer.get("protocol") == PROTOCOL:
                return
        except ChildDied:
            ended = True
        except (Refusal, FutureTimeout, AttributeError):
            pass
        exit_code = self._end(kill=True)
        if exit_code < 0 and not ended:
            # By the signal of ours.
            exit_code = None
        self._stderr_thread.join(5)
        refuse_program(self.program, exit_code, self._stderr.decode("utf-8", "replace"), answer)

    @property
    def alive(self):
        return not self._dead and self._process.poll() is None

    def send(self, request):
        future = Future()
        with self._state_lock:
            if self._dead:
                raise ChildDied("at1 has ended")
            number = self._next
            self._next += 1
            self._waiting[number] = future
        line = json.dumps({"id": number, **request}).encode() + b"\n"
        try:
            with self._write_lock:
                while line:
                    line = line[self._process.stdin.write(line) :]
        except (OSError, ValueError) as error:
            self._give_up()
            raise ChildDied("at1 has ended") from error
        return future

    def _read_answers(self):
        try:
            for line in _lines(self._process.stdout):
                answer = json.loads(line)
                # All of it is looked at before anybody's turn is over: what is not an answer ends the program for all.
                number, ok = answer["id"], answer["ok"]
                said = answer["result"] if ok else _refusal(answer["error"])
                with self._state_lock:
                    future = self._waiting.pop(number, None)
                if future is None:
                    continue
                if ok:
                    future.set_result(said)
                else:
                    future.set_exception(said)
        except (OSError, ValueError, KeyError, TypeError):
            # Not our protocol: the program is of no use, whatever else it would say.
            pass
        finally:
            self._give_up()

    def _read_stderr(self):
        for line in _lines(self._process.stderr):
            self._stderr = (self._stderr + line)[-KEPT_STDERR:]

    def _give_up(self):
        with self._state_lock:
            self._dead = True
            waiting, self._waiting = self._waiting, {}
        for future in waiting.values():
            future.set_exception(ChildDied("at1 has ended"))

    def _end(self, kill=False):
        try:
            self._process.stdin.close()
        except OSError:
            pass
        try:
            return self._process.wait(1 if kill else END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def close(self):
        self._end()

    def forget(self):
        """In a forked process: the pipes are the parent's, and without ours the child sees when the parent ends."""
        nothing = os.open(os.devnull, os.O_RDWR)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            try:
                # Replaced and not closed: the numbers stay taken, so nobody closes another file by them later.
                os.dup2(nothing, pipe.fileno())
            except (OSError, ValueError):
                pass
        os.close(nothing)


def _refusal(error):
    return Refusal(error["code"], error["message"], error.get("hint"))


def _lines(pipe):
    rest = b""
    while True:
        chunk = pipe.read(65536)
        if not chunk:
            break
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line + b"\n" for line in lines)
    if rest:
        yield rest


_lock = threading.Lock()
_child = None


def ask(request):
    """The result of one request; raises Refusal or ProgramError. Asked again, once, when the program died over it.

    Every request may be repeated: what was put is there already then, what was deleted is gone.
    """
    try:
        return _running().send(request).result()
    except ChildDied:
        pass
    try:
        return _running().send(request).result()
    except ChildDied as error:
        raise Refusal("internal/unexpected", f"at1 ended twice over {request['op']}") from error


def child_pid():
    """Of the running program; None where there is none. For tests and for the curious."""
    with _lock:
        return None if _child is None or not _child.alive else _child._process.pid


def close():
    """Ends the program; the next request starts another."""
    global _child
    with _lock:
        child, _child = _child, None
    if child is not None:
        child.close()


def _running():
    global _child
    with _lock:
        program = find_program() if _child is None or not _child.alive else _child.program
        if _child is not None and not (_child.alive and _child.program == program):
            _child.close()
            _child = None
        if _child is None:
            _child = _Child(program)
        return _child


def _after_fork():
    global _lock, _child
    child, _child = _child, None
    # Another thread may have held it; here there is none that will give it back.
    _lock = threading.Lock()
    if child is not None:
        child.forget()
        # Kept, because its destructor would wait for a process that is not ours.
        _forgotten.append(child)


_forgotten = []
atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
