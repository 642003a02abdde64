import type { Line } from './line-breaking';
import type { TextStyle } from './style';

/** Element of the structure that screen readers follow (ISO 32000-1, 14.8.4). */
export type Tag = 'Document' | 'H1' | 'H2' | 'P' | 'L' | 'LI' | 'Lbl' | 'LBody' | 'Table' | 'TR' | 'TH' | 'TD' | 'Div';

/** Node of the structure tree. `order` grows in reading order over the whole document. */
export interface StructNode {
  readonly tag: Tag;
  readonly order: number;
  readonly children: StructNode[];
}

/** Makes the structure tree of one document. */
export class StructTree {
  private count = 0;
  readonly root: StructNode = this.node('Document');

  /** Adds an element after its elder siblings. */
  add(parent: StructNode, tag: Tag): StructNode {
    const child = this.node(tag);
    parent.children.push(child);
    return child;
  }

  private node(tag: Tag): StructNode {
    const order = this.count;
    this.count += 1;
    return { tag, order, children: [] };
  }
}

/** A line of real content. `y` is the baseline, from the top of the piece or of the page. */
export interface TextMark {
  readonly kind: 'text';
  readonly node: StructNode;
  readonly line: Line;
  readonly style: TextStyle;
  readonly x: number;
  readonly y: number;
}

/** A thin horizontal line: decoration, not content. */
export interface RuleMark {
  readonly kind: 'rule';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly thickness: number;
  readonly color: string;
}

/** Ground and border of a note, as tall as its part on the page. */
export interface FrameMark {
  readonly kind: 'frame';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Mark = TextMark | RuleMark;

/** Pieces with the same frame stand in one box, which closes and opens again where the page ends. */
export interface Frame {
  readonly x: number;
  readonly width: number;
  /** Distance between text and border, above and below. */
  readonly padding: number;
}

/** The least that is moved to another page: a line of text, or one line of each cell of a row. */
export interface Piece {
  readonly height: number;
  /** Space above, dropped at the top of a page. */
  readonly before: number;
  /** Stay on the same page as the next piece, if at all possible. */
  readonly keepWithNext: boolean;
  readonly marks: readonly Mark[];
  readonly frame?: Frame;
}

/** All marks of a page in page coordinates. */
export interface PageLayout {
  readonly decorations: (RuleMark | FrameMark)[];
  readonly texts: TextMark[];
}
