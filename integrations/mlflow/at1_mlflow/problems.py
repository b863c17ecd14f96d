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


def without_passwords(text):
    # Also where a password holds a slash: what follows the colon and is no port is one.
    text = re.sub(r"://[^/?#\s'\"]*@", "://", text)
    return re.sub(r"://[^/?#\s'\"@:]*:(?![0-9]*(?:[/?#\s]|$))[^\s'\"@]{0,1024}@", "://", text)


def plain(value):
    """Text that can be written down: half of a surrogate pair becomes its escape."""
    return str(value).encode("utf-8", "backslashreplace").decode("utf-8")
