"""Finished files of every kind with a text planted where it is easily overlooked."""

import base64
import gzip
import io
import json
import struct
import tarfile
import zipfile
import zlib
from urllib.parse import quote

import docx
import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.comments import Comment


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(text="", *, packed=False):
    """A picture of one dot that says something of itself."""
    told = _chunk(b"tEXt", b"Title\0" + text.encode())
    if packed:
        told = _chunk(b"zTXt", b"Title\0\0" + zlib.compress(text.encode()))
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    dots = _chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + told + dots + _chunk(b"IEND", b"")


def _saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def word(text="", where="body"):
    made = docx.Document()
    if where == "body":
        paragraph = made.add_paragraph()  # split over two runs, as Word likes to
        paragraph.add_run("x " + text[:3])
        paragraph.add_run(text[3:]).bold = True
    elif where == "properties":
        made.core_properties.keywords = text
    elif where == "comment":
        paragraph = made.add_paragraph("x")
        made.add_comment(paragraph.runs, text=text, author="A")
    elif where == "cell":
        made.add_table(1, 1).cell(0, 0).text = text
    return _saved(made)


def workbook(value, where="hidden"):
    made = openpyxl.Workbook()
    sheet = made.active
    if where == "hidden":
        sheet = made.create_sheet("More")
        sheet.sheet_state = "hidden"
        sheet["C7"] = value
    elif where == "comment":
        sheet["A1"].comment = Comment(value, "A")
    elif where == "properties":
        made.properties.description = value
    return _saved(made)


def ods(text):
    made = OpenDocumentSpreadsheet()
    table, row, cell = Table(name="Sheet"), TableRow(), TableCell(valuetype="string")
    cell.addElement(P(text=text))
    row.addElement(cell)
    table.addElement(row)
    made.spreadsheet.addElement(table)
    return _saved(made)


def zipped(name, content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return buffer.getvalue()


def tarred(name, content):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as packed:
        part = tarfile.TarInfo(name)
        part.size = len(content)
        packed.addfile(part, io.BytesIO(content))
    return buffer.getvalue()


def notebook(text, where="outputs"):
    cell = {"cell_type": "code", "source": ["1"], "metadata": {}, "outputs": []}
    told = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    if where == "outputs":
        cell["outputs"] = [{"output_type": "stream", "text": ["a\n", f"{text}\n"]}]
    elif where == "html":
        data = {"text/html": f"<table data-row='{text}'></table>"}
        cell["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]
    elif where == "picture":
        packed = base64.encodebytes(png(text)).decode()
        cell["outputs"] = [{"output_type": "display_data", "data": {"image/png": packed}}]
    elif where == "metadata":
        told["metadata"] = {"papermill": {"parameters": {"child": text}}}
    return json.dumps(told, indent=1).encode()


def pdf(text="", properties="", attached=b""):
    """A PDF as simple as can be, its words in a packed stream."""
    stream = zlib.compress(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title(%s)>>" % properties.encode(),
        b"<</Type/EmbeddedFile/Length %d>>\nstream\n%s\nendstream" % (len(attached), attached),
    ]
    raw, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    listed = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 8\n0000000000 65535 f \n%strailer\n<</Size 8/Root 1 0 R/Info 6 0 R>>\n" % listed
    return raw + end + b"startxref\n%d\n%%%%EOF\n" % len(raw)


def everywhere(text):
    """Each place by name, with the bytes of a file that holds the text there."""
    raw = text.encode()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><title>{text}</title><path d="M1 2"/></svg>'
    data = base64.b64encode(svg.encode()).decode()
    numbered = "".join(f"&#{ord(letter)};" for letter in text)
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in text)
    percent = "".join(f"%{ord(letter):02X}" for letter in text)
    page = "<!DOCTYPE html><html><body><p>Nothing.</p>{}</body></html>".format
    return {
        "page": page(f"<p>Child {text}.</p>").encode(),
        "page, split": page(f"<p>Child {text[:3]}<b>{text[3:]}</b></p>").encode(),
        "page, attribute": page(f'<td data-child="{text}">1</td>').encode(),
        "page, alt": page(f'<img alt="Bar of {text}" src="">').encode(),
        "page, remark": page(f"<!-- {text} -->").encode(),
        "page, script": page(f'<script>var a = "{escaped}";</script>').encode(),
        "page, style": page(f'<style>a::after{{content:"{text}"}}</style>').encode(),
        "page, numbered letters": page(f"<p>{numbered}</p>").encode(),
        "page, address": page(f'<a href="?child={percent}">x</a>').encode(),
        "page, svg": page(svg).encode(),
        "page, svg in base64": page(f'<img src="data:image/svg+xml;base64,{data}">').encode(),
        "page, svg in an address": page(
            f'<img src="data:image/svg+xml,{quote(svg, safe=" =<>/:")}">'
        ).encode(),
        "page, picture": page(
            f'<img src="data:image/png;base64,{base64.b64encode(png(text)).decode()}">'
        ).encode(),
        "csv": f"a,b\n1,{text}\n".encode(),
        "csv, utf-16": f"a\tb\n1\t{text}\n".encode("utf-16"),
        "csv, utf-16 without its mark": f"a\tb\n1\t{text}\n".encode("utf-16-le"),
        "csv, cp1252": f"caf\xe9,{text}\n".encode("cp1252"),
        "json": json.dumps({"a": [{"b": text}]}).encode(),
        "json, key": json.dumps({"a": {text: 1}}).encode(),
        "json, base64": json.dumps({"a": base64.b64encode(b"the child " + raw).decode()}).encode(),
        "log": f"2026-11-22 12:00:00 INFO read [{text}]\n".encode(),
        "png": png(text),
        "png, packed": png(text, packed=True),
        "png, after its end": png() + raw,
        "jpeg": b"\xff\xd8\xff\xe1\x00\x20Exif\0\0" + raw + b"\x00\xff\xd9",
        "notebook": notebook(text),
        "notebook, html": notebook(text, "html"),
        "notebook, picture": notebook(text, "picture"),
        "notebook, metadata": notebook(text, "metadata"),
        "docx": word(text),
        "docx, properties": word(text, "properties"),
        "docx, comment": word(text, "comment"),
        "docx, cell": word(text, "cell"),
        "xlsx, hidden sheet": workbook(text),
        "xlsx, comment": workbook(text, "comment"),
        "xlsx, properties": workbook(text, "properties"),
        "ods": ods(text),
        "pdf": pdf(text),
        "pdf, properties": pdf(properties=text),
        "pdf, attached": pdf(attached=b"a,b\n" + raw),
        "pdf, attached archive": pdf(attached=zipped("a.csv", raw)),
        "zip": zipped("a.csv", raw),
        "zip, name of a part": zipped(f"{text}.csv", b""),
        "zip in zip": zipped("a.zip", zipped("a.csv", raw)),
        "tar": tarred("a.csv", raw),
        "gzip": gzip.compress(raw),
        "tar in gzip": gzip.compress(tarred("a.csv", raw)),
    }
