"""Every term of every objective keeps its promises, and what does not suit is refused in a sentence."""

import math
from dataclasses import dataclass, replace

import pytest
import torch
from terraloom.models.blocks.discriminator import Discriminator
from terraloom.models.blocks.phycell import PhyCell, physics_loss
from terraloom.models.build import HEADS, build
from terraloom.models.errors import SpecError
from terraloom.models.losses.adversarial import GAMES
from terraloom.models.objectives.build import (
    CLASSES,
    IMAGE_CLASSES,
    LINES,
    TASK_OF_HEAD,
    TERMS,
    VALUES,
    ObjectiveSetting,
    build_objective,
)
from terraloom.models.objectives.objective import Batch
from terraloom.models.objectives.ramp import Ramp
from terraloom.models.spec import InputSpec
from terraloom.tests.models.examples import networks
from torch import nn

IGNORE = 255
ROWS, COLS = 35, 41
BINS = 4
EXTRAS = frozenset({"elevation_m", "velocity_m_s", "orientation"})

OUTPUTS = {"classes": (CLASSES, 3), "mask": (CLASSES, 1), "lines": (LINES, 1 + BINS), "values": (VALUES, 3)}
OUTPUTS["image classes"] = (IMAGE_CLASSES, 3)
OUTPUTS["two classes"] = (CLASSES, 2)

WITHOUT_TARGET = {"contrastive", "distillation", "waterlevel", "advection", "heat", "moments"}
"""Terms that learn from pixels without labels too."""


class Toy(nn.Module):
    """A network whose output is a weight, so that a test can make it say anything."""

    def __init__(self, output, is_image=False):
        super().__init__()
        self.output = nn.Parameter(output.mean(dim=(2, 3)) if is_image else output)
        self.encoder = nn.Conv2d(2, 6, 3, padding=1)
        self.cell = PhyCell(4, 3)

    def forward(self, *inputs):
        return self.output


def chance(seed):
    return torch.Generator().manual_seed(seed)


def setting_of(kind, teacher=None):
    task, outputs = OUTPUTS[kind]
    return ObjectiveSetting(
        task,
        (InputSpec(2),),
        outputs,
        steps=10,
        features=6,
        has_phycell=True,
        extras=EXTRAS,
        wet_classes=(0,),
        spacing_m=10.0,
        step_s=60.0,
        diffusivity_m2_s=0.1,
        teacher=teacher,
        critic=Discriminator(2, outputs, (4, 8)),
    )


def output_of(kind, seed=0):
    return torch.randn(3, OUTPUTS[kind][1], ROWS, COLS, generator=chance(seed))


def batch_of(kind, unlabelled=False):
    task, outputs = OUTPUTS[kind]
    image = torch.randn(3, 2, ROWS, COLS, generator=chance(1))
    if task == VALUES:
        target = torch.randn(3, outputs, ROWS, COLS, generator=chance(2))
        target = torch.where(torch.rand(target.shape, generator=chance(3)) < 0.2, math.nan, target)
    else:
        shape = (3,) if task == IMAGE_CLASSES else (3, ROWS, COLS)
        target = torch.randint(0, 2 if outputs == 1 or task == LINES else outputs, shape, generator=chance(2))
        target[0] = IGNORE
    directions = torch.randint(0, BINS, (3, 1, ROWS, COLS), generator=chance(4))
    if unlabelled:
        target = torch.full_like(target, math.nan if task == VALUES else IGNORE)
        directions = torch.full_like(directions, IGNORE)
    extras = {
        "elevation_m": 100 * torch.rand(3, 1, ROWS, COLS, generator=chance(5)),
        "velocity_m_s": torch.randn(3, 2, ROWS, COLS, generator=chance(6)),
        "orientation": directions,
    }
    return Batch((image,), target, extras)


def perfect_output(kind, batch):
    """What a network says that knows the target."""
    task, outputs = OUTPUTS[kind]
    if task == VALUES:
        return batch.target.nan_to_num()
    sure = 50.0
    labels = batch.target.where(batch.target != IGNORE, 0)
    if task == LINES:
        directions = nn.functional.one_hot(batch.extras["orientation"][:, 0], BINS).movedim(-1, 1)
        return sure * torch.cat([2 * labels[:, None] - 1, 2 * directions - 1], dim=1)
    if outputs == 1:
        return sure * (2.0 * labels[:, None] - 1)
    return sure * nn.functional.one_hot(labels, outputs).movedim(-1, 1).float()


CASES = [
    pytest.param(name, kind, id=f"{name} of {kind}")
    for name, entry in TERMS.items()
    for kind, (task, _) in OUTPUTS.items()
    if task in entry.tasks and (name, kind) != ("cldice", "classes")
]


def loss_of(objective, name, network, batch):
    objective.begin(10)
    return objective.losses(network, batch)[name]


def toy(kind, output):
    return Toy(output, OUTPUTS[kind][0] == IMAGE_CLASSES and output.ndim == 4)


@pytest.mark.parametrize("name, kind", CASES)
def test_every_term_is_finite_and_teaches(name, kind):
    network, batch = toy(kind, output_of(kind)), batch_of(kind)
    setting = setting_of(kind, teacher=toy(kind, output_of(kind, seed=9)))
    objective = build_objective({name: 2.0}, setting)
    loss = loss_of(objective, name, network, batch)
    assert loss.shape == () and loss.isfinite()
    loss.backward()
    gradients = [parameter.grad for parameter in network.parameters() if parameter.grad is not None]
    assert gradients and all(gradient.isfinite().all() for gradient in gradients)
    assert any(gradient.abs().sum() > 0 for gradient in gradients)
    half = build_objective({name: 1.0}, setting)
    if name != "contrastive":  # its second view and projection are chance
        assert loss_of(half, name, network, batch).item() == pytest.approx(loss.item() / 2, rel=1e-5)


@pytest.mark.parametrize("name, kind", CASES)
def test_a_batch_without_labels_gives_no_nan_and_no_loss(name, kind):
    network, batch = toy(kind, output_of(kind)), batch_of(kind, unlabelled=True)
    objective = build_objective({name: 1.0}, setting_of(kind, teacher=toy(kind, output_of(kind, seed=9))))
    loss = loss_of(objective, name, network, batch)
    assert loss.isfinite()
    loss.backward()
    assert network.output.grad is None or network.output.grad.isfinite().all()
    if name not in WITHOUT_TARGET:
        assert loss.item() == 0 and not network.output.grad.any()


@pytest.mark.parametrize(
    "name, kind", [case for case in CASES if case.values[0] not in WITHOUT_TARGET | {"adversarial"}]
)
def test_a_perfect_output_is_the_minimum(name, kind):
    batch = batch_of(kind)
    objective = build_objective({name: 1.0}, setting_of(kind))
    best = perfect_output(kind, batch)
    least = loss_of(objective, name, toy(kind, best), batch).item()
    assert least == pytest.approx(0, abs=1e-5)
    for seed in range(3):
        noise = torch.randn(best.shape, generator=chance(seed))
        assert loss_of(objective, name, toy(kind, best + 40 * noise), batch).item() > least


def test_a_perfect_copy_of_the_teacher_costs_nothing():
    output = output_of("classes")
    objective = build_objective({"distillation": 1.0}, setting_of("classes", teacher=Toy(output.clone())))
    network = Toy(output.clone())
    assert loss_of(objective, "distillation", network, batch_of("classes")).item() == pytest.approx(0, abs=1e-6)


def test_the_teacher_does_not_learn():
    teacher = Toy(output_of("classes", seed=9))
    objective = build_objective({"distillation": 1.0}, setting_of("classes", teacher))
    loss_of(objective, "distillation", Toy(output_of("classes")), batch_of("classes")).backward()
    assert all(parameter.grad is None for parameter in teacher.parameters())


def test_a_network_that_learns_from_a_teacher_first_learns_from_all():
    """The network runs for the first term that asks: the teacher's run, without gradients, must not be around it."""

    class Running(Toy):
        def forward(self, *inputs):
            return self.output * 1  # made when it is asked for, as networks do

    objective = build_objective(
        {"distillation": 1.0, "dice": 1.0}, setting_of("classes", Toy(output_of("classes", seed=9)))
    )
    network = Running(output_of("classes"))
    losses = objective.losses(network, batch_of("classes"))
    assert all(loss.requires_grad for loss in losses.values())


def test_terms_add_up_by_name_over_one_run_of_the_network():
    runs = []

    class Counting(Toy):
        def forward(self, *inputs):
            runs.append(1)
            return super().forward(*inputs)

    weights = {"cross_entropy": 1.0, "dice": 0.5, "lovasz": 2.0}
    objective = build_objective(weights, setting_of("classes"))
    network, batch = Counting(output_of("classes")), batch_of("classes")
    losses = objective.losses(network, batch)
    assert list(losses) == list(weights) and len(runs) == 1
    alone = {name: build_objective({name: 1.0}, setting_of("classes")) for name in weights}
    for name, weight in weights.items():
        expected = weight * alone[name].losses(network, batch)[name].item()
        assert losses[name].item() == pytest.approx(expected, rel=1e-6)


def test_physics_comes_in_over_the_first_part_of_training():
    ramp = Ramp(steps=100)
    assert [ramp(step) for step in (1, 16, 31, 100)] == pytest.approx([0, 0.5, 1, 1])
    objective = build_objective({"heat": 3.0, "l1": 1.0}, setting_of("values"))
    network, batch = Toy(output_of("values")), batch_of("values")
    by_step = []
    for step in (1, 2, 10):
        objective.begin(step)
        losses = objective.losses(network, batch)
        by_step.append((losses["heat"].item(), losses["l1"].item()))
    (first, l1), (second, _), (last, same_l1) = by_step
    assert first == 0 and 0 < second < last and l1 == same_l1
    assert second == pytest.approx(last / 3)


def test_moments_are_those_of_the_networks_cells():
    network = Toy(output_of("values"))
    objective = build_objective({"moments": 0.2}, setting_of("values"))
    found = loss_of(objective, "moments", network, batch_of("values")).item()
    assert found == pytest.approx(0.2 * physics_loss(network).item(), rel=1e-6)


@pytest.mark.parametrize("game", GAMES)
def test_critic_and_network_learn_apart(game):
    """The network's loss leaves no gradient in the critic, the critic's none in the network."""
    setting = replace(setting_of("values"), game=game)
    objective = build_objective({"l1": 1.0, "adversarial": 0.1}, setting)
    network, batch = Toy(output_of("values")), batch_of("values")
    losses = objective.losses(network, batch)
    losses["adversarial"].backward()
    assert all(parameter.grad is None for parameter in objective.critic.parameters())
    assert network.output.grad.abs().sum() > 0
    network.zero_grad()
    critic_losses = objective.critic_losses(batch)
    assert list(critic_losses) == ["critic"]
    critic_losses["critic"].backward()
    assert network.output.grad is None
    assert any(parameter.grad.abs().sum() > 0 for parameter in objective.critic.parameters())


def test_gaps_in_the_target_tell_the_critic_nothing():
    batch = batch_of("values")
    seen = []

    class Remembering(nn.Module):
        def forward(self, image, condition):
            seen.append((image, condition))
            return image.mean(dim=(1, 2, 3))

    objective = build_objective({"adversarial": 1.0}, replace(setting_of("values"), critic=Remembering()))
    objective.losses(Toy(output_of("values")), batch)
    objective.critic_losses(batch)
    gaps = batch.target.isnan()
    assert len(seen) == 3
    for image, condition in seen:
        assert not image[gaps].any()
        assert torch.equal(condition, batch.inputs[0])


def test_two_inputs_are_contrasted_one_against_the_other():
    seen = []

    class Encoder(nn.Module):
        def forward(self, images):
            seen.append(images)
            return images[0] + images[1]

    network = nn.Module()
    network.encoder = Encoder()
    inputs = (InputSpec(3, "sar"), InputSpec(3, "optical"))
    term = build_objective({"contrastive": 1.0}, replace(setting_of("classes"), inputs=inputs, features=3))
    sar, optical = (torch.randn(2, 3, 8, 8, generator=chance(seed)) for seed in (0, 1))
    loss = term.losses(network, Batch((sar, optical), torch.zeros(2, 8, 8).long()))["contrastive"]
    assert loss.isfinite()
    assert torch.equal(seen[0][0], sar) and not seen[0][1].any()
    assert torch.equal(seen[1][1], optical) and not seen[1][0].any()
    assert isinstance(term.parts["contrastive"], nn.Module), "the projection learns along"


NETWORKS = {name: spec for name, spec in networks().items() if not name.endswith(("-3", "-7"))}
"""One of each kind."""


def test_every_head_has_its_task():
    assert set(TASK_OF_HEAD) == set(HEADS)


@pytest.mark.parametrize("spec", NETWORKS.values(), ids=NETWORKS)
def test_every_network_tells_what_its_objective_needs(spec):
    """Whatever the encoder gives, two views of it can be contrasted."""
    torch.manual_seed(0)
    network = build(spec).train()
    setting = ObjectiveSetting.of(network, steps=5)
    assert setting.inputs == spec.inputs and setting.task == TASK_OF_HEAD[spec.head.name]
    objective = build_objective({"contrastive": 0.1}, setting)
    side_px = network.stride * max(1, 24 // network.stride)
    inputs = tuple(torch.randn_like(x) if x.is_floating_point() else x for x in network.blank(2, side_px, side_px))
    loss = objective.losses(network, Batch(inputs, torch.zeros(2, side_px, side_px).long()))["contrastive"]
    loss.backward()
    assert loss.isfinite()
    for learning in (network.encoder, objective.parts):
        gradients = [parameter.grad for parameter in learning.parameters() if parameter.grad is not None]
        assert gradients and all(gradient.isfinite().all() for gradient in gradients)
        assert any(gradient.any() for gradient in gradients)


@dataclass(frozen=True)
class Refused:
    """A wish that cannot be fulfilled, and what the sentence about it says."""

    weights: dict
    kind: str
    says: str
    change: tuple = ()


REFUSED = {
    "unknown": Refused({"dise": 1.0}, "classes", r"no objective 'dise'; there are: cross_entropy, .*moments"),
    "none": Refused({}, "classes", r"at least one objective; there are: cross_entropy"),
    "no weight": Refused({"dice": 0.0}, "classes", r"'dice' has the weight 0.0; it must be above 0"),
    "no number": Refused({"dice": math.nan}, "classes", r"the weight nan"),
    "dice of values": Refused({"dice": 1.0}, "values", r"'dice' scores classes or lines, the network gives values"),
    "l1 of classes": Refused({"l1": 1.0}, "classes", r"'l1' scores values, .*Choose one of: cross_entropy"),
    "orientation of classes": Refused({"orientation": 1.0}, "classes", r"scores lines, the network gives classes"),
    "cldice of land use": Refused({"cldice": 1.0}, "classes", r"one kind of line .* the network has 3 classes"),
    "no elevation": Refused({"waterlevel": 1.0}, "classes", r"'waterlevel' needs elevation", ("extras", frozenset())),
    "no water": Refused({"waterlevel": 1.0}, "classes", r"needs classes that are water", ("wet_classes", ())),
    "no teacher": Refused({"distillation": 1.0}, "classes", r"needs a teacher"),
    "no velocity": Refused({"advection": 1.0}, "values", r"needs a velocity", ("extras", frozenset())),
    "no diffusivity": Refused({"heat": 1.0}, "values", r"needs a diffusivity", ("diffusivity_m2_s", None)),
    "no times": Refused({"heat": 1.0}, "values", r"needs several successive values", ("outputs", 1)),
    "no cell": Refused({"moments": 1.0}, "values", r"needs a PhyCell", ("has_phycell", False)),
    "no encoder": Refused({"contrastive": 1.0}, "classes", r"needs an encoder", ("features", 0)),
}


@pytest.mark.parametrize("wish", REFUSED.values(), ids=REFUSED)
def test_what_does_not_suit_is_refused(wish):
    setting = setting_of(wish.kind)
    if wish.change:
        name, value = wish.change
        setting = replace(setting, **{name: value})
    with pytest.raises(SpecError, match=wish.says):
        build_objective(wish.weights, setting)


def test_class_weights_must_be_one_for_each_class():
    with pytest.raises(SpecError, match="2 class weights for 3 classes"):
        replace(setting_of("classes"), class_weights=(1.0, 2.0))
    assert replace(setting_of("mask"), class_weights=(1.0, 2.0)).classes == 2


@pytest.mark.parametrize("change", [{"class_weights": (1.0, 5.0, 1.0)}, {"label_smoothing": 0.2}])
def test_class_weights_and_smoothing_reach_the_terms(change):
    network, batch = Toy(output_of("classes")), batch_of("classes")
    plain = build_objective({"cross_entropy": 1.0}, setting_of("classes"))
    varied = build_objective({"cross_entropy": 1.0}, replace(setting_of("classes"), **change))
    losses = [loss_of(each, "cross_entropy", network, batch).item() for each in (plain, varied)]
    assert abs(losses[0] - losses[1]) > 1e-3
