"""Puts the service into the wheel: the package of npm with its dependencies, as ``jupyterhub_notebook_templates/package``.

    python3 -m build --wheel hub-config                   # for the processor of this machine
    WHEEL_CPU=arm64 python3 -m build --wheel hub-config   # for another: x64 or arm64, as npm calls them

Needs Node.js and npm, and builds in a temporary folder; in the checkout npm installs what it lacks, and `build/` is made.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Dict, Iterator

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# As npm calls the processor -> as Python does.
_CPUS = {"x64": "x86_64", "arm64": "aarch64"}

# What no program reads while it runs: sources, types and texts.
_SUFFIXES = (".map", ".md", ".ts", ".mts", ".cts", ".scss", ".c", ".h", ".cc", ".cpp", ".grammar", ".yml")
# The same, at the top of a package.
_FOLDERS = ("test", "tests", "docs", "example", "examples", "bench", "benchmark", "benchmarks", ".github")
# The C sources of LMDB, and colours of highlight.js, in whose place we have our own.
_OF_PACKAGES = ("lmdb/dependencies", "lmdb/src", "highlight.js/styles", "katex/src")
# A licence goes where its program goes.
_LICENCES = ("licen", "copying", "copyright", "notice")


class WheelHook(BuildHookInterface):
    """Runs before hatchling packs the wheel."""

    def initialize(self, version: str, build_data: Dict[str, Any]) -> None:
        checkout = Path(self.root).parent
        if not (checkout / "package-lock.json").is_file():
            raise RuntimeError("the wheel is built from a checkout: python3 -m build --wheel hub-config")
        cpu = os.environ.get("WHEEL_CPU") or next((key for key, value in _CPUS.items() if value == platform.machine()), "")
        if cpu not in _CPUS:
            raise RuntimeError(f"WHEEL_CPU={cpu!r} must be one of {', '.join(_CPUS)}")
        self._folder = tempfile.mkdtemp(prefix="notebook-templates-wheel-")
        package = _install(checkout, Path(self._folder), cpu)
        _prune(package)
        build_data["force_include"][str(package)] = "jupyterhub_notebook_templates/package"
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{_platforms(package, _CPUS[cpu])}"

    def finalize(self, version: str, build_data: Dict[str, Any], artifact_path: str) -> None:
        shutil.rmtree(self._folder)


def _install(checkout: Path, folder: Path, cpu: str) -> Path:
    """What npm packs, with the dependencies that package-lock.json names. Returns its folder."""
    quiet = ("--no-audit", "--no-fund", "--loglevel=error")
    if not (checkout / "node_modules/.bin/tsc").exists():
        _npm(checkout, "ci", "--ignore-scripts", *quiet)
    _npm(checkout, "pack", "--silent", "--pack-destination", str(folder))
    (tarball,) = folder.glob("*.tgz")
    shutil.unpack_archive(tarball, folder, "gztar")
    package = folder / "package"
    shutil.copy(checkout / "package-lock.json", package)
    # The binaries of lmdb are packages of their own, one for each processor: no script has anything to compile.
    wanted = ("--omit=dev", "--ignore-scripts", "--prefer-offline", "--os=linux", f"--cpu={cpu}")
    _npm(package, "ci", *wanted, *quiet)
    return package


def _npm(cwd: Path, *args: str) -> None:
    subprocess.run(["npm", *args], cwd=cwd, check=True)


def _prune(package: Path) -> None:
    """Removes what is not needed where the service runs; `register` lies beside it."""
    shutil.rmtree(package / "hub-config")
    (package / "package-lock.json").unlink()
    modules = package / "node_modules"
    shutil.rmtree(modules / ".bin")
    (modules / ".package-lock.json").unlink()
    folders = [one / name for one in _packages(modules) for name in _FOLDERS]
    for folder in [*folders, *(modules / name for name in _OF_PACKAGES)]:
        shutil.rmtree(folder, ignore_errors=True)
    for file in [path for path in modules.rglob("*") if path.is_file()]:
        if file.name.endswith(_SUFFIXES) and not file.name.lower().startswith(_LICENCES):
            file.unlink()


def _packages(modules: Path) -> Iterator[Path]:
    """All packages below a `node_modules`, those of a scope and those inside others too."""
    for entry in sorted(modules.iterdir()):
        for package in sorted(entry.iterdir()) if entry.name.startswith("@") else [entry]:
            yield package
            if (package / "node_modules").is_dir():
                yield from _packages(package / "node_modules")


def _platforms(package: Path, machine: str) -> str:
    """Where the binaries run: with glibc from the newest version on that they ask for, and with musl."""
    binaries = list((package / "node_modules/@lmdb").rglob("*.node"))
    glibc = [file for file in binaries if ".glibc." in file.name]
    if not glibc or not any(".musl." in file.name for file in binaries):
        raise RuntimeError(f"npm has installed no binaries of lmdb for {machine}")
    asked = max(int(minor) for file in glibc for minor in re.findall(rb"GLIBC_2\.(\d+)", file.read_bytes()))
    # musl has no such versions. These binaries ask for the libstdc++ of GCC 11, which came to Alpine after musl 1.2.
    return f"manylinux_2_{asked}_{machine}.musllinux_1_2_{machine}"
