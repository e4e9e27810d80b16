"""Read before Django's settings: tests have their own data folder and no static manifest.

Two runs at once need two folders: set DATA_DIR yourself.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault(
    "DATA_DIR", str(Path(tempfile.gettempdir()) / f"fieldguide-tests-{os.getuid()}")
)
os.environ["STATIC_MANIFEST"] = "0"
# Whitenoise warns when there is no folder to look into.
(Path(os.environ["DATA_DIR"]) / "static").mkdir(parents=True, exist_ok=True)
if url := os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = url
