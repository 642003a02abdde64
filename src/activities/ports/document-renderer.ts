/** A block of a document, in reading order. Texts are plain; the renderer escapes nothing and interprets nothing. */
export type DocumentBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Label and value pairs: a form's answers, the data of an act. */
  | { readonly kind: 'fields'; readonly rows: readonly { readonly label: string; readonly value: string }[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Smaller print in a frame: the authentication block, the digest of the data. */
  | { readonly kind: 'note'; readonly title: string; readonly lines: readonly string[] };

/** What is to be printed; no layout in it. */
export interface DocumentModel {
  /** Title of the document, also in its metadata: "Domanda di permesso ZTL". */
  readonly title: string;
  /** Body that issues it, printed in the head: "Comune di Bugliano". */
  readonly issuer: string;
  /** Office or further line under the issuer; optional. */
  readonly subhead?: string;
  /** BCP 47 language of the text: `it`, `de`, `en`. */
  readonly language: 'it' | 'de' | 'en';
  /** UTC instant written as creation date, so that the same model gives the same bytes. */
  readonly createdAt: string;
  /** Printed at the foot of each page beside the page number: practice code. */
  readonly reference: string;
  readonly blocks: readonly DocumentBlock[];
}

/** Makes archival documents. */
export interface DocumentRenderer {
  /** PDF/A-2a, tagged. The same model gives the same bytes, so that a repeated activity changes no digest. */
  render(model: DocumentModel): Promise<Buffer>;
}
