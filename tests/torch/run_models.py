"""Runs models on what the editor drew and prints the largest difference from what it made, by name."""

import json
import pathlib
import sys

import numpy as np
import onnxruntime

onnxruntime.set_default_logger_severity(3)
differences = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    with np.load(path.with_suffix(".npz")) as arrays:
        ours = arrays["samples"]
        (theirs,) = session.run(["samples"], {each.name: arrays[each.name] for each in session.get_inputs()})
    assert theirs.shape == ours.shape, path.stem
    differences[path.stem] = float(np.abs(theirs - ours).max() / max(1, np.abs(ours).max()))
print(json.dumps(differences))
