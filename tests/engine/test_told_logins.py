"""Whatever a worker tells of an address or a database, nobody learns from it how to log in there."""

import logging

import pytest
from listening import Heard
from terraloom.engine.errors import InputError
from terraloom.engine.worker.client import Worker
from terraloom.engine.worker.damage import damage_told
from terraloom.tests.engine.worker_harness import PYTHON, STUB, Listener, never
from terraloom.tests.engine.worker_stub import Misbehave

NAMES = ("/vsicurl/https://ann:s3cret@host.example/x.tif", "PG:dbname=maps user=ann password=s3cret table=x")


@pytest.mark.parametrize("name", NAMES)
def test_no_note_and_no_refusal_of_a_worker_tells_a_login(name):
    worker, listener = Worker(PYTHON, STUB), Listener()
    worker.start(never)
    with pytest.raises(InputError) as refused:
        worker.run("misbehave", Misbehave("tell_a_login", text=name), listener, never)
    worker.close()
    told = (*listener.warnings, str(refused.value), *listener.logs)
    assert len(listener.warnings) == 2 and all("maps" in each or "host" in each for each in told[:3])
    assert not any("s3cret" in each for each in told)


@pytest.mark.parametrize("name", NAMES)
def test_no_warning_of_damage_tells_a_login(name):
    heard = Heard()
    with damage_told(heard):
        logging.getLogger("rasterio._err").warning(f"CPLE_AppDefined:{name}:Premature end of JPEG file")
    (warned,) = heard.warnings
    assert "Premature end" in warned and "s3cret" not in warned
