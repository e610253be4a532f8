"""Distillation: learn another network's probabilities, its doubts included.

After Hinton, Vinyals and Dean 2015 (arXiv 1503.02531, section 2): both softened by a temperature T, and the loss times
T² so that its gradients do not shrink with it. Deviation: the Kullback–Leibler divergence, which is 0 where both agree,
in place of the cross entropy; the gradients are the same.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional


class Distillation(nn.Module):
    """T² KL(p_teacher ‖ p_student), the mean over pixels, labelled or not."""

    def __init__(self, temperature: float = 2.0) -> None:
        """Set the loss up.

        Args:
            temperature: T, by which the logits are divided.
        """
        super().__init__()
        self.temperature = temperature

    def forward(self, logits: Tensor, teacher_logits: Tensor) -> Tensor:
        """Compare logits `(B, classes, ...)`; a student may know more classes, behind those of the teacher. A scalar.

        Lone logits, `(B, 1, ...)`, are those of a mask.
        """
        if teacher_logits.shape[1] == 1:
            logits, teacher_logits = _two_classes(logits[:, :1]), _two_classes(teacher_logits)
        student = (logits[:, : teacher_logits.shape[1]].float() / self.temperature).log_softmax(dim=1)
        teacher = (teacher_logits.float() / self.temperature).log_softmax(dim=1)
        divergence = functional.kl_div(student, teacher, reduction="none", log_target=True).sum(dim=1)
        return self.temperature**2 * divergence.mean()


def _two_classes(logit: Tensor) -> Tensor:
    """Logits outside and inside of the mask whose sigmoid is given, `(B, 2, ...)`."""
    return functional.pad(logit, (0, 0) * (logit.ndim - 2) + (1, 0))
