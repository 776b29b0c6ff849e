"""Brings up web servers: `python -m tests.drills.nursery LOG ARGUMENTS OF GUNICORN`.

A server that is killed ten times in a test has to be there again at once. So the project is
loaded here, once; each line on standard input lets a fork become gunicorn, as `--preload`
would, in a process group of its own, whose number is answered.
"""

import ctypes
import os
import signal
import sys
from importlib import import_module

from gunicorn.app.wsgiapp import run

from devtools.serve import die_with

PR_SET_CHILD_SUBREAPER = 36
log, *arguments = sys.argv[1:]
import_module("config.wsgi")
import_module("config.urls")
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that are killed
nursery = os.getpid()
ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)  # nor for their orphans
for _ in sys.stdin:
    if os.fork():
        continue
    os.setsid()
    print(os.getpid(), flush=True)  # noqa: T201
    die_with(nursery)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 1)
    os.dup2(1, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = ["gunicorn", *arguments]
    sys.exit(run())
