"""One optimiser's way down: scale, differentiate, shorten the gradient, refuse what is no number, step."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

SMALLEST_SCALE = 1.0
"""Of float16 gradients: where they are infinite without any scaling, the fault is in the training."""


class Descent:
    """AdamW over the weights of a module (Loshchilov and Hutter 2019, arXiv 1711.05101, algorithm 2).

    Attributes:
        module: What learns.
    """

    def __init__(
        self,
        module: nn.Module,
        device: torch.device,
        weight_decay: float,
        max_gradient_norm: float,
        scaled: bool,
        momentum: float = 0.9,
    ) -> None:
        """Begin at the module's weights.

        Args:
            module: What learns.
            device: Where it is.
            weight_decay: Decay of kernels and matrices; biases and normalisation are spared.
            max_gradient_norm: Longer gradients are shortened to this.
            scaled: Whether to scale losses up, so that float16 gradients do not vanish (Micikevicius and others 2018,
                arXiv 1710.03740, section 3.2); steps whose gradients overflow are left out.
            momentum: β₁.
        """
        self.module = module
        self._max_gradient_norm = max_gradient_norm
        groups = _parameter_groups(module, weight_decay)
        self._optimiser = torch.optim.AdamW(groups, betas=(momentum, 0.999))
        self._scaler = torch.amp.GradScaler(device.type, enabled=scaled)

    def step(self, losses: Mapping[str, Tensor], learning_rate: float) -> bool:
        """Take one step down the sum of the losses, unless it or its gradient is not finite; tells whether it is."""
        for group in self._optimiser.param_groups:
            group["lr"] = learning_rate
        total = torch.stack(list(losses.values())).sum()
        self._optimiser.zero_grad()
        self._scaler.scale(total).backward()  # type: ignore[no-untyped-call]
        self._scaler.unscale_(self._optimiser)
        norm = nn.utils.clip_grad_norm_(self.module.parameters(), self._max_gradient_norm)
        scale = self._scaler.get_scale()
        overflows = not math.isfinite(norm.item())
        if not math.isfinite(total.item()) or (overflows and scale <= SMALLEST_SCALE):
            return False
        self._scaler.step(self._optimiser)
        self._scaler.update()
        return True

    def state(self) -> dict[str, Any]:
        """Weights, moments and scale, for a checkpoint."""
        return {
            "module": self.module.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "scaler": self._scaler.state_dict(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from what `state` gave.

        Raises:
            RuntimeError: The weights are those of another module.
        """
        self.module.load_state_dict(state["module"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._scaler.load_state_dict(state["scaler"])


def _parameter_groups(module: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    """Decay kernels and matrices, spare biases and normalisation (one-dimensional parameters)."""
    parameters = list(module.parameters())
    return [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": weight_decay},
        {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0},
    ]
