"""Whether bfloat16 products are faster on a device: measured, since many processors only emulate them."""

import functools
import time

import torch


@functools.cache
def bf16_is_faster(kind):
    """kind: "cpu" or "cuda". Times a product in both precisions on this machine, once per process."""
    if kind == "cuda":
        return torch.cuda.is_bf16_supported()
    a = torch.ones(512, 512)  # no random numbers: training depends on their order

    def seconds(matrix):
        best = float("inf")
        for _ in range(4):  # the first one is a warm-up
            began = time.perf_counter()
            matrix @ matrix
            best = min(best, time.perf_counter() - began)
        return best

    return seconds(a.bfloat16()) < seconds(a)


def autocast(device):
    """The autocast context in which a network's products run fastest."""
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=bf16_is_faster(device.type))
