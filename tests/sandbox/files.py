"""Workbooks of any shape, made by hand: what no spreadsheet program would write, and what each does."""

import io
import struct
import zipfile

_OOXML = "http://schemas.openxmlformats.org"
_MAIN = f"{_OOXML}/spreadsheetml/2006/main"
_LINKS = f"{_OOXML}/officeDocument/2006/relationships"
_PACKAGE = f"{_OOXML}/package/2006"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def zipped(members, level=1):
    """A zip of texts, bytes or lists of bytes, by name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in members.items():
            with archive.open(name, "w") as member:
                for part in [content] if isinstance(content, (str, bytes)) else content:
                    member.write(part.encode() if isinstance(part, str) else part)
    return made.getvalue()


def xlsx_members(sheets, *, kinds=None, states=None, more=None):
    """The parts of an .xlsx: `sheets` are pairs of a name and the XML of the sheet's rows."""
    kinds, states = kinds or {}, states or {}
    listed, links, members = [], [], {}
    for number, (name, rows) in enumerate(sheets, 1):
        kind = kinds.get(name, "worksheet")
        state = f' state="{states[name]}"' if name in states else ""
        listed.append(f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>')
        links.append(
            f'<Relationship Id="rId{number}" Type="{_LINKS}/{kind}" '
            f'Target="{kind}s/sheet{number}.xml"/>'
        )
        head = f'<{kind} xmlns="{_MAIN}"><sheetData>'
        middle = [rows] if isinstance(rows, (str, bytes)) else rows
        members[f"xl/{kind}s/sheet{number}.xml"] = [head, *middle, f"</sheetData></{kind}>"]
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
        f"{''.join(listed)}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{''.join(links)}</Relationships>",
        **members,
        **(more or {}),
    }


def xlsx(*sheets, **more):
    return zipped(xlsx_members(sheets, **more))


def cell(place, value):
    """The XML of one cell of an .xlsx."""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def ods_members(rows, manifest="", before=""):
    """The parts of an .ods of one sheet, given the XML of its rows."""
    of = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = f'xmlns:office="{of}office:1.0" xmlns:table="{of}table:1.0" xmlns:text="{of}text:1.0"'
    head = f"{before}<office:document-content {spaces}><office:body><office:spreadsheet>"
    foot = "</table:table></office:spreadsheet></office:body></office:document-content>"
    middle = [rows] if isinstance(rows, str) else rows
    return {
        "mimetype": ODS_TYPE,
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{of}manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>{manifest}'
        "</manifest:manifest>",
        "content.xml": [head, '<table:table table:name="S">', *middle, foot],
    }


def ods(rows, **more):
    return zipped(ods_members(rows, **more))


def ods_row(*values, repeated=1, times=1):
    cells = "".join(
        f'<table:table-cell table:number-columns-repeated="{repeated}" office:value-type="string">'
        f"<text:p>{value}</text:p></table:table-cell>"
        for value in values
    )
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def xls(value=12.5, *, password=False):
    """An .xls with one number in B3 of the sheet S, or one that says that it is encrypted."""
    version = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)
    sheet = struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0)
    secret = _record(0x2F, struct.pack("<HHH", 0, 1, 2)) if password else b""
    head = _record(0x809, version) + secret
    start = len(head) + 4 + 9 + 4
    listed = _record(0x85, struct.pack("<IBBBB", start, 0, 0, 1, 0) + b"S")
    cells = _record(0x809, sheet) + _record(0x203, struct.pack("<HHHd", 2, 1, 0, value))
    book = head + listed + _record(0x0A, b"") + cells + _record(0x0A, b"")
    return ole({"Workbook": book})


def _record(kind, content):
    return struct.pack("<HH", kind, len(content)) + content


def ole(streams):
    """A compound file of a few short streams."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    sectors, chains, entries = [], [0xFFFFFFFD, 0xFFFFFFFE], []
    entries.append(_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1))
    for number, (name, content) in enumerate(padded.items(), 1):
        right = number + 1 if number < len(padded) else 0xFFFFFFFF
        entries.append(_entry(name, 2, len(chains), len(content), right=right))
        count = len(content) // 512
        chains += [*range(len(chains) + 1, len(chains) + count), 0xFFFFFFFE]
        sectors.append(content)
    directory = b"".join(entries).ljust(512, b"\0")
    table = b"".join(struct.pack("<I", link) for link in chains).ljust(512, b"\xff")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
                          0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    header += struct.pack("<I", 0) + b"\xff" * (108 * 4)
    return header + table + directory + b"".join(sectors)


def _entry(name, kind, start, size, right=0xFFFFFFFF, child=0xFFFFFFFF):
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
