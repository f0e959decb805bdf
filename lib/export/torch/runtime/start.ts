/** The top of the file: packages, ranks, the clock. */
export const imports = `import argparse
import contextlib
import copy
import json
import math
import os
import pathlib
import re
import struct
import time
import zlib

os.environ.setdefault("PYTORCH_ENABLE_MPS_FALLBACK", "1")  # what Apple's GPUs lack runs on the CPU
import numpy as np
import torch
import torch.distributed as dist
import torch.nn as nn
import torch.nn.functional as F`;

export const ranks = `# One process, or several that torchrun starts: each draws its share of the batch, and gradients are averaged.
RANK = int(os.environ.get("RANK", 0))
WORLD = int(os.environ.get("WORLD_SIZE", 1))


def given_first(option, kind=str):
    """What an option says that is needed before all of them are read; None where it is not given."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument(option, type=kind, dest="value")
    return parser.parse_known_args()[0].value if __name__ == "__main__" else None


if (other_seed := given_first("--seed", int)) is not None:
    SEED = other_seed


def choose_device():
    """\`--device\`, else CUDA, else Apple's GPU, else the CPU."""
    given = given_first("--device")
    has = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available() and WORLD == 1, "cpu": True}
    name = given or next(name for name, is_there in has.items() if is_there)
    if not has.get(name):
        raise SystemExit(f"--device {name}: not here. There is {', '.join(name for name in has if has[name])}.")
    return torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if name == "cuda" else torch.device(name)


DEVICE = choose_device()
DRAWN_ON = DEVICE if DEVICE.type == "cuda" else torch.device("cpu")  # so that MPS draws what the CPU draws
if DEVICE.type == "cuda":
    torch.cuda.set_device(DEVICE)
if WORLD > 1:
    dist.init_process_group("nccl" if DEVICE.type == "cuda" else "gloo")
if BATCH_SIZE % WORLD != 0:
    raise SystemExit(f"The batch of {BATCH_SIZE} cannot be shared evenly by {WORLD} processes.")
torch.manual_seed(SEED)`;

export const clock = `class Clock:
    """Where the run stands."""

    iteration = 0
    updates = 0
    target = ITERATIONS

    def progress(self):
        return min(1.0, self.iteration / self.target)

    def draw(self):
        """Which batch and noise the present update uses."""
        return self.updates if BATCHES == "per-update" else self.iteration


clock = Clock()`;

export const ramp = `def ramp(first, last, curve="linear", start=0.0, end=1.0):
    """A value that changes over the run, from a share \`start\` of it to a share \`end\`."""
    progress, span = clock.progress(), end - start
    t = min(1.0, max(0.0, (progress - start) / span)) if span > 0 else float(progress >= start)
    if curve == "step":
        return first if t < 1 else last
    return first + (last - first) * ((1 - math.cos(math.pi * t)) / 2 if curve == "cosine" else t)`;

export const setting = (
  names: readonly string[],
): string => `SETTABLE = [${names.map((name) => `"${name}"`).join(', ')}]
SET = {}  # what --set gives


def setting(name, value):
    """A number of the graph, or what --set gives in its place."""
    return SET.get(name, value)`;

export const batch = `def channels_first(values):
    """A NumPy array [rows, ..., C] as a tensor [rows, C, ...]."""
    dtype = str(torch.get_default_dtype()).removeprefix("torch.")  # before it is a tensor: MPS has no float64
    tensor = torch.as_tensor(np.ascontiguousarray(values, dtype=dtype)).to(DEVICE)
    return tensor.movedim(-1, 1).contiguous() if tensor.dim() > 2 else tensor


FILES = {}  # node -> arrays of the user's own (--data NODE=FILE)
GIVEN = []  # paths of files that the game was made with (--data FILE)


class Batch(dict):
    """One batch of every source by "node.port", drawn when first read, so that all readers share it."""

    def __init__(self, index, rows=BATCH_SIZE // WORLD, purpose=0):
        self.index, self.rows, self.purpose = index, rows, purpose

    def __missing__(self, key):
        node = key.split(".")[0]
        rng = np.random.default_rng([SEED, zlib.crc32(node.encode()), self.purpose, self.index, RANK])
        place = self.index * WORLD + RANK
        if node in FILES:
            drawn = deal(FILES[node], rng, self.rows, place, node)
        else:
            drawn = SOURCES[node](rng, self.rows, place)
        self.update({f"{node}.{port}": channels_first(values) for port, values in drawn.items()})
        return self[key]`;
