"""Checkpoint pairs from real training, for the benchmark of deltas: a small network on Fashion-MNIST, in numpy.

    python make-checkpoints.py IMAGES.gz LABELS.gz FOLDER

Writes p1, p2 and p3, each as -base and -new .safetensors. The seed is fixed, yet the last bits depend on the BLAS
that numpy was built with: compare ratios between machines, not digests.
"""

import gzip
import json
import os
import struct
import sys

# One thread: the order of additions, and so every last bit, does not depend on how many cores are free.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402

SIZES = [784, 1024, 1024, 10]
BATCH = 128
HEAD = {"layers.2.weight", "layers.2.bias"}


def main(images_path, labels_path, folder):
    with gzip.open(images_path) as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784).astype(np.float32) / np.float32(255)
    with gzip.open(labels_path) as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8)
    random = np.random.default_rng(4)
    model = Model(random)
    for epoch in range(4):
        loss = model.train(images, labels, random, 1e-3 if epoch < 2 else 2e-4)
        print(f"epoch {epoch + 1}: loss {loss:.4f}", file=sys.stderr, flush=True)
    fourth = model.copy()
    loss = model.train(images, labels, random, 5e-5)
    print(f"epoch 5: loss {loss:.4f}", file=sys.stderr, flush=True)
    write_pair(folder, "p1", fourth, model)
    later = model.copy()
    later.train(images, labels, random, 1e-5, steps=20)
    write_pair(folder, "p2", model, later)
    head = model.copy()
    head.train(images, labels, random, 5e-5, only=HEAD)
    write_pair(folder, "p3", model, head)


class Model:
    def __init__(self, random):
        self.weights = {}
        for i, (inputs, outputs) in enumerate(zip(SIZES, SIZES[1:])):
            scale = np.sqrt(2 / inputs)
            self.weights[f"layers.{i}.weight"] = (random.standard_normal((inputs, outputs)) * scale).astype(np.float32)
            self.weights[f"layers.{i}.bias"] = np.zeros(outputs, np.float32)
        self.first = {name: np.zeros_like(value) for name, value in self.weights.items()}
        self.second = {name: np.zeros_like(value) for name, value in self.weights.items()}
        self.step = 0

    def copy(self):
        other = object.__new__(Model)
        for field in ("weights", "first", "second"):
            setattr(other, field, {name: value.copy() for name, value in getattr(self, field).items()})
        other.step = self.step
        return other

    def train(self, images, labels, random, rate, steps=None, only=None):
        """One pass over the images, or so many steps of it; returns the mean loss."""
        order = random.permutation(len(images))
        total = len(images) // BATCH if steps is None else steps
        losses = 0.0
        for i in range(total):
            chosen = order[i * BATCH : (i + 1) * BATCH]
            loss, gradients = self.gradients(images[chosen], labels[chosen])
            losses += loss
            self.step += 1
            for name, gradient in gradients.items():
                if only is None or name in only:
                    self.adam(name, gradient, rate)
        return losses / total

    def gradients(self, batch, labels):
        weights = self.weights
        layers = [batch]
        for i in range(len(SIZES) - 1):
            value = layers[-1] @ weights[f"layers.{i}.weight"] + weights[f"layers.{i}.bias"]
            layers.append(np.maximum(value, 0) if i < len(SIZES) - 2 else value)
        scores = layers[-1] - layers[-1].max(axis=1, keepdims=True)
        chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        rows = np.arange(len(labels))
        loss = -np.log(chances[rows, labels] + 1e-9).mean()
        chances[rows, labels] -= 1
        back = (chances / np.float32(len(labels))).astype(np.float32)
        gradients = {}
        for i in reversed(range(len(SIZES) - 1)):
            gradients[f"layers.{i}.weight"] = layers[i].T @ back
            gradients[f"layers.{i}.bias"] = back.sum(axis=0)
            if i > 0:
                back = (back @ weights[f"layers.{i}.weight"].T) * (layers[i] > 0)
        return float(loss), gradients

    def adam(self, name, gradient, rate):
        first, second = self.first[name], self.second[name]
        first *= np.float32(0.9)
        first += np.float32(0.1) * gradient
        second *= np.float32(0.999)
        second += np.float32(0.001) * gradient * gradient
        scale = np.float32(rate * np.sqrt(1 - 0.999**self.step) / (1 - 0.9**self.step))
        self.weights[name] -= scale * first / (np.sqrt(second) + np.float32(1e-8))


def write_pair(folder, name, base, new):
    equal = sum(int((base.weights[key] == new.weights[key]).sum()) for key in base.weights)
    total = sum(value.size for value in base.weights.values())
    print(f"{name}: {equal / total:.3%} of the elements are equal", file=sys.stderr, flush=True)
    write_safetensors(os.path.join(folder, f"{name}-base.safetensors"), base.weights)
    write_safetensors(os.path.join(folder, f"{name}-new.safetensors"), new.weights)


def write_safetensors(path, tensors):
    header, offset = {}, 0
    for name, value in tensors.items():
        end = offset + value.nbytes
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    # Complete before it has its name: an interrupted run must not leave a short file for the next one.
    with open(f"{path}.part", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for value in tensors.values():
            file.write(value.tobytes())
    os.replace(f"{path}.part", path)


if __name__ == "__main__":
    main(*sys.argv[1:])
