"""Makes networks of other tools say something, and reads what is understood of it."""

import foreign_toys
from foreign_detectors import detector
from terraloom.engine.cards.foreign_cards import NOTHING_SAID, read_card
from terraloom.engine.library.card import SEGMENTATION
from terraloom.engine.requests.card_fields import CardFields

CLASSES = CardFields(task=SEGMENTATION)


def reader_of_toys(tmp_path):
    """Makes a toy and reads its card."""

    def read(name, fields=NOTHING_SAID, **options):
        make = detector if name == "detector" else getattr(foreign_toys, name)
        return read_card(make(tmp_path / f"{name}.onnx", **options), fields)

    return read


def limits(card):
    return " ".join(card.document["properties"]["terraloom:limits"])


def segmentor(path, **metadata):
    """The segmentor with other metadata; what is None is left out."""
    said = {**foreign_toys.SEGMENTOR, **metadata}
    return foreign_toys.segmentor(path, {key: value for key, value in said.items() if value is not None})


def bare(path, shape, given, nodes=(("Identity", "image", "result"),), types=None):
    """A network of one or two operations, without a word about itself."""
    made = [foreign_toys.node(*entry[:3], **(entry[3] if len(entry) > 3 else {})) for entry in nodes]
    return foreign_toys.save(path, made, {}, {"image": shape}, {"result": given}, types=types)
