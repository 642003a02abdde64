import { inflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFBool,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
  PDFString,
} from 'pdf-lib';

/** A text operation as printed: position of its start and width, in points from the lower left corner. */
export interface PrintedText {
  readonly page: number;
  readonly text: string;
  readonly font: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Marked content it belongs to; undefined for artifacts. */
  readonly mcid: number | undefined;
}

export interface PrintedElement {
  readonly tag: string;
  readonly scope: string | undefined;
  readonly text: string;
  readonly pages: readonly number[];
  readonly children: readonly PrintedElement[];
}

export interface PrintedFont {
  readonly name: string;
  readonly embedded: boolean;
  readonly toUnicode: boolean;
}

interface LoadedFont extends PrintedFont {
  readonly unicode: readonly string[];
  readonly widths: readonly number[];
}

/** What a reader program learns from a file made by the renderer. Understands pdfkit's way of writing, no other. */
export class InspectedPdf {
  private constructor(
    private readonly pdf: PDFDocument,
    readonly texts: readonly PrintedText[],
    readonly fonts: readonly PrintedFont[],
    readonly structure: PrintedElement,
  ) {}

  static async of(bytes: Uint8Array): Promise<InspectedPdf> {
    const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
    const fonts = new Map<string, LoadedFont>();
    const texts = pdf.getPages().flatMap((page, index) => {
      const resources = page.node.Resources()?.lookup(PDFName.of('Font'), PDFDict);
      for (const [name, ref] of resources?.entries() ?? []) {
        if (!fonts.has(name.decodeText())) fonts.set(name.decodeText(), loadFont(pdf.context.lookup(ref, PDFDict)));
      }
      return textsOf(contentOf(page.node.Contents()), index, fonts);
    });
    const root = pdf.catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict);
    const pages = new Map(pdf.getPages().map((page, index) => [page.ref, index]));
    const top = root.lookup(PDFName.of('K'), PDFArray).lookup(0, PDFDict);
    return new InspectedPdf(pdf, texts, [...fonts.values()], elementOf(top, pages, texts));
  }

  get pageCount(): number {
    return this.pdf.getPageCount();
  }

  get xmp(): string {
    const stream = this.pdf.catalog.lookup(PDFName.of('Metadata'));
    return stream instanceof PDFRawStream ? Buffer.from(stream.contents).toString('utf8') : '';
  }

  get fileId(): string {
    const id = this.pdf.context.trailerInfo.ID;
    return id instanceof PDFArray ? id.lookup(0, PDFHexString).asString() : '';
  }

  /** Entries of the catalog and of the information dictionary on which archives and screen readers rely. */
  get facts(): Record<string, unknown> {
    const catalog = this.pdf.catalog;
    const intents = catalog.lookup(PDFName.of('OutputIntents'), PDFArray);
    return {
      language: textOf(catalog.lookup(PDFName.of('Lang'))),
      marked: catalog.lookup(PDFName.of('MarkInfo'), PDFDict).lookup(PDFName.of('Marked'), PDFBool).asBoolean(),
      showsTitle: catalog
        .lookup(PDFName.of('ViewerPreferences'), PDFDict)
        .lookup(PDFName.of('DisplayDocTitle'), PDFBool)
        .asBoolean(),
      outputIntent: intents.lookup(0, PDFDict).lookup(PDFName.of('S'), PDFName).decodeText(),
      hasProfile: intents.lookup(0, PDFDict).lookup(PDFName.of('DestOutputProfile')) instanceof PDFRawStream,
      encrypted: this.pdf.isEncrypted,
      title: this.pdf.getTitle(),
      author: this.pdf.getAuthor(),
      created: this.pdf.getCreationDate()?.toISOString(),
      modified: this.pdf.getModificationDate()?.toISOString(),
    };
  }

  /** Header, footer and page number of a page: what screen readers skip. */
  artifactTexts(page: number): string[] {
    return this.texts.filter((text) => text.page === page && text.mcid === undefined).map((text) => text.text);
  }

  /** All elements with text of their own in reading order. */
  get elements(): PrintedElement[] {
    const walk = (element: PrintedElement): PrintedElement[] => [
      ...(element.text === '' ? [] : [element]),
      ...element.children.flatMap(walk),
    ];
    return walk(this.structure);
  }
}

function textOf(object: PDFObject | undefined): string | undefined {
  return object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : undefined;
}

function contentOf(contents: PDFObject | undefined): string {
  return contents instanceof PDFRawStream ? inflateSync(contents.contents).toString('latin1') : '';
}

function loadFont(font: PDFDict): LoadedFont {
  const descendant = font.lookup(PDFName.of('DescendantFonts'), PDFArray).lookup(0, PDFDict);
  const descriptor = descendant.lookup(PDFName.of('FontDescriptor'), PDFDict);
  const cmap = font.lookup(PDFName.of('ToUnicode'));
  const widths = descendant.lookup(PDFName.of('W'), PDFArray).lookup(1, PDFArray);
  return {
    name: font.lookup(PDFName.of('BaseFont'), PDFName).decodeText(),
    embedded: descriptor.lookup(PDFName.of('FontFile2')) instanceof PDFRawStream,
    toUnicode: cmap instanceof PDFRawStream,
    unicode: unicodeOf(contentOf(cmap)),
    widths: widths.asArray().map((width) => (width instanceof PDFNumber ? width.asNumber() : 0)),
  };
}

function unicodeOf(cmap: string): string[] {
  const unicode: string[] = [];
  for (const [, start = '', list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    [...list.matchAll(/<([^>]*)>/g)].forEach(([, hex = ''], offset) => {
      const units = hex.match(/[0-9a-f]{4}/g) ?? [];
      unicode[Number.parseInt(start, 16) + offset] = units
        .map((unit) => String.fromCharCode(Number.parseInt(unit, 16)))
        .join('');
    });
  }
  return unicode;
}

const OPERATORS =
  /\/(?<tag>\w+) <<(?<properties>[^>]*)>> BDC|\bEMC\b|(?<start>\bBT\b)|1 0 0 1 (?<x>[-\d.]+) (?<y>[-\d.]+) Tm|\/(?<font>F\d+) (?<size>[\d.]+) Tf|\[(?<shown>[^\]]*)\] TJ/g;

function textsOf(content: string, page: number, fonts: ReadonlyMap<string, LoadedFont>): PrintedText[] {
  const texts: {
    page: number;
    text: string;
    font: string;
    x: number;
    y: number;
    width: number;
    mcid: number | undefined;
  }[] = [];
  let mcid: number | undefined;
  let font: LoadedFont | undefined;
  let size = 0;
  let fresh = false;
  let [x, y] = [0, 0];
  for (const { groups = {} } of content.matchAll(OPERATORS)) {
    if (groups['tag'] !== undefined) mcid = numberIn(groups['properties'] ?? '', /\/MCID (\d+)/);
    else if (groups['start'] !== undefined) fresh = true;
    else if (groups['x'] !== undefined) [x, y] = [Number(groups['x']), Number(groups['y'])];
    else if (groups['font'] !== undefined) [font, size] = [fonts.get(groups['font']), Number(groups['size'])];
    else if (groups['shown'] !== undefined && font !== undefined) {
      const shown = show(groups['shown'], font, size);
      const last = texts.at(-1);
      // Accents are moved on their own: the same operation goes on.
      if (!fresh && last !== undefined) last.text += shown.text;
      else texts.push({ page, mcid, font: font.name, x, y, ...shown });
      fresh = false;
    } else mcid = undefined;
  }
  return texts;
}

function numberIn(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

function show(operands: string, font: LoadedFont, size: number): { text: string; width: number } {
  let text = '';
  let units = 0;
  for (const [, hex, adjustment] of operands.matchAll(/<([0-9a-f]*)>|(-?[\d.]+)/g)) {
    if (adjustment !== undefined) units -= Number(adjustment);
    for (const glyph of hex?.match(/[0-9a-f]{4}/g) ?? []) {
      const id = Number.parseInt(glyph, 16);
      text += font.unicode[id] ?? '';
      units += font.widths[id] ?? 0;
    }
  }
  return { text, width: (units * size) / 1000 };
}

function elementOf(dict: PDFDict, pages: ReadonlyMap<PDFRef, number>, texts: readonly PrintedText[]): PrintedElement {
  const page = pages.get(dict.get(PDFName.of('Pg')) as PDFRef);
  const children: PrintedElement[] = [];
  const seen: number[] = [];
  let text = '';
  const kids = dict.lookup(PDFName.of('K'));
  for (const kid of kids instanceof PDFArray ? kids.asArray().map((_, index) => kids.lookup(index)) : []) {
    let [mcid, on] = [kid instanceof PDFNumber ? kid.asNumber() : undefined, page];
    if (kid instanceof PDFDict) {
      const reference = kid.lookup(PDFName.of('MCID'));
      if (reference instanceof PDFNumber)
        [mcid, on] = [reference.asNumber(), pages.get(kid.get(PDFName.of('Pg')) as PDFRef)];
      else children.push(elementOf(kid, pages, texts));
    }
    if (mcid === undefined || on === undefined) continue;
    seen.push(on);
    for (const printed of texts) if (printed.page === on && printed.mcid === mcid) text += printed.text;
  }
  const attributes = dict.lookup(PDFName.of('A'));
  const scope = attributes instanceof PDFDict ? attributes.lookup(PDFName.of('Scope')) : undefined;
  return {
    tag: dict.lookup(PDFName.of('S'), PDFName).decodeText(),
    scope: scope instanceof PDFName ? scope.decodeText() : undefined,
    text,
    pages: seen,
    children,
  };
}
