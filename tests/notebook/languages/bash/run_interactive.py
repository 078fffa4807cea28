"""Hands cells to an interactive Bash as bash_kernel does, and shows the variables as run_cells.sh does.

    python3 run_interactive.py FOLDER

The shell reads from a terminal without echo; a cell is parted as `str.splitlines` parts it, and each line but the first
waits for a prompt. All cells share one shell, and one that does not come to its end stops here.
"""

import os
import pathlib
import pty
import select
import sys
import termios

FIRST = b"FIRST_PROMPT>"
MORE = b"MORE_PROMPT+"
LONGEST_S = 60

# It would show a prompt of the same text in the command that sets it.
PROMPTS = "PS1='FIRST''_PROMPT>' PS2='MORE''_PROMPT+' PROMPT_COMMAND=''"


class Shell:
    def __init__(self):
        environment = {**os.environ, "TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PS1": "$"}
        child, self.terminal = pty.fork()
        if child == 0:
            os.environ.clear()
            os.environ.update(environment)
            settings = termios.tcgetattr(0)
            settings[3] &= ~termios.ECHO
            termios.tcsetattr(0, termios.TCSANOW, settings)
            os.execvp("bash", ["bash", "--norc", "--noprofile"])
        self.send(PROMPTS)
        self.read()
        self.run("bind 'set enable-bracketed-paste off'; HISTFILE=")

    def send(self, line):
        rest = line.encode() + b"\n"
        # A terminal takes only so much at once, and both sides wait when nobody reads.
        while rest:
            rest = rest[os.write(self.terminal, rest[:1000]) :]

    def read(self):
        """What the shell prints up to its next prompt, and whether it wants more lines."""
        printed = b""
        while True:
            if not select.select([self.terminal], [], [], LONGEST_S)[0]:
                sys.exit(f"no prompt behind {printed[-500:]!r}")
            printed += os.read(self.terminal, 65536)
            for prompt in (FIRST, MORE):
                if printed.endswith(prompt):
                    return printed[: -len(prompt)], prompt is MORE

    def run(self, cell):
        printed = b""
        wants_more = False
        for line in cell.splitlines():
            self.send(line)
            some, wants_more = self.read()
            printed += some
        if wants_more:
            sys.exit(f"not the end of a cell: {cell[-500:]!r}")
        return printed


def show(shell, names, shown):
    functions = pathlib.Path(__file__).with_name("run_cells.sh").read_text().split("\ncd ")[0]
    file = pathlib.Path(shown)
    script = file.with_name("show.sh")
    script.write_text(functions + "\nfor __name; do __show \"$__name\"; done >>\"$__shown\"\n")
    shell.run(f"__shown={shown}; source {script} {' '.join(names)}")


def main(folder):
    os.chdir(folder)
    shell = Shell()
    shown = os.path.join(folder, "shown")
    number = 0
    while os.path.exists(str(number)):
        cell = pathlib.Path(str(number)).read_bytes().decode()
        names = pathlib.Path(f"{number}.names").read_text().split()
        with open(shown, "ab") as file:
            file.write(b"cell\0")
        printed = shell.run(cell.rstrip("\n"))
        if printed:
            with open(shown, "ab") as file:
                file.write(b"fault\0" + printed.replace(b"\0", b"") + b"\0")
        else:
            show(shell, names, shown)
            with open(shown, "ab") as file:
                file.write(b"end\0")
        number += 1
    sys.stdout.buffer.write(pathlib.Path(shown).read_bytes())


main(sys.argv[1])
