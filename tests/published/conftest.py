import hashlib
import json

import pytest

SOURCES = (
    "source,title,publisher,table,address,release_date,licence\n"
    "one,Title of one,Publisher of one,Table 1,https://example.org/one,2026-02-09,OGL-UK-3.0\n"
    "two,Title of two,Publisher of two,,https://example.org/two,,OGL-UK-3.0\n"
)


def field(name, kind="string", **constraints):
    made = {"name": name, "type": kind}
    return made | ({"constraints": constraints} if constraints else {})


def resource(name, fields, key, **more):
    link = {"fields": ["source"], "reference": {"resource": "sources", "fields": ["source"]}}
    links = [] if name == "sources" else [link]
    schema = {
        "fields": fields, "primaryKey": key, "missingValues": [""], "foreignKeys": links,
    }  # fmt: skip
    return {
        "name": name, "path": f"{name}.csv", "type": "table", "title": f"Title of {name}",
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": schema, **more,
    }  # fmt: skip


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A small data package; write a table's rows with package(text), or with other checks."""
    rates = [
        field("area_name", required=True),
        field("period_end", "date", required=True, minimum="2000-01-01"),
        field("value", "number", minimum=0, maximum=1000),
        field("symbol", enum=["c", "x", "z", "low", "u"]),
        field("children", "integer", minimum=0),
        field("closed", "boolean"),
        field("code", pattern="[EW]\\d{8}"),
        field("release", required=True),
        field("source", required=True),
    ]
    sources = [
        *map(field, ["source", "title", "publisher", "table", "address"]),
        field("release_date", "date"), field("licence"),
    ]  # fmt: skip
    monkeypatch.setenv("YOUTHJUSTICE_PACKAGE", str(tmp_path))

    def write(text, checks=(), **more):
        raw = text if isinstance(text, bytes) else text.encode()
        releases = [{"name": "2026-02"}, {"name": "2025-02"}]
        key = ["release", "area_name", "period_end"]
        described = [
            resource("rates", rates, key, releases=releases, checks=list(checks),
                     caveats=["A caveat."], sources=[{"name": "one"}], **more),
            resource("sources", sources, ["source"]),
        ]  # fmt: skip
        (tmp_path / "datapackage.json").write_text(
            json.dumps({"name": "small", "resources": described}), encoding="utf-8"
        )
        (tmp_path / "rates.csv").write_bytes(raw)
        (tmp_path / "sources.csv").write_text(SOURCES, encoding="utf-8", newline="")
        return hashlib.sha256(raw).hexdigest()

    write.folder = tmp_path
    write.rates = RATES
    write(RATES)
    return write


HEADER = "area_name,period_end,value,symbol,children,closed,code,release,source\n"
RATES = HEADER + (
    "Islington,2024-03-31,145,,20,false,E09000019,2026-02,one\n"
    "Camden,2024-03-31,0,,0,false,E09000007,2026-02,one\n"
    "Hackney,2024-03-31,,c,,true,,2026-02,two\n"
    "Islington,2023-03-31,200.5,,30,false,E09000019,2025-02,one\n"
)
