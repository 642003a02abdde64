import PDFDocument from 'pdfkit';
import { type FontName, fontForDocument } from './fonts';
import type { Measure } from './line-breaking';
import { PAGE } from './style';

/** What the document says of itself. Texts on one line, printable. */
export interface Metadata {
  readonly title: string;
  readonly author: string;
  readonly language: string;
  readonly createdAt: Date;
  /** Sixteen bytes that depend on nothing but the content. */
  readonly fileId: Uint8Array;
}

const PRODUCER = 'Iter';

/**
 * A pdfkit document set up for PDF/A-2a. Two of pdfkit's own methods are replaced: the file identifier, which it
 * makes from title and date alone, and the XMP metadata, in which it escapes nothing.
 */
export class ArchivalDocument extends PDFDocument {
  /** Read by pdfkit when it writes the trailer. */
  protected readonly _id: Uint8Array;
  private readonly metadataOf: Metadata;
  private readonly registered = new Set<FontName>();

  constructor(metadata: Metadata) {
    super({
      subset: 'PDF/A-2a',
      pdfVersion: '1.7',
      tagged: true,
      lang: metadata.language,
      displayTitle: true,
      autoFirstPage: false,
      // Else pdfkit reads Helvetica, which is not embedded and must not appear.
      font: '',
      size: [PAGE.width, PAGE.height],
      margin: 0,
      info: {
        Title: metadata.title,
        Author: metadata.author,
        Producer: PRODUCER,
        Creator: PRODUCER,
        CreationDate: metadata.createdAt,
        ModDate: metadata.createdAt,
      },
    });
    this._id = metadata.fileId;
    this.metadataOf = metadata;
  }

  /** Width of a text as this document will print it. */
  readonly measure: Measure = (text, font, size) => this.useFont(font, size).widthOfString(text);

  /** Selects a font; size in points. The document embeds the fonts it has printed with, and only those. */
  useFont(name: FontName, size: number): this {
    if (!this.registered.has(name)) {
      this.registered.add(name);
      // pdfkit 0.20 takes fonts already parsed; its types do not know yet.
      this.registerFont(name, fontForDocument(name) as unknown as Uint8Array);
    }
    return this.font(name, size);
  }

  /** Called by pdfkit at the end of the document. */
  protected _addInfo(): void {
    const { title, author, createdAt } = this.metadataOf;
    const date = `${createdAt.toISOString().slice(0, 19)}Z`;
    this.appendXML(`
      <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
        <xmp:CreateDate>${date}</xmp:CreateDate>
        <xmp:ModifyDate>${date}</xmp:ModifyDate>
        <xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool>
      </rdf:Description>
      <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(title)}</rdf:li></rdf:Alt></dc:title>
        <dc:creator><rdf:Seq><rdf:li>${escapeXml(author)}</rdf:li></rdf:Seq></dc:creator>
      </rdf:Description>
      <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
        <pdf:Producer>${PRODUCER}</pdf:Producer>
      </rdf:Description>`);
  }
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
