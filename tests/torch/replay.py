"""Runs exported games one after the other, each in a fork of one process that has loaded PyTorch already.

    python3 tests/torch/replay.py GAME.py GAME.py ...

Prints a line per game: the exit status of `python GAME.py --replay GAME.replay.npz`, and what it printed.
"""

import contextlib
import io
import os
import runpy
import sys
import traceback

import numpy  # noqa: F401
import torch

torch.set_num_threads(1)


def run(path):
    sys.argv = [path, "--replay", path.removesuffix(".py") + ".replay.npz"]
    printed, status = io.StringIO(), 0
    try:
        with contextlib.redirect_stdout(printed):
            runpy.run_path(path, run_name="__main__")
    except SystemExit as end:
        status = end.code
    except BaseException:
        status = 2
        traceback.print_exc()
    print(status, printed.getvalue().strip(), flush=True)


for path in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        run(path)
        os._exit(0)
    os.waitpid(child, 0)
