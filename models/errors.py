"""What can go wrong with a network, in sentences that say what to change.

Each error keeps its template and its values apart, so that the QGIS side can translate the sentence.
"""


class ModelError(Exception):
    """The root of all errors of this package."""

    def __init__(self, template: str, **values: object) -> None:
        """Word the error.

        Args:
            template: The sentence, with `{name}` where a value belongs.
            **values: The values by name.
        """
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


class MisfitError(ModelError):
    """Two parts of a network do not fit together."""


class SpecError(ModelError):
    """A network spec names something that does not exist or cannot be built."""


class TrainingError(ModelError):
    """Training cannot start, resume or go on."""
