"""What the authors' generator computes, for weights that the example is given as well.

    python3 tests/torch/stylegan2.py CHECKOUT [FILE]

CHECKOUT is https://github.com/NVlabs/stylegan2-ada-pytorch, whose training/networks.py is run as it is. Styles and
images go to FILE (stylegan2.json beside this script), with the names and scales by which the test finds the weights.
"""

import json
import math
import pathlib
import sys

import torch

sys.path.insert(0, sys.argv[1])
from training.networks import MappingNetwork, SynthesisNetwork  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
LATENT, STYLE, LAYERS, RATE, CHANNELS = 32, 64, 2, 1, {4: 64, 8: 32, 16: 16}


def numbers(index, *dims):
    """Even between -√3 and √3, so of a deviation of 1, from a generator of a line in any language."""
    state, drawn = index, []
    for _ in range(math.prod(dims)):
        state = (state * 1664525 + 1013904223) % 2**32
        drawn.append((2 * state / 2**32 - 1) * math.sqrt(3))
    return torch.tensor(drawn).reshape(dims)


mapping = MappingNetwork(LATENT, 0, STYLE, num_ws=None, num_layers=LAYERS, lr_multiplier=RATE).eval()
synthesis = SynthesisNetwork(STYLE, 16, 1, channel_base=256).eval()
assert {size: getattr(synthesis, f"b{size}").conv1.weight.shape[0] for size in CHANNELS} == CHANNELS

weights = []


@torch.no_grad()
def give(theirs, ours, scale=1, offset=0, spread=1, dims=None):
    """Their parameter is offset + spread · numbers, ours scale · spread · numbers, in PyTorch's layout."""
    drawn = spread * numbers(len(weights) + 1, *theirs.shape)
    theirs.copy_(offset + drawn)
    weights.append({"name": ours, "dims": dims or list(theirs.shape), "scale": scale * spread})


# Their leaky ReLU multiplies by √2. In the example that is in the kernel's scale, He's, and so must be in the bias.
for i in range(LAYERS):
    dense = getattr(mapping, f"fc{i}")
    give(dense.weight, f"Mapping.m_dense_{i + 1}.weight", spread=1 / RATE)
    give(dense.bias, f"Mapping.m_dense_{i + 1}.bias", scale=math.sqrt(2), spread=0.3 / RATE)

# The one tensor of rank 4 that is no kernel keeps its channels last.
give(synthesis.b4.const.permute(1, 2, 0), "Synthesis.g_start.0", dims=[1, 4, 4, CHANNELS[4]])
for size in CHANNELS:
    block = getattr(synthesis, f"b{size}")
    layers = {"up": getattr(block, "conv0", None), "conv": block.conv1, "image": block.torgb}
    for name, layer in layers.items():
        if layer is None:
            continue
        place = f"Synthesis.g_{name}_{size}"
        # Styles are around 1: there by the bias, here by the scale behind it.
        give(layer.affine.weight, f"{place}_style.weight")
        give(layer.affine.bias, f"{place}_style.bias", offset=1, spread=0.3)
        give(layer.weight, f"{place}_conv.weight")
        if name == "up":
            # Where they enlarge, this code keeps kernels turned around (its legacy.py, of the first release's weights).
            with torch.no_grad():
                layer.weight.copy_(layer.weight.flip((2, 3)))
        give(layer.bias, f"{place}_conv.bias", spread=0.3)
        if name != "image":
            give(layer.noise_strength, f"{place}_noise.strength", dims=[1])

z = numbers(0, 2, LATENT)
with torch.no_grad():
    w = mapping(z, None)
    image = synthesis(w[:, None].repeat(1, synthesis.num_ws, 1), noise_mode="none")


def rows(tensor):
    return [[float(f"{value:.7g}") for value in row] for row in tensor.flatten(1).tolist()]


out = {"weights": weights, "z": rows(z), "w": rows(w), "image": rows(image)}
target = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else HERE / "stylegan2.json"
target.write_text(json.dumps(out) + "\n")
