"""Weights as PyTorch's users save them, into FOLDER, with what they compute: outputs of the networks at `z`.

    python3 tests/torch/weights.py FOLDER < z.json
"""

import collections
import copy
import json
import pathlib
import struct
import sys

import torch
import torch.nn as nn

FOLDER = pathlib.Path(sys.argv[1])
torch.manual_seed(1)

# The generator of PyTorch's DCGAN example, at a few channels, with moving statistics of its own.
generator = nn.Sequential()
generator.main = nn.Sequential(
    nn.ConvTranspose2d(6, 8, 4, 1, 0, bias=False),
    nn.BatchNorm2d(8),
    nn.ReLU(True),
    nn.ConvTranspose2d(8, 4, 4, 2, 1, bias=False),
    nn.BatchNorm2d(4),
    nn.ReLU(True),
    nn.ConvTranspose2d(4, 1, 4, 2, 1, bias=False),
    nn.Tanh(),
)
for _ in range(5):
    generator.main(torch.randn(16, 6, 1, 1))
generator.eval()
state = copy.deepcopy(generator.state_dict())

TYPES = {torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64"}


def write_safetensors(path, tensors):
    """As the package of that name does: sorted by type, then by name."""
    header, parts, end = {}, [], 0
    for name, tensor in sorted(tensors.items(), key=lambda item: (-item[1].element_size(), item[0])):
        part = tensor.contiguous().view(-1).view(torch.uint8).numpy().tobytes() if tensor.dim() else bytes(8)
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [end, end + len(part)]}
        parts.append(part)
        end += len(part)
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def cast(dtype):
    return {name: tensor.to(dtype) if tensor.is_floating_point() else tensor for name, tensor in state.items()}


def outputs(tensors):
    generator.load_state_dict({name: tensor.float() for name, tensor in tensors.items()})
    z = torch.tensor(json.loads(Z))
    with torch.no_grad():
        return generator.main(z[:, :, None, None]).permute(0, 2, 3, 1).flatten().tolist()


Z = sys.stdin.read()
computed = {}
for dtype in (torch.float32, torch.float64, torch.float16, torch.bfloat16):
    name = f"netG-{TYPES[dtype]}.safetensors"
    write_safetensors(FOLDER / name, cast(dtype))
    computed[name] = outputs(cast(dtype))
torch.save(state, FOLDER / "netG.pth")
torch.save(collections.OrderedDict((f"module.{name}", tensor) for name, tensor in state.items()), FOLDER / "wrapped.pth")
optimizer = torch.optim.Adam(generator.parameters())
for parameter in generator.parameters():
    parameter.grad = torch.ones_like(parameter)
optimizer.step()
generator.load_state_dict(state)
torch.save(
    {"epoch": 3, "netG": state, "optimizer": optimizer.state_dict(), "loss": [0.5, torch.tensor(1.5)]},
    FOLDER / "checkpoint.pt",
)
# Views: each kernel with its first two axes changed about, in memory.
turned = {name: t.transpose(0, 1).contiguous().transpose(0, 1) if t.dim() == 4 else t for name, t in state.items()}
assert not all(tensor.is_contiguous() for tensor in turned.values())
torch.save(turned, FOLDER / "views.pth")
torch.save({name: nn.Parameter(t) if t.is_floating_point() else t for name, t in state.items()}, FOLDER / "parameters.pth")
for name in ("netG.pth", "wrapped.pth", "checkpoint.pt", "views.pth", "parameters.pth"):
    computed[name] = outputs(state)
torch.save(generator, FOLDER / "model.pth")
torch.save(state, FOLDER / "old.pth", _use_new_zipfile_serialization=False)
print(json.dumps(computed))
