#!/usr/bin/env python3
"""Training steps in PyTorch, beside which StepSpeed.java measures its own.

    python3 src/test/python/step_speed.py THREADS wide-resnet WIDTH DEPTH BATCH IMAGES
    python3 src/test/python/step_speed.py THREADS fully-connected WIDTH fused|alone

Reads a number of steps a line, makes them, and prints the milliseconds of each on one line.
"""

import sys
import time

import torch
from torch.nn.functional import batch_norm, cross_entropy

from reference import WideResNet

LAYERS = 4
INPUTS = 10
SEEDS = 4
VECTORS = 40 * 256


def timed(inputs, labels, batch, step, sums):
    """Milliseconds of one step after the other, epoch after epoch."""
    while True:
        order = torch.randperm(len(labels))
        losses = torch.zeros(sums)
        mistakes = torch.zeros(sums)
        for start in range(0, len(labels), batch):
            began = time.perf_counter()
            chosen = order[start : start + batch]
            loss, wrong = step(inputs[chosen], labels[chosen])
            losses += loss * len(chosen)
            mistakes += wrong
            yield (time.perf_counter() - began) * 1000


def wide_resnet(width, depth, batch, images):
    quarter = width // 4
    network = WideResNet(
        depth, min(16, quarter), (quarter, 2 * quarter, 4 * quarter), width, outputs=10
    )
    optimiser = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)
    network.train()

    def step(inputs, labels):
        logits = network(inputs)
        loss = cross_entropy(logits, labels)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        return loss.detach(), (logits.detach().argmax(1) != labels).sum()

    return timed(torch.randn(images, 3, 32, 32), torch.randint(10, (images,)), batch, step, ())


def hinge(logits, labels):
    return ((1 - logits * labels).relu() ** 2).mean(-1) / 2


def vectors(step):
    labels = torch.randint(2, (VECTORS,)) * 2.0 - 1
    return timed(torch.randn(VECTORS, INPUTS), labels, 256, step, (SEEDS,))


def fused(width):
    """All seeds in one call, each array with a leading axis of seeds."""
    fans = [INPUTS] + [width] * (LAYERS - 1)
    weights = [torch.randn(SEEDS, width, fan) / fan**0.5 for fan in fans]
    weights.append(torch.randn(SEEDS, 1, width) / width**0.5)
    biases = [torch.zeros(SEEDS, w.shape[1], 1) for w in weights]
    scales = [torch.ones(SEEDS * width) for _ in fans]
    offsets = [torch.zeros(SEEDS * width) for _ in fans]
    means = [torch.zeros(SEEDS * width) for _ in fans]
    variances = [torch.ones(SEEDS * width) for _ in fans]
    parameters = [p.requires_grad_() for p in weights + biases + scales + offsets]
    optimiser = torch.optim.SGD(parameters, lr=0.01, momentum=0.9, weight_decay=5e-3)

    def step(inputs, labels):
        hidden = inputs.t().expand(SEEDS, INPUTS, len(inputs))
        for k in range(LAYERS):
            sums = torch.baddbmm(biases[k], weights[k], hidden)
            rows = sums.view(1, SEEDS * width, len(inputs))
            rows = batch_norm(rows, means[k], variances[k], scales[k], offsets[k], training=True)
            hidden = rows.view_as(sums).relu()
        logits = torch.baddbmm(biases[-1], weights[-1], hidden).squeeze(1)
        loss = hinge(logits, labels)
        optimiser.zero_grad(set_to_none=True)
        loss.sum().backward()
        optimiser.step()
        return loss.detach(), (logits.detach() * labels <= 0).sum(1)

    return vectors(step)


def alone(width):
    """One network and one optimiser for each seed, one after the other."""
    networks = []
    for _ in range(SEEDS):
        layers = []
        for fan in [INPUTS] + [width] * (LAYERS - 1):
            layers += [
                torch.nn.Linear(fan, width),
                torch.nn.BatchNorm1d(width),
                torch.nn.ReLU(inplace=True),
            ]
        networks.append(torch.nn.Sequential(*layers, torch.nn.Linear(width, 1)))
    optimisers = [
        torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-3)
        for network in networks
    ]

    def step(inputs, labels):
        losses = torch.zeros(SEEDS)
        mistakes = torch.zeros(SEEDS)
        for seed, (network, optimiser) in enumerate(zip(networks, optimisers)):
            logits = network(inputs).squeeze(1)
            loss = hinge(logits, labels)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            losses[seed] = loss.detach()
            mistakes[seed] = (logits.detach() * labels <= 0).sum()
        return losses, mistakes

    return vectors(step)


def require_fast_products():
    """PyTorch of Debian multiplies with whatever BLAS the system names."""
    with open("/proc/self/maps") as maps:
        libraries = {line.split()[-1] for line in maps}
    if not torch.backends.mkl.is_available() and not any("openblas" in l for l in libraries):
        sys.exit("this PyTorch multiplies with the reference BLAS; install libopenblas0-pthread")


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    torch.set_num_threads(int(sys.argv[1]))
    torch.manual_seed(1)
    require_fast_products()
    if sys.argv[2] == "wide-resnet":
        each = wide_resnet(*map(int, sys.argv[3:]))
    else:
        each = {"fused": fused, "alone": alone}[sys.argv[4]](int(sys.argv[3]))
    for line in sys.stdin:
        print(*(f"{next(each):.3f}" for _ in range(int(line))), flush=True)
