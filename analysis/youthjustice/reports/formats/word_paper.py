"""A Word document that is written from top to bottom: headings, paragraphs, tables and pictures."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from youthjustice.reports.formats.steady import AUTHOR, packed_again
from youthjustice.reports.formats.text import cut, printable

LANGUAGE = "en-GB"
_PAGE, _MARGIN = (Mm(210), Mm(297)), Mm(20)
_ACROSS = Mm(170)
_TWIPS_ACROSS = 9638
_LINK, _QUIET = RGBColor(0x0B, 0x57, 0xA4), RGBColor(0x50, 0x50, 0x50)
_WEB = re.compile(r"(?:https?://|mailto:)\S+$")
_LONGEST_NAME, _LONGEST_ALT, _LONGEST_PROPERTY = 40, 2000, 255


class Words(NamedTuple):
    """A piece of a paragraph: its text, its look (bold, italic, raised, code), its link, its name."""

    text: str
    look: str = ""
    link: str = ""
    mark: str = ""


class Paper:
    """A document to write on; what is written is numbered and marked as it comes."""

    def __init__(self, title: str, told: str, when: datetime) -> None:
        self._document = docx.Document()
        self._counted = {"Figure": 0, "Table": 0}
        self._marks = 0
        self._set_up(cut(printable(title), _LONGEST_PROPERTY), when)
        self._document.core_properties.subject = cut(printable(told), _LONGEST_PROPERTY)

    def raw(self) -> bytes:
        """Give the document's bytes, the same each time."""
        self.paragraph("", "Table Note")  # Word wants a paragraph after a last table
        buffer = io.BytesIO()
        self._document.save(buffer)
        return packed_again(buffer.getvalue())

    def head(self, text: str) -> None:
        """Write a line at the head of every page."""
        for section in self._document.sections:
            section.header.paragraphs[0].add_run(printable(text)).bold = True

    def heading(self, text: str, level: int, mark: str = "") -> None:
        """Write a heading of level 1, 2 or 3."""
        made = self._new(f"Heading {min(max(level, 1), 3)}")
        made.add_run(printable(text))
        self._mark(list(made._p.r_lst), mark)

    def paragraph(
        self,
        words: str | Sequence[Words],
        style: str = "Normal",
        mark: str = "",
        listed: int | None = None,
    ) -> Paragraph:
        """Write a paragraph; ``listed`` makes it the next of a list of `new_list`."""
        made = self._new(style)
        for one in [Words(words)] if isinstance(words, str) else words:
            self._write(made, one)
        self._mark(list(made._p.r_lst), mark)
        if listed is not None:
            properties: Any = made._p.get_or_add_pPr()
            number = properties.get_or_add_numPr()
            number.get_or_add_ilvl().val = 0
            number.get_or_add_numId().val = listed
        return made

    def new_list(self) -> int:
        """Begin a numbered list that starts at 1."""
        numbering = self._document.part.numbering_part.element
        style: Any = self._document.styles["List Number"].element
        like = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
        number = numbering.add_num(like)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)

    def caption(self, kind: str, text: str) -> None:
        """Write the caption of a ``Figure`` or a ``Table``, numbered as Word numbers them."""
        self._counted[kind] += 1
        made = self._new("Caption")
        made.add_run(f"{kind} ")
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f"SEQ {kind} \\* ARABIC")
        made._p.append(field)
        field.append(made.add_run(str(self._counted[kind]))._r)
        made.add_run(f": {printable(text)}")
        made.paragraph_format.keep_with_next = True

    def picture(self, png: bytes, title: str, alt: str, inches: float = 7) -> None:
        """Place a picture, at most as wide as the text, with the words that stand for it."""
        made = self._new("Normal")
        width = min(_ACROSS, Inches(inches))
        inline: Any = made.add_run().add_picture(io.BytesIO(png), width=width)._inline
        inline.docPr.set("title", cut(printable(title), _LONGEST_PROPERTY))
        inline.docPr.set("descr", cut(printable(alt), _LONGEST_ALT))
        inline.docPr.set("name", f"Picture {self._counted['Figure']}")
        made.paragraph_format.keep_with_next = True

    def table(
        self,
        caption: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        right: Sequence[bool],
    ) -> None:
        """Write a table: its head repeats on each page, its first cells head their rows."""
        widths = _widths([heads, *rows])
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        head = self._row(heads, right, widths, "<w:cantSplit/><w:tblHeader/>", heads=True)
        body = "".join(self._row(row, right, widths, "<w:cantSplit/>") for row in rows)
        told = quoteattr(cut(printable(caption), _LONGEST_PROPERTY))
        self._place(
            f'<w:tbl {nsdecls("w", "r")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
            '<w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" '
            'w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
            f"<w:tblCaption w:val={told}/><w:tblDescription w:val={told}/></w:tblPr>"
            f"<w:tblGrid>{columns}</w:tblGrid>{head}{body}</w:tbl>"
        )

    def _new(self, style: str) -> Paragraph:
        """Begin a paragraph; python-docx would look its style up among all each time."""
        made = self._document.add_paragraph()
        made._p.style = self._names[style]
        return made

    def _row(
        self,
        cells: Sequence[str],
        right: Sequence[bool],
        widths: Sequence[int],
        properties: str,
        *,
        heads: bool = False,
    ) -> str:
        told = "".join(
            self._cell(text, bold=heads or at == 0, right=right[at], width=widths[at], shaded=heads)
            for at, text in enumerate(cells)
        )
        return f"<w:tr><w:trPr>{properties}</w:trPr>{told}</w:tr>"

    def _cell(self, text: str, *, bold: bool, right: bool, width: int, shaded: bool) -> str:
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if shaded else ""
        side = '<w:jc w:val="right"/>' if right else ""
        told = printable(text)
        run = _run_xml(told, "<w:b/>" if bold else "")
        if _WEB.match(told):
            link = _run_xml(told, _LOOK_OF_LINK)
            run = f'<w:hyperlink r:id="{self._outside(told)}">{link}</w:hyperlink>'
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{side}</w:pPr>{run}</w:p></w:tc>'
        )

    def _place(self, xml: str) -> None:
        body = self._document.element.body
        body.insert_element_before(parse_xml(xml), "w:sectPr")

    def _write(self, paragraph: Paragraph, words: Words) -> None:
        run = paragraph.add_run(printable(words.text))
        run.bold = "bold" in words.look or None
        run.italic = "italic" in words.look or None
        run.font.superscript = "raised" in words.look or None
        if "code" in words.look:
            run.font.name = "Consolas"
        self._mark([run._r], words.mark)
        inside = words.link.startswith("#")
        if not inside and not _WEB.match(words.link):
            return
        link = OxmlElement("w:hyperlink")
        if inside:
            link.set(qn("w:anchor"), _name(words.link[1:]))
        else:
            link.set(qn("r:id"), self._outside(words.link))
        run.font.color.rgb, run.font.underline = _LINK, True
        paragraph._p.append(link)
        link.append(run._r)

    def _outside(self, address: str) -> str:
        return self._document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def _mark(self, runs: Sequence[Any], mark: str) -> None:
        """Let links lead to pieces of a paragraph."""
        if not mark or not runs:
            return
        self._marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for part in (start, end):
            part.set(qn("w:id"), str(self._marks))
        start.set(qn("w:name"), _name(mark))
        runs[0].addprevious(start)
        runs[-1].addnext(end)

    def _set_up(self, title: str, when: datetime) -> None:
        """Set paper, language, styles, properties and the running foot."""
        document = self._document
        told = document.core_properties
        told.title, told.author, told.last_modified_by = title, AUTHOR, AUTHOR
        told.language, told.comments, told.keywords = LANGUAGE, "", ""
        told.created = told.modified = when
        told.revision = 1
        page = document.sections[0]
        page.orientation, (page.page_width, page.page_height) = WD_ORIENT.PORTRAIT, _PAGE
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
        for language in document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), LANGUAGE)
        for language in document.settings.element.iter(qn("w:themeFontLang")):
            language.set(qn("w:val"), LANGUAGE)
        self._styles()
        foot = page.footer.paragraphs[0]
        foot.add_run(f"{title}  \u2022  page ")
        for instruction, between in (("PAGE", " of "), ("NUMPAGES", "")):
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), instruction)
            foot._p.append(field)
            field.append(foot.add_run("1")._r)
            foot.add_run(between)

    def _styles(self) -> None:
        styles = self._document.styles
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
            _in_face(styles[name].element, "Calibri")
        for name, size, space in (("Table Text", 9, 1), ("Table Note", 9, 6), ("Source", 9, 8)):
            made: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            made.base_style = styles["Normal"]
            made.font.size, made.paragraph_format.space_after = Pt(size), Pt(space)
            made.paragraph_format.space_before = Pt(0 if name == "Table Text" else 4)
        styles["Source"].font.color.rgb = _QUIET
        styles["Caption"].font.size = Pt(10)
        styles["Caption"].font.color.rgb = RGBColor(0x20, 0x20, 0x20)
        self._names = {str(style.name): style.style_id for style in styles}
        for level in (1, 2, 3):
            styles[f"Heading {level}"].font.color.rgb = RGBColor(0x12, 0x3A, 0x63)


def _in_face(style: Any, face: str) -> None:
    """Set a style in a face without serifs, whatever the theme of the template says."""
    fonts = style.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), face)


_LOOK_OF_LINK = f'<w:color w:val="{_LINK}"/><w:u w:val="single"/>'


def _run_xml(text: str, look: str) -> str:
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.splitlines() or [""]
    )
    return f"<w:r><w:rPr>{look}</w:rPr>{lines}</w:r>"


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Share the width of the page by what the columns hold, none too narrow to read."""
    longest = [
        min(max(8, *(len(text) for text in column)), 40) for column in zip(*rows, strict=True)
    ]
    return [_TWIPS_ACROSS * length // sum(longest) for length in longest]


def _name(mark: str) -> str:
    """Name a place as Word allows: at most 40 letters, digits and lines, a letter first."""
    plain = "at_" + re.sub(r"[^A-Za-z0-9]", "_", mark)
    if len(plain) <= _LONGEST_NAME:
        return plain
    return f"at_{hashlib.sha256(mark.encode('utf-8', 'replace')).hexdigest()[:32]}"
