"""The workloads by PyTorch or NumPy; started by the class Python, timed here.

peer.py LIBRARY WORKLOAD THREADS WARMUP_SECONDS ITERATIONS ITERATION_SECONDS
"""

import resource
import statistics
import sys
import time

import numpy as np

FEATURES, PICTURES, PIXELS, HIDDEN, CLASSES, BATCH = 12288, 209, 784, 128, 10, 128


def numbers(stream, count):
    """SplitMix64, as in the class Numbers."""
    z = (np.arange(1, count + 1, dtype=np.uint64) + np.uint64(stream << 32)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def between(low, high, stream, *shape):
    return (low + (high - low) * numbers(stream, int(np.prod(shape)))).reshape(shape)


def labels(stream, count):
    return (numbers(stream, count) >= 0.5).astype(np.float64).reshape(1, count)


class Torch:
    def __init__(self, workload, threads):
        import torch

        self.torch = torch
        torch.set_num_threads(threads)
        self.about = "PyTorch " + torch.__version__
        self.parameters, self.rate = [], 0.0
        self.value = getattr(self, workload.lower())()
        for p in self.parameters:
            p.requires_grad_(True)

    def tensor(self, array):
        return self.torch.from_numpy(np.ascontiguousarray(array))

    def scalar(self):
        a, b, c = self.parameters = [self.torch.tensor(v, dtype=self.torch.float64) for v in (5.0, 3.0, 2.0)]
        return lambda: 3 * (a + b * c)

    def planar(self):
        linear, torch = self.torch.nn.functional.linear, self.torch
        x, y = self.tensor(between(-4, 4, 1, 2, 400).T), self.tensor(labels(2, 400).T)
        w1, b1 = self.tensor(between(-0.5, 0.5, 3, 4, 2)), self.tensor(between(-0.1, 0.1, 4, 4))
        w2, b2 = self.tensor(between(-0.5, 0.5, 5, 1, 4)), self.tensor(np.zeros(1))
        self.parameters, self.rate = [w1, b1, w2, b2], 0.1
        return lambda: self.cross_entropy(torch.sigmoid(linear(torch.tanh(linear(x, w1, b1)), w2, b2)), y)

    def logistic(self):
        torch = self.torch
        x, y = self.tensor(between(0, 1, 6, FEATURES, PICTURES)), self.tensor(labels(7, PICTURES))
        w, b = self.tensor(np.zeros((FEATURES, 1))), self.tensor(np.zeros(1))
        self.parameters, self.rate = [w, b], 1e-4
        return lambda: self.cross_entropy(torch.sigmoid(w.t() @ x + b), y)

    @staticmethod
    def cross_entropy(p, y):
        return -(y * p.log() + (1 - y) * (1 - p).log()).mean()

    def network(self):
        f = self.torch.nn.functional
        x = self.tensor(between(0, 1, 8, PIXELS, BATCH).T)
        y = self.torch.from_numpy((CLASSES * numbers(9, BATCH)).astype(np.int64))
        w1, b1 = self.tensor(between(-0.05, 0.05, 10, HIDDEN, PIXELS)), self.tensor(np.zeros(HIDDEN))
        w2, b2 = self.tensor(between(-0.1, 0.1, 11, CLASSES, HIDDEN)), self.tensor(np.zeros(CLASSES))
        self.parameters, self.rate = [w1, b1, w2, b2], 0.01
        return lambda: f.cross_entropy(f.linear(f.relu(f.linear(x, w1, b1)), w2, b2), y)

    def chain(self):
        torch = self.torch
        z = self.tensor(between(-3, 3, 12, 1000, 1000))
        self.parameters = [z]
        return lambda: torch.log1p(torch.sigmoid(z) * torch.tanh(z) + torch.exp(-z * z)).mean()

    def product_512(self):
        return self.product(512)

    def product_1024(self):
        return self.product(1024)

    def product(self, n):
        a, b = self.tensor(between(-1, 1, 13, n, n)), self.tensor(between(-1, 1, 14, n, n))
        self.out = self.torch.empty(n, n, dtype=self.torch.float64)
        return lambda: self.torch.mm(a, b, out=self.out)

    def step(self):
        if not self.parameters:
            self.value()
            return 0.0
        for p in self.parameters:
            p.grad = None
        cost = self.value()
        cost.backward()
        if self.rate:
            with self.torch.no_grad():
                for p in self.parameters:
                    p.sub_(p.grad, alpha=self.rate)
        return cost.item()

    def results(self):
        if not self.parameters:
            return [self.out.numpy()]
        return [(p.detach() if self.rate else p.grad).numpy() for p in self.parameters]


class NumPy:
    """For the product alone, to see the BLAS without PyTorch; the caller sets its number of threads."""

    def __init__(self, workload, threads):
        n = int(workload.split("_")[1])
        self.a, self.b = between(-1, 1, 13, n, n), between(-1, 1, 14, n, n)
        self.out = np.empty((n, n))
        self.about = "NumPy " + np.__version__

    def step(self):
        np.dot(self.a, self.b, out=self.out)
        return 0.0

    def results(self):
        return [self.out]


def blas():
    with open("/proc/self/maps", encoding="utf-8") as maps:
        files = {line.split("/")[-1].strip() for line in maps if "/" in line}
    return ", ".join(sorted(f for f in files if "blas" in f.lower() or "mkl" in f.lower())) or "no BLAS found"


def fingerprint(contestant):
    for _ in range(3):
        cost = contestant.step()
    flat = np.concatenate([np.asarray(r).ravel() for r in contestant.results()])
    return [cost, flat.sum(), (flat * numbers(99, flat.size)).sum(), np.abs(flat).sum()]


def time_of(step, seconds):
    """The mean time of a step, over at least so many seconds."""
    steps, batch, start = 0, 1, time.perf_counter()
    while True:
        for _ in range(batch):
            step()
        steps += batch
        gone = time.perf_counter() - start
        if gone >= seconds:
            return gone / steps
        if gone < seconds / 20:
            batch *= 2


def main():
    library, workload, threads, warmup, iterations, seconds = sys.argv[1:]
    contestant = {"torch": Torch, "numpy": NumPy}[library](workload, int(threads))
    print("fingerprint", ",".join(repr(float(v)) for v in fingerprint(contestant)))
    time_of(contestant.step, float(warmup))
    times = [time_of(contestant.step, float(seconds)) for _ in range(int(iterations))]
    print("seconds", repr(statistics.median(times)))
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
    print("about", contestant.about + " with " + blas())


main()
