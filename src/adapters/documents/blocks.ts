import type { DocumentBlock, DocumentModel } from '../../activities/ports/document-renderer';
import { printable, printableLine } from './clean-text';
import { breakLines, type Line, type Measure } from './line-breaking';
import { type Frame, type Mark, type Piece, type StructNode, StructTree, type Tag } from './page-model';
import { COLOR, CONTENT_WIDTH, PAGE, STYLE, type TextStyle } from './style';

/** Rows and notes up to this many lines stay on one page; longer ones may be cut. */
const KEPT_ROW = 8;
const KEPT_NOTE = 16;
const BULLET_INDENT = 14;
const FIELD_GAP = 16;
const LABEL_WIDTH = Math.round(CONTENT_WIDTH * 0.33);
const ROW_PADDING = 4;
const NOTE_PADDING = 10;

type Column = {
  readonly node: StructNode;
  readonly style: TextStyle;
  readonly x: number;
  readonly lines: readonly Line[];
};

/** Pieces in reading order, and the structure tree whose nodes they carry. */
export interface DocumentPieces {
  readonly tree: StructTree;
  readonly pieces: readonly Piece[];
}

/** Turns the model into lines, with the head of the first page and the title before the blocks. */
export function layOutBlocks(model: DocumentModel, measure: Measure): DocumentPieces {
  const builder = new BlockBuilder(measure);
  builder.head(model);
  for (const block of model.blocks) builder.block(block);
  return { tree: builder.tree, pieces: builder.pieces };
}

class BlockBuilder {
  readonly tree = new StructTree();
  readonly pieces: Piece[] = [];

  constructor(private readonly measure: Measure) {}

  head(model: DocumentModel): void {
    this.text('P', printableLine(model.issuer), STYLE.issuer, { keep: 'all' });
    if (model.subhead !== undefined) this.text('P', printableLine(model.subhead), STYLE.subhead, { keep: 'all' });
    const rule: Mark = { kind: 'rule', x: PAGE.left, y: 8, width: CONTENT_WIDTH, thickness: 1, color: COLOR.accent };
    this.pieces.push({ height: 9, before: 0, keepWithNext: true, marks: [rule] });
    this.text('H1', printableLine(model.title), STYLE.title, { before: 18, keep: 'all' });
  }

  block(block: DocumentBlock): void {
    switch (block.kind) {
      case 'heading':
        this.text('H2', printableLine(block.text), STYLE.heading, { before: 18, keep: 'all' });
        break;
      case 'paragraph':
        this.text('P', printable(block.text), STYLE.body, { before: 9 });
        break;
      case 'fields':
        this.fields(block.rows);
        break;
      case 'list':
        this.list(block.items);
        break;
      case 'note':
        this.note(block.title, block.lines);
        break;
    }
  }

  private text(tag: Tag, text: string, style: TextStyle, options: { before?: number; keep?: 'all' }): void {
    if (text.trim() === '') return;
    const node = this.tree.add(this.tree.root, tag);
    const lines = breakLines(text, style, CONTENT_WIDTH, this.measure);
    const rows = this.rows([{ node, style, x: PAGE.left, lines }], 0);
    rows.forEach((row, index) => {
      this.pieces.push({
        ...row,
        before: index === 0 ? (options.before ?? 0) : 0,
        keepWithNext: options.keep === 'all' || staysWithNext(index, rows.length, 0),
      });
    });
  }

  private fields(rows: readonly { readonly label: string; readonly value: string }[]): void {
    if (rows.length === 0) return;
    const table = this.tree.add(this.tree.root, 'Table');
    rows.forEach((row, index) => {
      const tr = this.tree.add(table, 'TR');
      const label = this.column(this.tree.add(tr, 'TH'), row.label, STYLE.label, PAGE.left, LABEL_WIDTH);
      const x = PAGE.left + LABEL_WIDTH + FIELD_GAP;
      const value = this.column(
        this.tree.add(tr, 'TD'),
        row.value,
        STYLE.body,
        x,
        CONTENT_WIDTH - LABEL_WIDTH - FIELD_GAP,
      );
      this.row([label, value], index === 0 ? 6 : 0);
    });
  }

  private row(columns: readonly Column[], before: number): void {
    const pieces = this.rows(columns, ROW_PADDING);
    pieces.forEach((piece, index) => {
      const last = index === pieces.length - 1;
      const y = piece.height + ROW_PADDING;
      const rule: Mark = { kind: 'rule', x: PAGE.left, y, width: CONTENT_WIDTH, thickness: 0.5, color: COLOR.rule };
      this.pieces.push({
        height: last ? y : piece.height,
        before: index === 0 ? before : 0,
        keepWithNext: staysWithNext(index, pieces.length, KEPT_ROW),
        marks: last ? [...piece.marks, rule] : piece.marks,
      });
    });
  }

  private list(items: readonly string[]): void {
    if (items.length === 0) return;
    const list = this.tree.add(this.tree.root, 'L');
    items.forEach((item, index) => {
      const li = this.tree.add(list, 'LI');
      const bullet = this.column(this.tree.add(li, 'Lbl'), '•', STYLE.body, PAGE.left + 2, BULLET_INDENT);
      const x = PAGE.left + BULLET_INDENT;
      const body = this.column(this.tree.add(li, 'LBody'), item, STYLE.body, x, CONTENT_WIDTH - BULLET_INDENT);
      const pieces = this.rows([bullet, body], 0);
      pieces.forEach((piece, line) => {
        const before = line > 0 ? 0 : index === 0 ? 8 : 4;
        this.pieces.push({ ...piece, before, keepWithNext: staysWithNext(line, pieces.length, 0) });
      });
    });
  }

  private note(title: string, lines: readonly string[]): void {
    const frame: Frame = { x: PAGE.left, width: CONTENT_WIDTH, padding: NOTE_PADDING };
    const div = this.tree.add(this.tree.root, 'Div');
    const x = PAGE.left + NOTE_PADDING + 2;
    const width = CONTENT_WIDTH - 2 * (NOTE_PADDING + 2);
    const pieces: { marks: readonly Mark[]; height: number }[] = [];
    const add = (tag: Tag, text: string, style: TextStyle): void => {
      if (text.trim() === '') return;
      pieces.push(...this.rows([this.column(this.tree.add(div, tag), text, style, x, width)], 0));
    };
    add('H2', printableLine(title), STYLE.noteTitle);
    const titleLines = pieces.length;
    for (const line of lines) add('P', line, STYLE.note);
    pieces.forEach((piece, index) => {
      const first = index === 0;
      this.pieces.push({
        height: piece.height + (first ? NOTE_PADDING : 0) + (index === pieces.length - 1 ? NOTE_PADDING : 0),
        before: first ? 16 : index === titleLines ? 3 : 0,
        keepWithNext: index < titleLines || staysWithNext(index, pieces.length, KEPT_NOTE),
        marks: first ? piece.marks.map((mark) => ({ ...mark, y: mark.y + NOTE_PADDING })) : piece.marks,
        frame,
      });
    });
  }

  private column(node: StructNode, text: string, style: TextStyle, x: number, width: number): Column {
    return { node, style, x, lines: breakLines(printable(text), style, width, this.measure) };
  }

  /** Columns side by side: the n-th piece holds the n-th line of each. */
  private rows(columns: readonly Column[], paddingTop: number): { marks: readonly Mark[]; height: number }[] {
    const count = Math.max(...columns.map((column) => column.lines.length));
    return Array.from({ length: count }, (_, index) => {
      const top = index === 0 ? paddingTop : 0;
      const marks = columns.flatMap(({ node, style, x, lines }) => {
        const line = lines[index];
        if (line === undefined || line.runs.length === 0) return [];
        return [{ kind: 'text' as const, node, style, line, x, y: top + baseline(style) }];
      });
      return { marks, height: top + Math.max(...columns.map((column) => column.style.leading)) };
    });
  }
}

/** The baseline puts capitals in the optical middle of the line. */
function baseline(style: TextStyle): number {
  return style.leading / 2 + style.size * 0.34;
}

/** Whole when short; else neither the first line nor the last stands alone on a page. */
function staysWithNext(index: number, count: number, keptWhole: number): boolean {
  if (index === count - 1) return false;
  return count <= keptWhole || index === 0 || index === count - 2;
}
