"""Runs JupyterHub so that it ends, in good order, when the process that started it is gone.

    python run-hub.py <pid of that process> [JupyterHub's own arguments]

The Hub on SIGTERM stops its proxy, its services and its users' servers. Only Linux can send that at the parent's death.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2)

parent = int(sys.argv.pop(1))
if sys.platform.startswith("linux"):
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("run-hub.py: the process that started this is gone")

from jupyterhub.app import main  # noqa: E402 (a signal while it loads must end this too)

sys.exit(main())
