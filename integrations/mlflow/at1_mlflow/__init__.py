"""The at1:// artifact repository of MLflow. MLflow finds it by its entry point; nothing needs to be imported."""

__version__ = "0.2.0"


def artifact_repository(artifact_uri, tracking_uri=None, registry_uri=None):
    """The entry point. MLflow loads it while it is itself half loaded, so what needs MLflow is imported when called."""
    from at1_mlflow.repository import At1ArtifactRepository

    return At1ArtifactRepository(artifact_uri, tracking_uri=tracking_uri, registry_uri=registry_uri)


def register(model_uri, name, stage=None, registry=None, reason=None):
    """A logged model as a signed version of a registry: its reference, its state, and what to do next."""
    from at1_mlflow.registration import register as carry_out

    return carry_out(model_uri, name, stage=stage, registry=registry, reason=reason)


def __getattr__(name):
    # MLflow is slow to import, and whoever asks for the version does not need it.
    if name == "At1ArtifactRepository":
        from at1_mlflow.repository import At1ArtifactRepository

        return At1ArtifactRepository
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
