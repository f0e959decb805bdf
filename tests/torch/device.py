"""Runs games as on a device that has no float64: any tensor of it raises.

    python3 tests/torch/device.py GAME.py GAME.py ...

Prints a line per game as JSON: the device that it would choose where there is Apple's GPU, or what went wrong.
"""

import json
import runpy
import sys

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

torch.set_num_threads(1)


class NoDouble(TorchDispatchMode):
    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        out = function(*args, **(kwargs or {}))
        for tensor in tree_leaves(out):
            if isinstance(tensor, torch.Tensor) and tensor.dtype == torch.float64:
                raise TypeError(f"{function} gives float64")
        return out


def run(path):
    game = runpy.run_path(path, run_name="game")
    scope = game["choose_device"].__globals__
    for update in game["iterate"]():
        assert all(torch.isfinite(loss.detach()) for loss in update.values())
        game["clock"].updates += 1
    game["samples"](game["Batch"](0, 16, purpose=1))
    game["state"]()
    kept = torch.backends.mps.is_available
    torch.backends.mps.is_available = lambda: True
    try:
        with_mps = str(scope["choose_device"]())
    finally:
        torch.backends.mps.is_available = kept
    return {"device": str(game["DEVICE"]), "drawn_on": str(game["DRAWN_ON"]), "with_mps": with_mps}


for path in sys.argv[1:]:
    try:
        with NoDouble():
            print(json.dumps(run(path)), flush=True)
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
