"""Static files under names that carry their hash, compressed, modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the package has no types
    """Whitenoise's storage that also rewrites the imports of JavaScript modules."""

    support_js_module_import_aggregation = True
