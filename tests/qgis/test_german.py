"""Where QGIS speaks German, all that it shows of us is German: names, labels and help, of chains too, and errors."""

import re

import pytest
from qgis.core import QgsApplication, QgsProcessingException, QgsSettings
from terraloom.engine.errors import InputError
from terraloom.engine.phrases import Phrase
from terraloom.processing_provider import texts
from terraloom.processing_provider.feedback import FeedbackProgress

LANGUAGE, IS_CHOSEN = "locale/userLocale", "locale/overrideFlag"


@pytest.fixture
def english(qgis_app):
    """Texts that are not to be read while QGIS speaks German."""
    settings = QgsSettings()
    settings.setValue(LANGUAGE, "de_AT")
    settings.setValue(IS_CHOSEN, True)
    texts.language.cache_clear()  # as if QGIS had started anew
    yield {text for text, translated in texts.translations("de").items() if text != translated}
    settings.remove(LANGUAGE)
    settings.remove(IS_CHOSEN)
    texts.language.cache_clear()


def test_names_labels_and_help_are_german(english, without_window, provider):
    provider.refreshAlgorithms()  # chains read their files
    assert len(provider.algorithms()) > 25
    for found in provider.algorithms():
        made = QgsApplication.processingRegistry().createAlgorithmById(found.id())
        shown = [made.displayName(), made.group(), made.shortHelpString(), made.shortDescription(), *made.tags()]
        for definition in made.parameterDefinitions():
            shown += [definition.description(), *re.split("<br>|\n", definition.help())]
        shown += re.findall("<p>(.*?)</p>", made.shortHelpString())  # of a chain
        assert english.isdisjoint(shown), found.id()


def test_errors_of_the_worker_are_german(english, algorithm, worker, context, feedback, make_raster):
    template = "The network in {path} cannot be loaded: {reason}."
    said = texts.tr(template).format(path="a.onnx", reason="it is empty")
    assert "geladen" in said
    worker.error = InputError(template, path="a.onnx", reason="it is empty")
    with pytest.raises(QgsProcessingException, match=re.escape(said)):
        given = {"INPUT": make_raster(), "OUTPUT": "TEMPORARY_OUTPUT"}
        algorithm("applymodel").run(given, context, feedback, catchExceptions=False)


def test_the_error_behind_an_error_is_german_too(english):
    error = InputError("What is to be read for {day} ({names}) is refused.", day="2020-03-01", names="a.tif")
    error.reason = InputError("There is no input raster. Choose at least one.")
    said = texts.word_error(error)
    assert {error.template, error.reason.template} <= english
    assert said == f"{texts.word(error.template, **error.values)} {texts.tr(error.reason.template)}"


def test_no_login_is_told(qgis_app):
    error = InputError("{name} is {path}.", name="INPUT", path=Phrase("{url}", url="https://ann:s3cret@host/x.tif"))
    error.reason = InputError("{path} is gone.", path="PG:dbname=maps password=s3cret")
    assert texts.word_error(error) == "INPUT is https://host/x.tif. PG:dbname=maps is gone."


def test_what_reports_say_in_english_is_german_in_the_log(english, feedback):
    template = (
        "Not mapped: {count} of the reference ({share}), where the map has no data. They do not count in the figures."
    )
    caution = Phrase(template, count=Phrase("{count:,} pixels", count=1234), share="2.6 %")
    FeedbackProgress(feedback).warn("{caution}", caution=caution)
    said = "Nicht kartiert: 1234 Pixel der Referenz (2.6 %), wo die Karte keine Daten hat."
    assert feedback.warnings[0].startswith(said) and caution.startswith("Not mapped: 1,234 pixels of the reference")


def test_other_languages_stay_english(qgis_app):
    assert texts.translations("fr") == texts.translations("C") == texts.translations("") == {}
    assert texts.tr("Extract roads") == "Extract roads"


def test_the_language_is_asked_once(qgis_app, monkeypatch):
    asked = []

    class Application:
        @staticmethod
        def instance():
            return qgis_app

        @staticmethod
        def locale():
            asked.append("locale")
            return "de"

    monkeypatch.setattr(texts, "QgsApplication", Application)
    texts.language.cache_clear()
    said = [texts.tr("Extract roads") for _ in range(3)]
    texts.language.cache_clear()
    assert said == [texts.translations("de")["Extract roads"]] * 3
    assert asked == ["locale"]
