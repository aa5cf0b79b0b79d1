"""How the collected static files are named and kept."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """WhiteNoise's own, which also writes the hashed names into the imports of our scripts.

    Only hashed names are kept, so a script that imports another by its plain name finds nothing
    and none of it runs.
    """

    support_js_module_import_aggregation = True
