"""Make .venv from the pinned constraints, or leave it alone if it is what they ask for.

    python3 .ci/setup.py         what running OpsDesk needs
    python3 .ci/setup.py dev     the tools of the checks as well

Written for any Python 3, so that one that is too old can say so.
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
OLDEST = (3, 11)
BACKEND = ["hatchling", "editables"]


def fail(sentence):
    sys.exit("opsdesk: " + sentence)


def version():
    return ".".join(str(part) for part in sys.version_info[:2])


def check_python():
    if sys.version_info < OLDEST:
        fail(
            "Python 3.11 or newer is needed, this is "
            + version()
            + ". Debian 12 and later have it (package python3); another one is named with: make test PYTHON=python3.12"
        )
    try:
        __import__("ensurepip")
        __import__("venv")
    except ImportError:
        fail("this Python cannot make an environment. As root: apt install python3-venv (that is the Debian package).")


def wanted():
    """What the environment depends on, as one word."""
    told = hashlib.sha256()
    for name in ("constraints.txt", "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as file:
            told.update(file.read())
    told.update((ROOT + version()).encode())
    return told.hexdigest()


def stamp(extra):
    return os.path.join(VENV, "made-for-" + (extra or "running"))


def is_made(extra):
    """An environment for the checks also runs OpsDesk."""
    return any(read(stamp(each)) == wanted() for each in {extra, "dev"}) and works()


def read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def works():
    """The environment has a Python that starts, of the version that makes it."""
    asked = "import pip, sys; sys.exit(sys.version_info[:2] != %r)" % (sys.version_info[:2],)
    try:
        return subprocess.call([PYTHON, "-c", asked], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def run(*argv):
    return subprocess.run(argv, cwd=ROOT, check=False).returncode


def pip(*argv):
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    if run(PYTHON, "-m", "pip", "install", *quiet, "--constraint", "constraints.txt", *argv) != 0:
        fail(
            "the packages could not be installed; the lines above say why. With a network, run the same command again."
        )


def make(extra):
    print("Setting up .venv: once, about a minute.", flush=True)
    if not works() and run(sys.executable, "-m", "venv", "--clear", VENV) != 0:
        fail("the environment .venv could not be made; the lines above say why. Debian needs the package python3-venv.")
    pip(*BACKEND)
    pip("--no-build-isolation", "--editable", "." + ("[dev]" if extra else ""))
    with open(stamp(extra), "w") as file:
        file.write(wanted())


def main(extra=""):
    check_python()
    if not is_made(extra):
        make(extra)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        fail("stopped before the environment was ready. The same command goes on.")
