"""Labels fit into dialogs, and say the same thing by the same words."""

import pytest
from qgis.core import QgsApplication
from terraloom.processing_provider import texts

MOST = 53
"""Characters that a dialog of QGIS's default size shows without scrolling sideways."""


@pytest.fixture
def labelled(provider):
    """Of every parameter: algorithm, name, whether it may be left out, and its label in English and in German."""
    provider.refreshAlgorithms()  # chains read their files
    german = texts.translations("de")
    found = []
    for offered in provider.algorithms():
        made = QgsApplication.processingRegistry().createAlgorithmById(offered.id())
        for definition in made.parameterDefinitions():
            label = definition.description()
            is_optional = bool(definition.flags() & definition.Flag.FlagOptional)
            found.append((made.id(), definition.name(), is_optional, (label, german[label])))
    return found


def test_labels_fit_into_the_dialogs(labelled):
    for algorithm, parameter, is_optional, labels in labelled:
        for label in labels:
            assert len(label + (" [optional]" if is_optional else "")) <= MOST, (algorithm, parameter, label)
