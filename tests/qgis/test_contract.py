"""The public contract: ids, names of parameters and outputs, and what every algorithm shows of itself."""

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
)

COMMON = (
    *("EXTENT", "MASK", "BANDS", "SCALE", "GRID", "TILE_SIZE", "SEAMS", "TEST_TIME_AUGMENTATION"),
    *("DEVICE", "PRECISION", "THREADS", "MAX_MEMORY_MB", "RESUME"),
)
FURTHER = ("INPUT_2", "INPUT_3", "INPUT_4")
MAPS = ("OUTPUT", "PROBABILITIES", "CONFIDENCE", "POLYGONS", "AREAS")
CARD_FIELDS = (
    *("TASK", "CLASSES", "BAND_NAMES", "RESOLUTION", "MEAN", "STD", "ACTIVATION", "HEAD"),
    *("THRESHOLD", "OVERLAP", "DETECTION_TYPE", "CONFIDENCE_THRESHOLD", "IOU_THRESHOLD"),
)
CONTRACT = {
    "setupenvironment": {"TIER", "EXTRAS", "INTERPRETER", "WHEELS", "REPAIR", "REPORT"},
    "checkenvironment": {"REPORT"},
    "applymodel": {"INPUT", *FURTHER, "MODEL", "MODEL_FILE", "MIN_AREA", "SMOOTH", *CARD_FIELDS, *COMMON, *MAPS},
    "classifytimeseries": {"SERIES", "MODEL", "MODEL_FILE", "MIN_AREA", "SMOOTH", "THRESHOLD", *COMMON, *MAPS},
    "maketrainingchips": {
        *("INPUT", *FURTHER, "SERIES", "DATES", "INPUT_NAMES", "LABELS", "CLASS_FIELD", "TARGET", "IGNORE"),
        *("BACKGROUND", "WIDTH", "EXTENT"),
        *("LEGEND", "CHIP_SIZE", "STRIDE", "SPLIT", "SPLIT_FIELD", "SPLIT_LAYER", "BLOCK_SIZE", "VALIDATION_SHARE"),
        *("TEST_SHARE", "SEED", "FOLDER", "FOOTPRINTS"),
    },
    "segmentlanduse": {"INPUT", "MODEL", "MODEL_FILE", "MIN_AREA", "SMOOTH", "THRESHOLD", *COMMON, *MAPS},
    "extractroads": {
        *("INPUT", "MODEL", "MODEL_FILE", "THRESHOLD", "MIN_LENGTH", "MAX_GAP", "SIMPLIFY", *COMMON),
        *("OUTPUT", "NODES", "PROBABILITY", "ORIENTATION", "MASK_RASTER"),
    },
    "fusesaroptical": {
        *("OPTICAL", "SAR", "OPTICAL_BEFORE", "SAR_BEFORE", "SAR_UNIT", "MODEL", "MODEL_FILE", "MIN_AREA", "SMOOTH"),
        *(*COMMON, *MAPS),
    },
    "detectevents": {
        *("SERIES", "MODEL", "MODEL_FILE", "EVENT", "DATES", "DEM", "ALIGN", "SAR_UNIT", "MIN_AREA", *COMMON),
        *("OUTPUT", "DATE_RASTER", "POLYGONS", "PROBABILITY", "FRONT"),
    },
    "calibratemodel": {"MODEL", "MODEL_FILE", "CHIPS", "OUTPUT", "REPORT"},
    "assessaccuracy": {
        *("MAP", "REFERENCE", "CLASS_FIELD", "REGIONS", "REGION_FIELD", "CONFIDENCE_LEVEL", "REPORT", "METRICS"),
    },
    "comparenetworks": {
        *("PREDICTION", "REFERENCE", "BUFFER", "SNAP", "SPACING", "REPORT", "METRICS", "MISSED", "SPURIOUS"),
    },
    "checkphysics": {
        *("PREDICTION", "RULE", "DEM", "WATER_CLASSES", "MINIMUM", "MAXIMUM", "VECTOR_FIELD", "STEP_MINUTES"),
        *("TOLERANCE", "ALPHA", "OUTPUT", "METRICS"),
    },
    "estimateuncertainty": {
        *("INPUT", *FURTHER, "MODEL", "MODEL_FILES", "METHOD", "REFERENCE", "CLASS_FIELD", "SAMPLES", "SEED", *COMMON),
        *("OPTICAL", "SAR", "OPTICAL_BEFORE", "SAR_BEFORE", "SAR_UNIT"),
        *("OUTPUT", "REPORT"),
    },
    "explainprediction": {
        *("INPUT", *FURTHER, "MODEL", "MODEL_FILE", "LOCATION", "POINT", "EXTENT", "TARGET_CLASS", "REGION", "SCORE"),
        *("METHOD", "BASELINE", "BASELINE_VALUE", "SAMPLES", "WINDOW", "BY_BAND", "LAYER", "SEED"),
        *("OPTICAL", "SAR", "OPTICAL_BEFORE", "SAR_BEFORE", "SAR_UNIT"),
        *("BANDS", "SCALE", "DEVICE", "THREADS", "OUTPUT", "TABLE", "REPORT"),
    },
    "reportevidence": {
        *("PREDICTION", "ATTRIBUTION", "UNCERTAINTY", "RESIDUAL", "IMAGE", "EXTENT", "SURE_FROM", "TOLERANCE"),
        *("OUTPUT", "REPORT", "METRICS"),
    },
    "explanationquality": {
        *("INPUT", *FURTHER, "MODEL", "MODEL_FILE", "LOCATION", "POINT", "TARGET_CLASS", "REGION", "SCORE"),
        *("METHOD", "MEASURES", "BASELINE", "BASELINE_VALUE", "SAMPLES", "WINDOW", "BY_BAND", "LAYER", "SEED"),
        *("OPTICAL", "SAR", "OPTICAL_BEFORE", "SAR_BEFORE", "SAR_UNIT"),
        *("BANDS", "SCALE", "DEVICE", "THREADS", "METRICS", "REPORT"),
    },
    "trainmodel": {
        *("CHIPS", "PRESET", "SPEC", "NAME", "EPOCHS", "SEED", "OBJECTIVES", "LEARNING_RATE", "BATCH_SIZE", "AUGMENT"),
        *("CLASS_WEIGHTS", "PATIENCE", "INITIAL", "BASELINE", "RESUME", "DEVICE", "THREADS"),
        *("LABEL_SMOOTHING", "TEACHER", "ELEVATION", "WATER_CLASSES"),
        *("OUTPUT", "CHECKPOINT", "REPORT"),
    },
    "pretrainencoder": {
        *("INPUT", "INPUT_2", "METHOD", "SPEC", "TILES", "TILE_SIZE", "EPOCHS", "SEED", "LEARNING_RATE", "BATCH_SIZE"),
        *("RESUME", "DEVICE", "THREADS", "CHECKPOINT", "REPORT"),
    },
    "importmodel": {"FILE", "NAME", *CARD_FIELDS, "REPORT"},
    "composenetwork": {
        *("ENCODER", "NECK", "HEAD", "BANDS", "DATES", "FUSION", "CLASSES", "WIDTH", "DEPTH", "OBJECTIVES", "SPEC"),
        *("OUTPUT", "REPORT"),
    },
    "modelinfo": {"MODEL", "MODEL_FILE", "REPORT", "CARD"},
    "benchmarkmodel": {"MODEL", "MODEL_FILE", "SIZE", "DEVICE", "PRECISION", "THREADS", "METRICS"},
    "optimisemodel": {
        *("MODEL", "MODEL_FILE", "PRECISION", "CALIBRATION", "CHIPS", "LABELS", "MAX_LOSS", "BANDS", "SCALE", "OUTPUT"),
    },
}
FIGURES = {
    "applymodel": {"AREA_HA", "OBJECTS", "UNFAMILIAR_SHARE"},
    "classifytimeseries": {"AREA_HA", "UNFAMILIAR_SHARE"},
    "segmentlanduse": {"AREA_HA", "UNFAMILIAR_SHARE"},
    "extractroads": {"LENGTH_M", "LINES", "CONNECTED_PARTS", "UNFAMILIAR_SHARE"},
    "fusesaroptical": {"AREA_HA", "UNFAMILIAR_SHARE"},
    "detectevents": {"EVENT_HA", "EVENT_AREAS", "VIOLATING_SHARE", "FRONTS", "MOVED_M"},
    "estimateuncertainty": {
        *("MEAN_ENTROPY", "MEAN_MUTUAL_INFORMATION", "AURC", "AURC_LOW", "AURC_HIGH", "UNFAMILIAR_SHARE"),
    },
}
"""What a model of the modeler can branch on."""

NAMES = sorted(CONTRACT)
FIGURE_TYPES = ("outputNumber", "outputString")
MAPPING = ("applymodel", "classifytimeseries", "detectevents", "extractroads", "fusesaroptical", "segmentlanduse")
HIDDEN = {*COMMON[2:], *FURTHER, *CARD_FIELDS}


def test_the_provider_offers_what_the_contract_lists(provider):
    assert {entry.name() for entry in provider.algorithms()} == set(CONTRACT)
    assert provider.id() == "terraloom"
    assert provider.name() == "Terraloom"
    assert not provider.icon().isNull()
    assert QgsApplication.processingRegistry().providerById("terraloom") is provider


@pytest.mark.parametrize("name", NAMES)
def test_parameters_are_spelled_as_in_the_contract(algorithm, name):
    definitions = algorithm(name).parameterDefinitions()
    assert {definition.name() for definition in definitions} == CONTRACT[name]
    assert all(definition.description() for definition in definitions)


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_spelled_as_in_the_contract_and_none_like_a_parameter(algorithm, name):
    outputs = [output for output in algorithm(name).outputDefinitions() if output.type() in FIGURE_TYPES]
    figures = {output.name() for output in outputs}
    assert figures == FIGURES.get(name, figures) and not figures & CONTRACT[name]
    assert len(figures) == len(outputs) and all(output.description() for output in outputs)


@pytest.mark.parametrize("name", NAMES)
def test_every_algorithm_explains_itself(algorithm, name):
    made = algorithm(name)
    assert len(made.shortHelpString()) > 100
    assert made.shortDescription()
    assert len(made.tags()) >= 5
    assert made.helpUrl().startswith("https://") and made.helpUrl().endswith(name)
    assert made.group() and made.groupId() in ("setup", "map", "explain", "learn", "verify", "models")
    assert made.icon().availableSizes() or not made.icon().pixmap(24, 24).isNull()
    assert made.flags() & QgsProcessingAlgorithm.Flag.FlagCanCancel
    assert not made.flags() & QgsProcessingAlgorithm.Flag.FlagNoThreading


@pytest.mark.parametrize("name", MAPPING)
def test_only_inputs_and_place_are_plain_and_all_have_a_tooltip(algorithm, name):
    advanced = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    for definition in algorithm(name).parameterDefinitions():
        is_plain = name == "extractroads" and definition.name() == "THRESHOLD"  # that of a card is hidden
        assert bool(definition.flags() & advanced) == (definition.name() in HIDDEN and not is_plain), definition.name()
        assert definition.help() or definition.name() == "OUTPUT", definition.name()


@pytest.mark.parametrize("name", NAMES)
def test_enumerations_hold_words(algorithm, name):
    for definition in algorithm(name).parameterDefinitions():
        if isinstance(definition, QgsProcessingParameterEnum):
            assert definition.usesStaticStrings()
            assert definition.allowMultiple() or definition.defaultValue() in (definition.options() or [None])


@pytest.mark.parametrize("name", MAPPING)
def test_only_the_map_is_made_by_default(algorithm, name):
    created = {
        definition.name()
        for definition in algorithm(name).destinationParameterDefinitions()
        if definition.createByDefault()
    }
    assert created == {"OUTPUT"}


def test_results_are_offered_in_the_formats_that_the_worker_writes(algorithm):
    made = algorithm("segmentlanduse")
    assert made.parameterDefinition("OUTPUT").defaultFileExtension() == "tif"
    assert made.parameterDefinition("POLYGONS").defaultFileExtension() == "gpkg"
    assert made.parameterDefinition("AREAS").defaultFileExtension() == "gpkg"


def test_a_damaged_card_does_not_take_the_toolbox_away(home, provider):
    (home / "models" / "stub-landuse" / "card.json").write_text("{}")
    made = QgsApplication.processingRegistry().createAlgorithmById("terraloom:applymodel")
    assert made.parameterDefinition("MODEL").options() == []
