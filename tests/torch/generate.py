"""Reference numbers from PyTorch, in double precision.

    python3 tests/torch/generate.py [FILE]

Evaluates the PyTorch lines that every kind emits, with weights put where the kind's `state` says, and writes
outputs and gradients of first and second order to FILE (reference.json beside this script). Knows no kind.
"""

import json
import pathlib
import subprocess
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

HERE = pathlib.Path(__file__).resolve().parent

# What a constructor may name, with the classes that the project's own lines define.
CONSTRUCTORS = {"nn": nn, "torch": torch, "F": F}


def channels_first(x):
    return x.movedim(-1, 1).contiguous() if x.dim() > 2 else x


def channels_last(x):
    return x.movedim(1, -1) if x.dim() > 2 else x


def rounded(tensor):
    return [float(f"{value:.7g}") for value in tensor.detach().reshape(-1).tolist()]


def stand_in(given):
    """f(inputs) = sum_j out_j tanh(sum_i flat(x_i) W_i)_j, inputs flat as we lay them out: channels last."""
    weights = [torch.tensor(each["weights"], dtype=torch.float64) for each in given["inputs"]]
    out = torch.tensor(given["out"], dtype=torch.float64)

    def apply(*inputs):
        flat = [channels_last(x).flatten(1) for x in inputs]
        return torch.tanh(sum(x @ w for x, w in zip(flat, weights))) @ out.reshape(-1, 1)

    return apply


class Held:
    """A module with other tensors for its weights; lists and dicts of modules or parameters are looked into."""

    def __init__(self, module, state):
        self.module, self.state = module, state

    def __call__(self, *args):
        return torch.func.functional_call(self.module, self.state, args)

    def __getitem__(self, index):
        if str(index) in self.state:
            return self.state[str(index)]
        inside = f"{index}."
        state = {name[len(inside) :]: tensor for name, tensor in self.state.items() if name.startswith(inside)}
        return Held(self.module[index], state)


def run_case(case):
    feeds = [
        torch.tensor(feed["values"], dtype=torch.float64).reshape(feed["dims"]).requires_grad_(feed["varied"])
        for feed in case["feeds"]
    ]
    inputs, references, state = {}, {}, {}
    for feed, tensor in zip(case["feeds"], feeds):
        if feed["role"] == "input":
            if "index" in feed:
                inputs.setdefault(feed["name"], []).append(channels_first(tensor))
            else:
                inputs[feed["name"]] = channels_first(tensor)
            continue
        if feed["role"] == "reference":
            references[feed["name"]] = channels_first(tensor)
            continue
        place = case["state"][feed["name"]]
        moved = (tensor.permute(place["permute"]) if "permute" in place else tensor).contiguous()
        state[place["name"]] = moved.clone() if feed["role"] == "buffer" else moved

    class Node:
        training = case["mode"] == "train"

    node = Node()
    if case["standIn"]:
        setattr(node, case["standIn"]["network"], stand_in(case["standIn"]))
    if case["module"]:
        module = eval(case["module"], CONSTRUCTORS).double().train(node.training)
        expected = {name for name in module.state_dict() if not name.endswith("num_batches_tracked")}
        assert set(state) == expected, f"{case['id']}: state {sorted(state)}, the module has {sorted(expected)}"
        for name, tensor in module.state_dict().items():
            assert name not in state or state[name].shape == tensor.shape, f"{case['id']}: shape of {name}"
        node.m = Held(module, state)

    def evaluated(given):
        names = {**CONSTRUCTORS, "self": node, "inputs": given}
        return {port: channels_last(eval(line, names)) for port, line in case["forward"].items()}

    if references:
        evaluated(references)  # the module keeps what it sees
    outputs = evaluated(inputs)

    if not case["hasGradient"]:
        return {"outputs": [rounded(y) for y in outputs.values()], "first": [], "second": []}

    head = 0
    for port, y in outputs.items():
        r = torch.tensor(case["head"][port], dtype=torch.float64).reshape(y.shape)
        head = head + (r * (y + y**2 / 2)).sum()
    varied = [tensor for tensor in feeds if tensor.requires_grad]
    first = torch.autograd.grad(head, varied, create_graph=True)
    slope = sum(
        (torch.tensor(v, dtype=torch.float64).reshape(g.shape) * g).sum() for v, g in zip(case["slope"], first)
    )
    second = torch.autograd.grad(slope, varied)
    return {
        "outputs": [rounded(y) for y in outputs.values()],
        "first": [rounded(g) for g in first],
        "second": [rounded(g) for g in second],
    }


def run_optimizer(case):
    weights = torch.tensor(case["start"], dtype=torch.float64, requires_grad=True)
    optimizer = eval(case["optimizer"], {"torch": torch, "parameters": [weights]})
    steps = []
    for gradient in case["gradients"]:
        weights.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        steps.append(rounded(weights))
    return {"steps": steps}


def main():
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "reference.json"
    printed = subprocess.run(
        ["npx", "tsx", str(HERE / "print-cases.ts")],
        cwd=HERE.parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    given = json.loads(printed.stdout)
    exec(given["prelude"], CONSTRUCTORS)
    results = {case["id"]: run_case(case) for case in given["cases"]}
    results.update({case["id"]: run_optimizer(case) for case in given["optimizers"]})
    lines = [f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}" for key, value in results.items()]
    out.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
