# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""NumPy for tests, also where the first python3 on the PATH has none."""
import os
import subprocess
import sys

try:
    import numpy
except ImportError:
    numpy = None


def require() -> None:
    """Starts again with an interpreter that has NumPy, if this one has not and there is one."""
    if numpy is not None:
        return
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        python = os.path.join(folder, "python3")
        if os.access(python, os.X_OK) and subprocess.run([python, "-c", "import numpy"], capture_output=True).returncode == 0:
            os.execv(python, [python, *sys.argv])
    print("SKIPPED: no Python with NumPy (Debian: apt-get install python3-numpy)")
    sys.exit(77)
