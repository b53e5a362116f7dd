"""Muon (Jordan 2024): orthogonalised momentum.

Like torch.optim.Muon, which always computes in bfloat16: where bfloat16 is only emulated, that takes longer than the
rest of a step. Matrices of the same shape are processed in a batch.
"""

import collections

import torch

from precision import bf16_is_faster

COEFFICIENTS = (3.4445, -4.7750, 2.0315)  # of Jordan's quintic
STEPS = 5


def orthogonal(matrices):
    """[N, rows, columns] -> approximately U V^T of each matrix's singular value decomposition, by Newton-Schulz."""
    x = matrices.bfloat16() if bf16_is_faster(matrices.device.type) else matrices
    tall = x.size(-2) > x.size(-1)
    x = x.mT if tall else x
    x = x / x.norm(dim=(-2, -1), keepdim=True).clamp(min=1e-7)
    a, b, c = COEFFICIENTS
    for _ in range(STEPS):
        square = x @ x.mT
        x = a * x + (b * square + c * square @ square) @ x
    return (x.mT if tall else x).to(matrices.dtype)


class Muon(torch.optim.Optimizer):
    def __init__(self, matrices, lr, momentum=0.95, weight_decay=0.01):
        super().__init__(matrices, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            of_shape = collections.defaultdict(list)
            for parameter in group["params"]:
                of_shape[parameter.shape].append(parameter)
            for (rows, columns), parameters in of_shape.items():
                updates = []
                for parameter in parameters:
                    state = self.state[parameter]
                    if not state:
                        state["momentum"] = torch.zeros_like(parameter)
                    state["momentum"].lerp_(parameter.grad, 1 - group["momentum"])
                    updates.append(parameter.grad.lerp(state["momentum"], group["momentum"]))  # Nesterov momentum
                rate = group["lr"] * max(1, rows / columns) ** 0.5
                for parameter, update in zip(parameters, orthogonal(torch.stack(updates)), strict=True):
                    parameter.mul_(1 - group["lr"] * group["weight_decay"]).sub_(update, alpha=rate)
