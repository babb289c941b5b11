"""All tables: importing this module completes the metadata."""

from importlib import import_module
from pkgutil import walk_packages

import storage
from storage.schema import Table

for module in walk_packages(storage.__path__, "storage."):
    if not module.name.startswith("storage.migrations"):
        import_module(module.name)

METADATA = Table.metadata
