#!/usr/bin/env python3
"""The convolutional networks in PyTorch, and reference numbers of them in double precision.

    python3 src/test/python/reference.py write fixtures/reference
    python3 src/test/python/reference.py check fixtures/reference

`write` computes the files of the networks in WRITTEN. `check` builds the network of every
convolutional reference in a folder from the definitions below, fills it as its file says, and
compares what it shows before any step with the file's numbers. The given files were computed with
the papers' own definitions, so that is how the definitions below were checked.

Needs numpy and PyTorch 1.13 or newer.
"""

import json
import math
import os
import sys

import numpy
import torch
from torch import nn
from torch.nn.functional import avg_pool2d, cross_entropy


# Networks. The parameters' names and order are those of the papers' definitions.


def relu(x):
    """In place: what goes in is needed by nothing else."""
    return torch.relu_(x)


def convolution(channels, out, kernel, stride=1):
    return nn.Conv2d(channels, out, kernel, stride, kernel // 2, bias=False)


class Residual(nn.Module):
    """BatchNorm, ReLU, convolution, twice; the shortcut begins at what goes in."""

    def __init__(self, channels, out, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv1 = convolution(channels, out, 3, stride)
        self.bn2 = nn.BatchNorm2d(out)
        self.conv2 = convolution(out, out, 3)
        projected = channels != out or stride != 1
        self.downsample = nn.Sequential(*[convolution(channels, out, 1, stride)] * projected)

    def forward(self, x):
        branch = self.conv1(relu(self.bn1(x)))
        branch = self.conv2(relu(self.bn2(branch)))
        return branch + self.downsample(x)


class WideResNet(nn.Module):
    """No ReLU follows the last BatchNorm. `width` is that of the very last block."""

    def __init__(self, depth, stem, channels, width, outputs):
        super().__init__()
        self.conv0 = convolution(3, stem, 3)
        blocks = (depth - 4) // 6
        current = stem
        for group in range(3):
            layers = []
            for block in range(blocks):
                out = width if (group, block) == (2, blocks - 1) else channels[group]
                layers.append(Residual(current, out, 2 if group > 0 and block == 0 else 1))
                current = out
            self.add_module(f"group{group}", nn.Sequential(*layers))
        self.bn = nn.BatchNorm2d(width)
        self.fc = nn.Linear(width, outputs)

    def last_hidden(self, x):
        return self.bn(self.group2(self.group1(self.group0(self.conv0(x))))).mean((2, 3))

    def forward(self, x):
        return self.fc(self.last_hidden(x))


class DenseLayer(nn.Module):
    def __init__(self, channels, growth):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(channels)
        self.conv1 = convolution(channels, 4 * growth, 1)
        self.norm2 = nn.BatchNorm2d(4 * growth)
        self.conv2 = convolution(4 * growth, growth, 3)

    def forward(self, x):
        new = self.conv1(relu(self.norm1(x)))
        new = self.conv2(relu(self.norm2(new)))
        return torch.cat([x, new], 1)


class Transition(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm = nn.BatchNorm2d(channels)
        self.conv = convolution(channels, channels // 2, 1)

    def forward(self, x):
        return avg_pool2d(self.conv(relu(self.norm(x))), 2)


class DenseNet(nn.Module):
    """DenseNet-BC of three blocks. No ReLU follows the last BatchNorm."""

    def __init__(self, layers, channels, growth, outputs):
        super().__init__()
        self.features = nn.Sequential()
        self.features.add_module("conv0", convolution(3, channels, 3))
        self.features.add_module("norm0", nn.BatchNorm2d(channels))
        self.features.add_module("relu0", nn.ReLU())
        for block in (1, 2, 3):
            dense = nn.Sequential()
            for layer in range(1, layers + 1):
                dense.add_module(f"denselayer{layer}", DenseLayer(channels, growth))
                channels += growth
            self.features.add_module(f"denseblock{block}", dense)
            if block < 3:
                self.features.add_module(f"transition{block}", Transition(channels))
                channels //= 2
        self.features.add_module("norm5", nn.BatchNorm2d(channels))
        self.classifier = nn.Linear(channels, outputs)

    def last_hidden(self, x):
        return self.features(x).mean((2, 3))

    def forward(self, x):
        return self.classifier(self.last_hidden(x))


class Bottleneck(nn.Module):
    """The stride is in the 3 x 3 convolution, as torchvision has it."""

    def __init__(self, channels, planes, stride):
        super().__init__()
        out = 4 * planes
        self.conv1 = convolution(channels, planes, 1)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = convolution(planes, planes, 3, stride)
        self.bn2 = nn.BatchNorm2d(planes)
        self.conv3 = convolution(planes, out, 1)
        self.bn3 = nn.BatchNorm2d(out)
        self.downsample = nn.Sequential()
        if channels != out or stride != 1:
            self.downsample = nn.Sequential(
                convolution(channels, out, 1, stride), nn.BatchNorm2d(out)
            )

    def forward(self, x):
        branch = relu(self.bn1(self.conv1(x)))
        branch = relu(self.bn2(self.conv2(branch)))
        return relu(self.bn3(self.conv3(branch)) + self.downsample(x))


class ResNet(nn.Module):
    def __init__(self, blocks, stem, planes, outputs):
        super().__init__()
        self.conv1 = convolution(3, stem, 7, 2)
        self.bn1 = nn.BatchNorm2d(stem)
        self.pool = nn.MaxPool2d(3, 2, 1)
        channels = stem
        layers = []
        for group, count in enumerate(blocks):
            inner = planes * 2**group
            layer = nn.Sequential()
            for block in range(count):
                stride = 2 if group > 0 and block == 0 else 1
                layer.add_module(str(block), Bottleneck(channels, inner, stride))
                channels = 4 * inner
            self.add_module(f"layer{group + 1}", layer)
            layers.append(layer)
        self.layers = tuple(layers)
        self.fc = nn.Linear(channels, outputs)

    def last_hidden(self, x):
        x = self.pool(relu(self.bn1(self.conv1(x))))
        for layer in self.layers:
            x = layer(x)
        return x.mean((2, 3))

    def forward(self, x):
        return self.fc(self.last_hidden(x))


NETWORKS = {
    "wide-resnet28-1": lambda: WideResNet(28, 16, (16, 32, 64), 64, 10),
    "wide-resnet28-2-c100": lambda: WideResNet(28, 16, (32, 64, 128), 128, 100),
    "densenet40bc-c16": lambda: DenseNet(6, 16, 8, 10),
    "resnet50-c0.25": lambda: ResNet((3, 4, 6, 3), 64, 16, 1000),
    "wide-resnet16-w32": lambda: WideResNet(16, 8, (8, 16, 32), 32, 10),
    "wide-resnet16-last96": lambda: WideResNet(16, 8, (8, 16, 32), 96, 10),
    "densenet22bc-c8": lambda: DenseNet(3, 8, 4, 10),
    "resnet-1-2-1-1-p8": lambda: ResNet((1, 2, 1, 1), 16, 8, 20),
}

# What `write` computes, and the shape of its batch.
WRITTEN = {
    "wide-resnet16-w32": (8, 3, 32, 32),
    "wide-resnet16-last96": (8, 3, 32, 32),
    "densenet22bc-c8": (8, 3, 32, 32),
    "resnet-1-2-1-1-p8": (8, 3, 64, 64),
}


# Fills: the values of parameter number k, and of the input, as which k is 1000. All are computed in
# double precision and rounded to float32.

INPUT = 1000


class SplitMix64:
    """Uniform numbers of the generator SplitMix64 (Steele, Lea and Flood 2014).

    Element i of array k takes the numbers 2^32 k + n i + 1 to 2^32 k + n i + n of the sequence that
    starts from 0; n is 1 for a parameter and 4 for the input. In Java that is nextDouble() of a
    SplittableRandom whose seed is 2^32 k GOLDEN. With u in [0, 1):

        weight  (2u - 1) sqrt(6 / product of all but the first dimension): variance 2 / fan-in
        gamma   0.5 + 0.5 u
        bias    0.1 (2u - 1)
        input   (u1 + u2 + u3 + u4 - 2) sqrt(3): variance 1
    """

    GOLDEN = 0x9E3779B97F4A7C15

    @classmethod
    def uniform(cls, k, count):
        with numpy.errstate(over="ignore"):
            place = numpy.arange(1, count + 1, dtype=numpy.uint64) + numpy.uint64(k << 32)
            z = place * numpy.uint64(cls.GOLDEN)
            z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
            z = z ^ (z >> numpy.uint64(31))
        return (z >> numpy.uint64(11)).astype(numpy.float64) * 2.0**-53

    @classmethod
    def parameter(cls, kind, shape, k):
        u = cls.uniform(k, math.prod(shape))
        if kind == "weight":
            return (2 * u - 1) * math.sqrt(6 / math.prod(shape[1:]))
        return 0.5 + 0.5 * u if kind == "gamma" else 0.1 * (2 * u - 1)

    @classmethod
    def input(cls, shape):
        u = cls.uniform(INPUT, 4 * math.prod(shape)).reshape(-1, 4)
        return (u[:, 0] + u[:, 1] + u[:, 2] + u[:, 3] - 2) * math.sqrt(3)


class Cosine:
    """That of the given files: one cosine for everything."""

    @staticmethod
    def values(shape, k, offset, amplitude):
        place = numpy.arange(math.prod(shape), dtype=numpy.float64)
        return offset + amplitude * numpy.cos(2.399963229728653 * place + 0.7 * k)

    @classmethod
    def parameter(cls, kind, shape, k):
        if kind == "weight":
            return cls.values(shape, k, 0, math.sqrt(2) * math.sqrt(2 / math.prod(shape[1:])))
        return cls.values(shape, k, 0.75, 0.25) if kind == "gamma" else cls.values(shape, k, 0, 0.1)

    @classmethod
    def input(cls, shape):
        return cls.values(shape, INPUT, 0, 1)


def tensor(values, shape):
    return torch.from_numpy(values.astype(numpy.float32).astype(numpy.float64).reshape(shape))


def kinds(network):
    """Name, kind and shape of every parameter."""
    return [
        (name, "weight" if p.dim() > 1 else "gamma" if is_scale(network, name) else "bias", p.shape)
        for name, p in network.named_parameters()
    ]


def is_scale(network, name):
    layer, _, own = name.rpartition(".")
    return own == "weight" and isinstance(network.get_submodule(layer), nn.BatchNorm2d)


def filled(model, fill):
    network = NETWORKS[model]().double()
    parameters = dict(network.named_parameters())
    with torch.no_grad():
        for k, (name, kind, shape) in enumerate(kinds(network)):
            parameters[name].copy_(tensor(fill.parameter(kind, shape, k), shape))
    return network


# References.


def numbers(values):
    """Ten digits are more than float32 has."""
    flat = values.detach().flatten().tolist()
    return [float(f"{value:.10g}") for value in flat]


def norms(tensors):
    return numbers(torch.stack([t.detach().norm() for t in tensors]))


def before_any_step(network, batch):
    network.eval()
    with torch.no_grad():
        features = network.last_hidden(batch)
        return {
            "logits": numbers(network(batch)),
            "features_first8": numbers(features)[:8],
            "features_norm": norms([features])[0],
        }


def reference(model, shape):
    network = filled(model, SplitMix64)
    batch = tensor(SplitMix64.input(shape), shape)
    outputs, width = list(network.parameters())[-2].shape
    labels = [(3 + 7 * i) % outputs for i in range(shape[0])]
    optimiser = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9, weight_decay=0.005)
    found = {
        "model": model,
        "fill": "splitmix64",
        "dtype": "float64",
        "input_shape": list(shape),
        "labels": labels,
        "loss": "ce",
        "lr": 0.05,
        "weight_decay": 0.005,
        "momentum": 0.9,
        "parameter_count": sum(p.numel() for p in network.parameters()),
        "width": width,
        "parameters": [
            {"name": name, "shape": list(size), "kind": kind}
            for name, kind, size in kinds(network)
        ],
        "input_first4": numbers(batch)[:4],
        "eval": before_any_step(network, batch),
    }
    network.train()
    losses = []
    for step in range(3):
        logits = network(batch)
        loss = cross_entropy(logits, torch.tensor(labels))
        optimiser.zero_grad()
        loss.backward()
        losses.append(numbers(loss)[0])
        if step == 0:
            found["train_first"] = {
                "logits": numbers(logits),
                "loss": losses[0],
                "grad_norms": norms([p.grad for p in network.parameters()]),
            }
        optimiser.step()
    last = [m for m in network.modules() if isinstance(m, nn.BatchNorm2d)][-1]
    found["train_losses"] = losses
    found["param_norms_after_steps"] = norms(network.parameters())
    found["last_bn_running_mean_first4"] = numbers(last.running_mean)[:4]
    found["last_bn_running_var_first4"] = numbers(last.running_var)[:4]
    found["eval_after_steps_logits"] = before_any_step(network, batch)["logits"]
    return found


def written(value, indent=""):
    """JSON with one field, or one parameter, a line."""
    if isinstance(value, dict) and indent == "":
        fields = [f'{json.dumps(k)}: {written(v, "  ")}' for k, v in value.items()]
        return "{\n  " + ",\n  ".join(fields) + "\n}\n"
    if isinstance(value, list) and isinstance(value[0], dict):
        return "[\n    " + ",\n    ".join(json.dumps(v) for v in value) + "\n  ]"
    return json.dumps(value)


def write(folder):
    for model, shape in WRITTEN.items():
        path = os.path.join(folder, model + ".json")
        with open(path, "w", encoding="utf-8") as file:
            file.write(written(reference(model, shape)))
        print(f"{path}: {os.path.getsize(path)} bytes")


def check(folder):
    """Largest differences, as shares of the largest number of their kind."""
    checked = 0
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".json"):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            given = json.load(file)
        if given["model"] not in NETWORKS:
            continue
        fill = SplitMix64 if given.get("fill") == "splitmix64" else Cosine
        network = filled(given["model"], fill)
        mine = [
            {"name": name, "shape": list(shape), "kind": kind}
            for name, kind, shape in kinds(network)
        ]
        assert mine == given["parameters"], f"{name}: other parameters"
        shape = given["input_shape"]
        found = before_any_step(network, tensor(fill.input(shape), shape))
        off = {}
        for field, value in found.items():
            expected = numpy.atleast_1d(given["eval"][field])
            off[field] = numpy.abs(numpy.atleast_1d(value) - expected).max() / abs(expected).max()
        print(name, " ".join(f"{field} {value:.1e}" for field, value in off.items()))
        assert max(off.values()) < 1e-5, f"{name}: other numbers"
        checked += 1
    assert checked, f"no reference of a convolutional network in {folder}"


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("write", "check"):
        sys.exit(__doc__)
    torch.set_num_threads(1)
    {"write": write, "check": check}[sys.argv[1]](sys.argv[2])
