"""A real SampleDB on a real PostgreSQL, from nothing, for the tests and for `npm run demo -- --sampledb`.

    python run.py <folder> <port> < actions.json

`folder` is an empty one for the database, below /tmp: PostgreSQL refuses root, so its other user must reach it. SampleDB's
own settings (SAMPLEDB_…) are in the environment. It ends at SIGTERM, and when the process that started it is gone, with all
that it started, and removes the folder. Only Linux can tell a parent's death.

What is not SampleDB's own is in `stand_ins.py` and in `templates/`, because what PyPI has lacks it.
"""

import ctypes
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1  # prctl(2)
# Fast shutdown (server-start page of PostgreSQL): SIGTERM would wait for SampleDB's connections.
FAST = signal.SIGINT

folder, port = Path(sys.argv[1]).absolute(), int(sys.argv[2])
parent = os.getppid()


def end_with_parent(signal_number):
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, signal_number)


def start_postgresql():
    """Listens on a socket in the folder alone, which nobody else can enter."""
    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    data = folder / "data"
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, **identity}
    make = [bin / "initdb", "--pgdata", data, "--auth", "trust", "--username", "sampledb", "--encoding", "UTF8"]
    subprocess.run([*make, "--locale", "C.UTF-8", "--no-sync"], check=True, **quiet)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": folder,
        # Nothing of this has to survive the machine.
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return subprocess.Popen([bin / "postgres", "-D", data, *options], preexec_fn=end_with_parent(FAST), **quiet)


def wait_for(postgresql):
    import psycopg2

    for _ in range(300):
        if postgresql.poll() is not None:
            sys.exit("PostgreSQL has ended")
        try:
            return psycopg2.connect(host=str(folder), user="sampledb", dbname="postgres").close()
        except psycopg2.OperationalError:
            time.sleep(0.1)
    sys.exit("PostgreSQL does not answer")


def serve():
    os.environ["SAMPLEDB_SQLALCHEMY_DATABASE_URI"] = f"postgresql+psycopg2://sampledb@/postgres?host={folder}"
    import stand_ins
    from cheroot.wsgi import Server

    stand_ins.install()
    import contents
    from sampledb import create_app

    app = create_app()
    stand_ins.add_templates(app)
    with app.app_context():
        contents.fill(json.load(sys.stdin))
    server = Server(("127.0.0.1", port), app, numthreads=10)
    # The end does not wait for threads of a daemon, which wait for the next request of an open connection.
    threading.Thread(target=listen, args=(server,), daemon=True).start()
    while True:
        signal.pause()


def listen(server):
    try:
        server.start()
    finally:
        os.kill(os.getpid(), signal.SIGTERM)


# Also while it starts: create_app replaces this by one that does the same.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
end_with_parent(signal.SIGTERM)()
if os.getppid() != parent:
    sys.exit("the process that started this is gone")
postgresql = None
try:
    postgresql = start_postgresql()
    wait_for(postgresql)
    serve()
finally:
    # A second one must not end what follows.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if postgresql:
        postgresql.send_signal(FAST)
        postgresql.wait(20)
    shutil.rmtree(folder, ignore_errors=True)
