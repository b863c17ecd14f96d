"""Why a model cannot be exported, in the kinds that at1 tells apart."""

import re

# What each kind becomes in at1; PROBLEMS of src/ops/from-mlflow.ts and docs/format/mlflow-document.md section 3 say the same.
KINDS = {
    "protocol": "capability/missing",
    "request": "usage/invalid",
    "several": "usage/invalid",
    "not-found": "artifact/not-found",
    "unsafe": "io/unsafe-path",
    "failed": "remote/failed",
}
_LONGEST = 2000


class ExportError(Exception):
    """`choices` are what to name instead, such as the models of a run."""

    def __init__(self, kind, message, choices=()):
        super().__init__(without_passwords(str(message)))
        self.kind = kind
        self.choices = list(choices)

    @property
    def code(self):
        return KINDS[self.kind]

    def fields(self):
        return {"kind": self.kind, "message": plain(self)[:_LONGEST], "choices": [plain(one) for one in self.choices]}

    @staticmethod
    def of(error):
        if isinstance(error, ExportError):
            return error
        text = str(error).strip() or type(error).__name__
        # MLflow tells of an alias or a name that is not there in this way too.
        missing = getattr(error, "error_code", None) in ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE")
        return ExportError("not-found" if missing else "failed", text)


_START = re.compile(r"(https?:[/\\]+|://)", re.IGNORECASE)
_SECRET = re.compile(r"([?&;](?:[\w.-]*(?:signature|token|secret|password|credential|api[-_]?key)|sig)=)[^&;#\s'\"<>]*", re.IGNORECASE)


def without_passwords(text):
    """As src/mlflow/without-passwords.ts of at1 does it."""
    parts = _START.split(text)
    parts[2::2] = map(_bare, parts[2::2])
    return _SECRET.sub(r"\1***", "".join(parts))


def _bare(following):
    address = re.match(r"[^\s'\"<>]*", following)[0]
    return _without_user(address) + following[len(address):]


def _without_user(rest):
    host = re.split(r"[/\\?#]", rest, maxsplit=1)[0]
    if "@" in host:
        user, _, _ = host.rpartition("@")
        return rest if user == "git" else "***" + rest[len(user):]
    port = re.match(r"(?:\[[^\]]*\]|[^:]*):(.*)$", host)
    if port is None or re.fullmatch("[0-9]*", port[1]) or "@" not in rest:
        return rest
    return "***@" + rest.rpartition("@")[2]


def plain(value):
    """Text that can be written down: half of a surrogate pair becomes its escape."""
    return str(value).encode("utf-8", "backslashreplace").decode("utf-8")
