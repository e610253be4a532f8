"""Explains one window by one method: asks the network about changed images, or differentiates it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..network import Network
from ..progress import Told
from ..requests.explain_prediction import ABLATION, LIME, OCCLUSION, SALIENCY, SHAP, Method
from .attribution import Attribution
from .band_ablation import band_ablation
from .class_scores import ClassScores
from .evaluations import NetworkScores, Scores, score_of
from .feature_ablation import feature_ablation
from .features import Features, all_together, blocks, one_by_one, superpixels
from .importance import beyond_chance
from .kernel_shap import kernel_shap
from .lime import Estimate, lime, lime_of_tile
from .near import AndTheRest, Near, NearScores
from .occlusion import occlusion
from .settings import Effort, for_check
from .target import Target


class Explainer:
    """One network, one method.

    Args:
        network: The network.
        reads: What is read of its output.
        method: The method.
        device: Where gradients are computed: `auto`, `cpu` or `cuda:N`.
        threads: Processor threads; 0: all cores.
    """

    def __init__(self, network: Network, reads: ClassScores, method: Method, device: str, threads: int) -> None:
        self.network = network
        self._reads = reads
        self._method = method
        self._device = device
        self._threads = threads
        self._is_held_against_file = True

    def for_check(self, network: Network) -> Explainer:
        """The method as it is checked, for this network or one of random weights."""
        return self._roughly(network, for_check(self._method))

    def for_random(self, network: Network) -> Explainer:
        """The same method for a network of random weights."""
        return self._roughly(network, self._method)

    def _roughly(self, network: Network, method: Method) -> Explainer:
        """A method for a network of which it does not matter how closely it is computed."""
        made = Explainer(network, self._reads, method, self._device, self._threads)
        made._is_held_against_file = False
        return made

    def scores(self, target: Target) -> NetworkScores:
        """What the network says of a target, as a function of the image."""
        return NetworkScores(self.network, self._reads, target, [wants.channels for wants in self.network.card.inputs])

    def explain(
        self,
        image: NDArray[np.float32],
        baseline: NDArray[np.float32],
        target: Target,
        near: Near,
        effort: Effort,
        told: Told,
        offset: tuple[int, int] = (0, 0),
    ) -> Attribution:
        """Explain a target.

        Args:
            image: `(channels, rows, cols)`, scaled.
            baseline: What stands for nothing, of the same shape.
            target: What is explained.
            near: The part of the window that is cut into features; methods that differentiate see all of it.
            effort: How often and how finely.
            told: Is told how far it is.
            offset: Row and column of the lattice of windows and blocks at which the image's first pixel lies.

        Raises:
            ModelError: The network cannot be differentiated.
        """
        if self._method.differentiates:
            from .gradients.explaining import explain_by_gradients  # torch is loaded for those who differentiate

            return explain_by_gradients(
                self.network,
                self._reads,
                self._method,
                target,
                (image, baseline),
                effort.samples,
                (self._device, self._threads),
                self._is_held_against_file,
                told,
            )
        part = np.s_[:, near.rows, near.cols]
        shifted = offset[0] + near.rows.start, offset[1] + near.cols.start
        whole, seen = self.scores(target), np.ascontiguousarray(image[part])
        if near.shape == image.shape[1:]:
            return self._ask(whole, seen, baseline, effort, told, shifted)
        if self._method.name == SHAP:  # its values add up only where the rest has one, too
            features = Features(superpixels(seen, effort.window_px), self._groups(len(image)))
            arguments = (image, baseline, AndTheRest(features, near), effort.samples, self._method.seed, told)
            found = self._of_estimate(kernel_shap(whole, *arguments), features)
        else:
            found = self._ask(NearScores(whole, image, near), seen, baseline[part], effort, told, shifted)
        return _on_window(found, near, image.shape)

    def _ask(
        self,
        scores: Scores,
        image: NDArray[np.float32],
        baseline: NDArray[np.float32],
        effort: Effort,
        told: Told,
        offset: tuple[int, int],
    ) -> Attribution:
        """Explain by asking about changed images."""
        channels, rows, cols = image.shape
        method, side_px = self._method, effort.window_px
        groups = self._groups(channels)
        if method.name == OCCLUSION:
            maps = occlusion(scores, image, baseline, side_px, side_px, groups, told, offset)
            features = Features(blocks(rows, cols, side_px, offset), groups)
            bands = maps if method.by_band else None
            return Attribution(maps.sum(axis=0), bands, features.parts, asked=features.count)
        if method.name == ABLATION:
            features = Features(blocks(rows, cols, side_px, offset), groups)
            maps = features.spread(feature_ablation(scores, image, baseline, features, told))
            facts = {"Features": f"{features.of_group} blocks of {side_px} px in {channels} bands"}
            return Attribution(maps.sum(axis=0), maps, features.parts, facts=facts, asked=features.count)
        if effort.in_tiles:
            features = Features(blocks(rows, cols, side_px, offset), groups)
            seed = [method.seed, *(start % 2**32 for start in offset)]  # what chance does in a tile is not done in all
            arguments = (scores, image, baseline, features, effort.samples, seed, told)
            estimate = lime_of_tile(*arguments) if method.name == LIME else kernel_shap(*arguments, resampled=0)
        else:
            features = Features(superpixels(image, side_px), groups)
            estimate = (lime if method.name == LIME else kernel_shap)(
                scores, image, baseline, features, effort.samples, method.seed, told
            )
        return self._of_estimate(estimate, features)

    def _groups(self, channels: int) -> tuple[tuple[int, ...], ...]:
        """The channels that are replaced together."""
        method = self._method
        return one_by_one(channels) if method.by_band or method.name == ABLATION else all_together(channels)

    def _of_estimate(self, estimate: Estimate, features: Features) -> Attribution:
        """What lime and shap found, on the pixels, with its intervals; values beyond the features are of the rest."""
        by_band, groups = self._method.by_band, len(features.groups)
        values, drawn = estimate.values[: features.count], estimate.repeats[:, : features.count]
        maps = features.spread(values)
        noise, repeats, spread = None, np.empty((0, groups)), np.nan
        if len(drawn):
            totals = drawn.reshape(-1, groups, features.of_group).sum(axis=1)
            low, high = np.percentile(totals, (2.5, 97.5), axis=0)
            spread = float((high - low).mean() / 2)
            if by_band:
                variance = drawn.var(axis=0)
                noise = features.spread(variance)
                sizes = beyond_chance(drawn, 2 * variance)  # chance is in the values, and once more in what is drawn
                repeats = sizes.reshape(-1, groups, features.of_group).mean(axis=2)
        return Attribution(
            maps.sum(axis=0),
            maps if by_band else None,
            features.parts,
            noise,
            repeats,
            spread,
            {"Superpixels": str(features.of_group)},
            rest=float(estimate.values[features.count :].sum()) if self._method.name == SHAP else np.nan,
            fit=estimate.fit,
        )

    def ablate(
        self,
        image: NDArray[np.float32],
        baseline: NDArray[np.float32],
        target: Target,
        groups: tuple[tuple[int, ...], ...],
        told: Told,
    ) -> NDArray[np.float64]:
        """How much of the score is lost when whole bands are replaced, `(groups,)`."""
        return band_ablation(self.scores(target), image, baseline, groups, told)

    def score(self, image: NDArray[np.float32], target: Target) -> float:
        """The score of an image."""
        return score_of(self.scores(target), image)

    def magnitudes(self, found: Attribution) -> Attribution:
        """An attribution as it is shown: saliency is the magnitude of the gradient, the others keep their signs."""
        if self._method.name != SALIENCY or found.bands is None:
            return found
        bands = np.abs(found.bands)
        return replace(found, bands=bands, total=bands.sum(axis=0))


def _on_window(found: Attribution, near: Near, shape: tuple[int, ...]) -> Attribution:
    """An attribution of the near part, on the whole window: 0 beyond."""

    def widened(values: NDArray[np.float32]) -> NDArray[np.float32]:
        whole = np.zeros((*values.shape[:-2], *shape[1:]), np.float32)
        whole[..., near.rows, near.cols] = values
        return whole

    return replace(
        found,
        total=widened(found.total),
        bands=None if found.bands is None else widened(found.bands),
        parts=None if found.parts is None else widened(found.parts),
        noise=None if found.noise is None else widened(found.noise),
    )
