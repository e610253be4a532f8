"""The chains that come along know their steps, and every parameter that they set is one of the step's."""

import pytest
from qgis.core import QgsApplication, QgsProcessingModelAlgorithm
from terraloom.processing_provider.provider import MODELER

FILES = sorted(MODELER.glob("*.model3"))


@pytest.fixture(params=FILES, ids=[path.stem for path in FILES])
def chain(request, provider):
    made = QgsProcessingModelAlgorithm()
    assert made.fromFile(str(request.param))
    return made


def test_steps_are_ours_and_take_what_they_are_given(chain):
    steps = chain.childAlgorithms()
    assert len(steps) > 1
    for step in steps.values():
        algorithm = step.algorithm()
        assert algorithm is not None, step.algorithmId()
        known = {definition.name() for definition in algorithm.parameterDefinitions()}
        assert set(step.parameterSources()) <= known
        required = {
            definition.name()
            for definition in algorithm.parameterDefinitions()
            if not definition.flags() & definition.Flag.FlagOptional
            and definition.defaultValue() is None
            and not definition.isDestination()
        }
        assert required <= set(step.parameterSources()), step.description()


def test_every_result_comes_from_an_output_of_its_step(chain):
    results = [output for step in chain.childAlgorithms().values() for output in step.modelOutputs().values()]
    assert results
    for output in results:
        algorithm = chain.childAlgorithm(output.childId()).algorithm()
        assert algorithm.outputDefinition(output.childOutputName()) is not None


def test_the_provider_offers_them(provider):
    QgsApplication.processingRegistry()
    provider.refreshAlgorithms()
    names = {algorithm.name() for algorithm in provider.algorithms()}
    for path in FILES:
        made = QgsProcessingModelAlgorithm()
        made.fromFile(str(path))
        assert made.name() in names
        offered = provider.algorithm(made.name())
        assert offered.outputDefinitions(), "its results are not known: it was read before its steps"
