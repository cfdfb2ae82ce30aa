"""Makes the TorchScript programs of fixtures/torch/ and what they must give, with PyTorch.

    python3 src/test/python/torchscript.py fixtures/torch

The network is a convolution of 3 channels to 8, a BatchNorm with the statistics of some batches, a ReLU, the mean over
pixels, and a linear layer of 8 neurons and 3 outputs. The images are 6 x 6 pixels of 3 channels, their bytes one image behind the
other those of pixel() below; what the network sees is byte / 255, less the channel's mean, by its deviation.
"""

import io
import json
import sys
import zipfile

import torch
from torch import nn

IMAGES = 40
SIDE = 6
MEANS = [0.5, 0.4, 0.3]
DEVIATIONS = [0.2, 0.25, 0.3]


class Trunk(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(8)

    def forward(self, x):
        return torch.relu(self.bn(self.conv(x))).mean((2, 3))


class Net(nn.Module):
    def __init__(self, trunk, fc):
        super().__init__()
        self.trunk = trunk
        self.fc = fc

    def forward(self, x):
        return self.fc(self.trunk(x))


class WithSoftmax(Net):
    def forward(self, x):
        return torch.softmax(self.fc(self.trunk(x)), 1)


class WithFeatures(Net):
    def forward(self, x):
        features = self.trunk(x)
        return self.fc(features), features


def pixel(i):
    scattered = i * 2654435761 % 2**32
    return (scattered ^ scattered >> 15) * 2246822519 % 2**32 >> 24


def images():
    pixels = [pixel(i) for i in range(IMAGES * 3 * SIDE * SIDE)]
    shaped = torch.tensor(pixels, dtype=torch.float32).reshape(IMAGES, 3, SIDE, SIDE)
    return (shaped / 255 - torch.tensor(MEANS).reshape(3, 1, 1)) / torch.tensor(DEVIATIONS).reshape(3, 1, 1)


def save(program, path):
    """As torch.jit saves it, but without the debug records, which name the files of whoever runs this."""
    whole = io.BytesIO()
    torch.jit.save(program, whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as target:
        for entry in source.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                target.writestr(entry, source.read(entry))


def main(folder):
    torch.manual_seed(8)
    trunk, fc = Trunk(), nn.Linear(8, 3)
    network = Net(trunk, fc)
    x = images()
    for _ in range(20):
        network(x[torch.randperm(IMAGES)[:16]])

    example = x[:2]
    save(torch.jit.script(network), f"{folder}/scripted.pt")
    network.eval()
    save(torch.jit.trace(network, example), f"{folder}/traced.pt")
    save(torch.jit.freeze(torch.jit.script(network)), f"{folder}/frozen.pt")
    save(torch.jit.trace(WithSoftmax(trunk, fc).eval(), example), f"{folder}/softmax.pt")
    save(torch.jit.trace(WithFeatures(trunk, fc).eval(), example), f"{folder}/two-outputs.pt")
    with torch.no_grad():
        expected = {
            "features": trunk(x).tolist(),
            "logits": network(x).tolist(),
            "weight": fc.weight.tolist(),
            "bias": fc.bias.tolist(),
        }
    # The last, as it changes the statistics. The scripted one was saved while training, too, but can be told to stop.
    network.train()
    save(torch.jit.trace(network, example, check_trace=False), f"{folder}/traced-while-training.pt")
    with open(f"{folder}/programs.json", "w") as out:
        json.dump({"made_with": f"PyTorch {torch.__version__}", **expected}, out)


main(sys.argv[1])
