"""A description of tables names what it likes: nothing is fetched."""

import json
import socket

import pytest

import made
from asprinted.collection.collection import Collection
from asprinted.collection.validating import validate

ADDRESS = "http://127.0.0.1:9/elsewhere.json"
NAMES = ("profile", "$schema", "dialect", "extrapaths", "data", "sources", "control", "format")


@pytest.mark.parametrize("where", ["package", "table", "schema", "column"])
def test_an_address_in_a_description_is_never_fetched(tmp_path, monkeypatch, where):
    asked = list[object]()

    def refuse(_, address, *rest):
        asked.append(address)
        raise OSError("no network")

    for method in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, method, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address, **_: refuse(None, address))
    file = made.library(tmp_path) / "data" / "datapackage.json"
    described = json.loads(file.read_text("utf-8"))
    table = described["resources"][0]
    columns = table["schema"]["fields"]
    holder = {"package": described, "table": table, "schema": table["schema"], "column": columns[0]}[where]
    holder |= dict.fromkeys(NAMES, ADDRESS)
    file.write_text(json.dumps(described), "utf-8")
    assert list(validate(Collection(tmp_path), ["sources"])) == []
    assert asked == []
