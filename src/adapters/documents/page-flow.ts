import type { Frame, PageLayout, Piece } from './page-model';
import { PAGE } from './style';

/** Sums of fractions of a point must not push a line over to the next page. */
const TOLERANCE = 0.01;

/** Distributes pieces over pages; there is always at least one page. */
export function flowPages(pieces: readonly Piece[]): PageLayout[] {
  const flow = new PageFlow();
  pieces.forEach((piece, index) => {
    const startsChain = index === 0 || pieces[index - 1]?.keepWithNext !== true;
    flow.place(piece, startsChain ? chainHeight(pieces, index) : pieceHeight(piece, true));
  });
  return flow.finish();
}

/** Height of the pieces that want to stay together, from `start` on. */
function chainHeight(pieces: readonly Piece[], start: number): number {
  let height = 0;
  for (let index = start; index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece === undefined) break;
    const last = !piece.keepWithNext;
    height += pieceHeight(piece, last);
    if (last) break;
  }
  return height;
}

function pieceHeight(piece: Piece, last: boolean): number {
  return piece.before + piece.height + (last ? (piece.frame?.padding ?? 0) : 0);
}

class PageFlow {
  private readonly pages: PageLayout[] = [{ decorations: [], texts: [] }];
  private y: number = PAGE.firstTop;
  private placed = 0;
  private open: { frame: Frame; from: number } | undefined;

  /** Puts a piece below the last one; on a new page when `needed` points are not left and a page can hold them. */
  place(piece: Piece, needed: number): void {
    const left = PAGE.bottom - this.y + TOLERANCE;
    const alone = pieceHeight(piece, true);
    const movable = needed - piece.before <= PAGE.bottom - PAGE.top;
    if (this.placed > 0 && (movable ? needed : alone) > left) this.breakPage(piece.frame);
    if (this.placed > 0) {
      if (piece.frame !== this.open?.frame) this.closeFrame(0);
      this.y += piece.before;
    }
    if (piece.frame !== undefined && this.open === undefined) this.open = { frame: piece.frame, from: this.y };
    this.draw(piece);
    this.y += piece.height;
    this.placed += 1;
  }

  finish(): PageLayout[] {
    this.closeFrame(0);
    return this.pages;
  }

  private draw(piece: Piece): void {
    for (const mark of piece.marks) {
      if (mark.kind === 'text') this.page.texts.push({ ...mark, y: mark.y + this.y });
      else this.page.decorations.push({ ...mark, y: mark.y + this.y });
    }
  }

  /** `next` is the frame of the piece that caused the break: the same frame is continued on the new page. */
  private breakPage(next: Frame | undefined): void {
    const continued = this.open !== undefined && this.open.frame === next ? this.open.frame : undefined;
    this.closeFrame(continued?.padding ?? 0);
    this.pages.push({ decorations: [], texts: [] });
    this.y = PAGE.top;
    this.placed = 0;
    if (continued !== undefined) {
      this.open = { frame: continued, from: this.y };
      this.y += continued.padding;
    }
  }

  private closeFrame(padding: number): void {
    if (this.open === undefined) return;
    const { frame, from } = this.open;
    this.page.decorations.push({
      kind: 'frame',
      x: frame.x,
      y: from,
      width: frame.width,
      height: this.y + padding - from,
    });
    this.open = undefined;
  }

  private get page(): PageLayout {
    const last = this.pages.at(-1);
    if (last === undefined) throw new Error('a flow has no page');
    return last;
  }
}
