"""Reads a folder by TensorBoard's own reader: scalars as [step, value] by tag, images as [step, width, height]."""

import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

read = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "images": 0, "tensors": 0})
read.Reload()
tags = read.Tags()
scalars = {tag: [[each.step, each.value] for each in read.Scalars(tag)] for tag in tags["scalars"]}
images = {tag: [[each.step, each.width, each.height] for each in read.Images(tag)] for tag in tags["images"]}
print(json.dumps({"scalars": scalars, "images": images}))
