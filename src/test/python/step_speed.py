#!/usr/bin/env python3
"""Training steps of a Wide-ResNet in PyTorch, beside which StepSpeed.java measures its own.

    python3 src/test/python/step_speed.py DEPTH WIDTH BATCH IMAGES THREADS

Reads a number of steps a line, makes them, and prints the milliseconds of each on one line.
"""

import sys
import time

import torch
from torch.nn.functional import cross_entropy

from reference import WideResNet


def steps(depth, width, batch, images, threads):
    """Milliseconds of one step after the other, epoch after epoch."""
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    inputs = torch.randn(images, 3, 32, 32)
    labels = torch.randint(10, (images,))
    quarter = width // 4
    network = WideResNet(
        depth, min(16, quarter), (quarter, 2 * quarter, 4 * quarter), width, outputs=10
    )
    optimiser = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)
    network.train()
    while True:
        order = torch.randperm(images)
        losses = torch.zeros(())
        mistakes = torch.zeros(())
        for start in range(0, images, batch):
            began = time.perf_counter()
            chosen = order[start : start + batch]
            truth = labels[chosen]
            logits = network(inputs[chosen])
            loss = cross_entropy(logits, truth)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            losses += loss.detach() * len(chosen)
            mistakes += (logits.detach().argmax(1) != truth).sum()
            yield (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    each = steps(*map(int, sys.argv[1:]))
    for line in sys.stdin:
        print(*(f"{next(each):.3f}" for _ in range(int(line))), flush=True)
