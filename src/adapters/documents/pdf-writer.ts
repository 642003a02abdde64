import type { ArchivalDocument } from './archival-document';
import { fitLine, type Line } from './line-breaking';
import type { FrameMark, PageLayout, RuleMark, StructNode, StructTree, TextMark } from './page-model';
import { COLOR, CONTENT_WIDTH, PAGE, STYLE, type TextStyle } from './style';

/** What stands at the margins of the pages. Texts on one line, printable. */
export interface Margins {
  /** Head of every page but the first, which has the full one. */
  readonly head: string;
  readonly foot: string;
  readonly pageLabel: (page: number, pages: number) => string;
}

/** Writes laid out pages with their structure into the document; it does not end the document. */
export function writePages(
  doc: ArchivalDocument,
  tree: StructTree,
  pages: readonly PageLayout[],
  margins: Margins,
): void {
  const elements = new Map<StructNode, PDFKit.PDFStructureElement>();
  doc.addStructure(makeElements(doc, tree.root, elements));
  pages.forEach((page, index) => {
    doc.addPage();
    for (const mark of page.decorations) drawDecoration(doc, mark);
    drawTexts(doc, page.texts, elements);
    drawMargins(doc, margins, index + 1, pages.length);
  });
}

function makeElements(
  doc: ArchivalDocument,
  node: StructNode,
  elements: Map<StructNode, PDFKit.PDFStructureElement>,
): PDFKit.PDFStructureElement {
  // The types of pdfkit do not know `scope`, which says that a header cell heads its row.
  const options: PDFKit.Mixins.StructureElementOptions & { scope?: 'Row' } = node.tag === 'TH' ? { scope: 'Row' } : {};
  const element = doc.struct(node.tag, options);
  elements.set(node, element);
  for (const child of node.children) element.add(makeElements(doc, child, elements));
  return element;
}

function drawDecoration(doc: ArchivalDocument, mark: RuleMark | FrameMark): void {
  doc.markContent('Artifact', { type: 'Layout' });
  if (mark.kind === 'rule') {
    drawRule(doc, mark);
  } else {
    doc.lineWidth(0.5).rect(mark.x, mark.y, mark.width, mark.height).fillAndStroke(COLOR.panel, COLOR.frame);
  }
  doc.endMarkedContent();
}

function drawRule(doc: ArchivalDocument, rule: Omit<RuleMark, 'kind'>): void {
  doc
    .lineWidth(rule.thickness)
    .moveTo(rule.x, rule.y)
    .lineTo(rule.x + rule.width, rule.y)
    .stroke(rule.color);
}

/** In reading order, with all the lines that an element has on the page in one marked sequence. */
function drawTexts(
  doc: ArchivalDocument,
  texts: readonly TextMark[],
  elements: ReadonlyMap<StructNode, PDFKit.PDFStructureElement>,
): void {
  const ordered = [...texts].sort((a, b) => a.node.order - b.node.order);
  let current: StructNode | undefined;
  for (const mark of ordered) {
    if (mark.node !== current) {
      if (current !== undefined) doc.endMarkedContent();
      current = mark.node;
      elements.get(current)?.add(doc.markStructureContent(current.tag));
    }
    drawLine(doc, mark.line, mark.style, mark.x, mark.y);
  }
  if (current !== undefined) doc.endMarkedContent();
}

function drawLine(doc: ArchivalDocument, line: Line, style: TextStyle, x: number, baseline: number): void {
  doc.fillColor(style.color);
  for (const run of line.runs) {
    doc.useFont(run.font, style.size * run.scale);
    doc.text(run.text, x + run.offset, baseline, { lineBreak: false, baseline: 'alphabetic' });
  }
}

function drawMargins(doc: ArchivalDocument, margins: Margins, page: number, pages: number): void {
  const style = STYLE.margin;
  doc.markContent('Artifact', { type: 'Pagination' });
  if (page > 1) {
    drawLine(doc, fitLine(margins.head, style, CONTENT_WIDTH, doc.measure), style, PAGE.left, 46);
    drawRule(doc, { x: PAGE.left, y: 54, width: CONTENT_WIDTH, thickness: 0.5, color: COLOR.rule });
  }
  const number = fitLine(margins.pageLabel(page, pages), style, CONTENT_WIDTH, doc.measure);
  const foot = fitLine(margins.foot, style, CONTENT_WIDTH - number.width - 24, doc.measure);
  drawRule(doc, { x: PAGE.left, y: 787, width: CONTENT_WIDTH, thickness: 0.5, color: COLOR.rule });
  drawLine(doc, foot, style, PAGE.left, 801);
  drawLine(doc, number, style, PAGE.width - PAGE.right - number.width, 801);
  doc.endMarkedContent();
}
