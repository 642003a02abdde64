import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { DocumentBlock, DocumentModel } from '../../../src/activities/ports/document-renderer';
import { printable } from '../../../src/adapters/documents/clean-text';
import { createPdfRenderer } from '../../../src/adapters/documents/pdf-renderer';
import { InspectedPdf, type PrintedElement, type PrintedText } from './pdf-inspection';
import { digest, documentWith, longDocument, nastyDocument, words, ztlApplication } from './sample-documents';

const renderer = createPdfRenderer();
const inspect = async (model: DocumentModel): Promise<InspectedPdf> => InspectedPdf.of(await renderer.render(model));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A4 and the margins that nothing may cross, in points. */
const RIGHT_EDGE = 595.28 - 64;
const LEFT_EDGE = 64;

/** Text of an element without the spaces that stand for its line breaks. */
const plain = (element: PrintedElement): string => element.text.replace(/\s+/g, ' ').trim();
const tagged = (pdf: InspectedPdf): string[] => pdf.elements.map((element) => `${element.tag} ${plain(element)}`);

describe('an archival document', () => {
  it.each([
    ['small', ztlApplication()],
    ['long', longDocument()],
    ['nasty', nastyDocument()],
  ])('is tagged, speaks its language and declares PDF/A-2a (%s)', async (_name, model) => {
    const pdf = await inspect(model);
    expect(pdf.facts).toMatchObject({
      language: model.language,
      marked: true,
      showsTitle: true,
      outputIntent: 'GTS_PDFA1',
      hasProfile: true,
      encrypted: false,
      created: model.createdAt,
      modified: model.createdAt,
    });
    expect(pdf.xmp).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(pdf.xmp).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(pdf.fonts.length).toBeGreaterThan(0);
    for (const font of pdf.fonts) {
      expect(font).toMatchObject({
        embedded: true,
        toUnicode: true,
        name: expect.stringMatching(/^[A-Z]{6}\+(TitilliumWeb|DejaVuSans)/),
      });
    }
  });

  it('carries no font it does not use', async () => {
    const pdf = await inspect(ztlApplication());
    expect(pdf.fonts.map((font) => font.name.slice(7))).toEqual(['TitilliumWeb-SemiBold', 'TitilliumWeb-Regular']);
  });

  it('escapes title and author in the metadata', async () => {
    const pdf = await inspect(documentWith([], { title: 'R&D <b> "x"\n\u0007', issuer: 'Comune di S. Mària & Figli' }));
    expect(pdf.facts).toMatchObject({ title: 'R&D <b> "x" \uFFFD', author: 'Comune di S. Mària & Figli' });
    expect(pdf.xmp).toContain('<rdf:li xml:lang="x-default">R&amp;D &lt;b&gt; "x" \uFFFD</rdf:li>');
    expect(pdf.xmp).toContain('<rdf:li>Comune di S. Mària &amp; Figli</rdf:li>');
  });

  it('is refused when its instant is none', async () => {
    await expect(renderer.render(documentWith([], { createdAt: 'ieri' }))).rejects.toThrow(
      new TypeError('createdAt is "ieri", an ISO 8601 instant was expected'),
    );
  });
});

describe('the same model', () => {
  it.each([
    ['small', ztlApplication()],
    ['nasty', nastyDocument()],
  ])('gives the same bytes, also at once and from another renderer (%s)', async (_name, model) => {
    const copies = await Promise.all([
      renderer.render(model),
      renderer.render(model),
      createPdfRenderer().render(model),
    ]);
    expect(new Set(copies.map(sha256)).size).toBe(1);
  });

  it('is not changed by what was printed before it', async () => {
    // Composed of the letters below, whose glyphs the font library thereby meets without their characters.
    await renderer.render(documentWith([{ kind: 'paragraph', text: 'Ќ Ѓ Ї' }]));
    const pdf = await inspect(documentWith([{ kind: 'paragraph', text: 'К Г І' }]));
    expect(tagged(pdf).at(-1)).toBe('P К Г І');
  });

  it('gives the same bytes when its properties come in another order', async () => {
    const model = ztlApplication();
    const reversed = Object.fromEntries(Object.entries(model).reverse()) as unknown as DocumentModel;
    expect(sha256(await renderer.render(reversed))).toBe(sha256(await renderer.render(model)));
  });

  it('has another file identifier than a model that differs in one letter', async () => {
    const one = await inspect(documentWith([{ kind: 'paragraph', text: 'accolta' }]));
    const other = await inspect(documentWith([{ kind: 'paragraph', text: 'accolte' }]));
    expect(one.fileId).toMatch(/^[0-9a-f]{32}$/);
    expect(other.fileId).not.toBe(one.fileId);
  });
});

describe('the structure', () => {
  it('holds every block in reading order', async () => {
    const pdf = await inspect(
      documentWith([
        { kind: 'heading', text: 'Richiedente' },
        { kind: 'paragraph', text: 'Prima riga\nseconda riga' },
        {
          kind: 'fields',
          rows: [
            { label: 'Nome', value: 'Niccolò' },
            { label: 'Targa', value: 'GA 123 BC' },
          ],
        },
        { kind: 'list', items: ['uno', 'due'] },
        { kind: 'note', title: 'Autenticazione', lines: ['SPID', digest('x')] },
      ]),
    );
    expect(tagged(pdf)).toEqual([
      'P Comune di Bugliano',
      'P Settore Mobilità – Sportello telematico',
      'H1 Domanda di permesso di accesso alla ZTL',
      'H2 Richiedente',
      'P Prima riga seconda riga',
      'TH Nome',
      'TD Niccolò',
      'TH Targa',
      'TD GA 123 BC',
      'Lbl •',
      'LBody uno',
      'Lbl •',
      'LBody due',
      'H2 Autenticazione',
      'P SPID',
      `P ${digest('x')}`,
    ]);
  });

  it('nests tables and lists as screen readers expect', async () => {
    const pdf = await inspect(
      documentWith([
        { kind: 'fields', rows: [{ label: 'Nome', value: '' }] },
        { kind: 'list', items: ['uno'] },
      ]),
    );
    const outline = (element: PrintedElement): string =>
      element.children.length === 0 ? element.tag : `${element.tag}(${element.children.map(outline).join(' ')})`;
    expect(outline(pdf.structure)).toBe('Document(P P H1 Table(TR(TH TD)) L(LI(Lbl LBody)))');
    expect(pdf.elements.find((element) => element.tag === 'TH')?.scope).toBe('Row');
  });

  it.each([
    ['it', 'Pagina 1 di 2', 'Pagina 2 di 2'],
    ['de', 'Seite 1 von 2', 'Seite 2 von 2'],
    ['en', 'Page 1 of 2', 'Page 2 of 2'],
  ] as const)('leaves reference and page number at the margin to the eye (%s)', async (language, first, second) => {
    const pdf = await inspect(documentWith([{ kind: 'paragraph', text: words(700) }], { language }));
    expect(pdf.pageCount).toBe(2);
    expect(pdf.artifactTexts(0)).toEqual(['Pratica ZTL-2026-000123', first]);
    expect(pdf.artifactTexts(1)).toEqual([
      'Comune di Bugliano – Domanda di permesso di accesso alla ZTL',
      'Pratica ZTL-2026-000123',
      second,
    ]);
  });
});

describe('the pages', () => {
  it.each([
    ['small', ztlApplication()],
    ['long', longDocument()],
    ['nasty', nastyDocument()],
  ])('hold all text inside the margins, and no two texts overlap (%s)', async (_name, model) => {
    const pdf = await inspect(model);
    for (const text of pdf.texts) {
      expect(text.x).toBeGreaterThanOrEqual(LEFT_EDGE);
      const trailing = text.text.length - text.text.trimEnd().length;
      expect(text.x + text.width - trailing * 3.5).toBeLessThanOrEqual(RIGHT_EDGE + 0.1);
      if (text.mcid !== undefined) expect(text.y).toBeGreaterThan(841.89 - 770);
    }
    expect(overlaps(pdf.texts)).toEqual([]);
  });

  it('break rows and notes longer than a page without losing a word', async () => {
    const pdf = await inspect(
      documentWith([
        { kind: 'fields', rows: [{ label: words(200, 'e'), value: words(1500, 'v') }] },
        { kind: 'note', title: 'Nota', lines: [words(2500, 'n'), 'fine'] },
      ]),
    );
    expect(tagged(pdf).slice(3)).toEqual([
      `TH ${words(200, 'e')}`,
      `TD ${words(1500, 'v')}`,
      'H2 Nota',
      `P ${words(2500, 'n')}`,
      'P fine',
    ]);
    expect(pdf.pageCount).toBeGreaterThan(5);
  });

  it('wrap words longer than a line inside their frame and keep them whole in the text', async () => {
    const address = `${'nome.'.repeat(30)}cognome@${'sotto-dominio.'.repeat(20)}example.it`;
    const pdf = await inspect(
      documentWith([
        {
          kind: 'fields',
          rows: [
            { label: 'SHA-256', value: digest('x').repeat(4) },
            { label: 'PEC', value: address },
          ],
        },
      ]),
    );
    const texts = pdf.elements
      .filter((element) => element.tag === 'TD')
      .map((element) => element.text.replaceAll(' ', ''));
    expect(texts).toEqual([digest('x').repeat(4), address]);
  });

  it('never end with a heading, wherever it falls', async () => {
    for (let lines = 30; lines < 50; lines += 1) {
      const filler: DocumentBlock = { kind: 'paragraph', text: Array.from({ length: lines }, () => 'riga').join('\n') };
      const pdf = await inspect(
        documentWith([
          filler,
          { kind: 'heading', text: 'Titolo' },
          { kind: 'fields', rows: [{ label: 'Campo', value: 'a\nb\nc' }] },
        ]),
      );
      const pagesOf = (tag: string): readonly number[] | undefined =>
        pdf.elements.find((element) => element.tag === tag)?.pages;
      expect(pagesOf('TD')).toEqual(pagesOf('H2'));
    }
  });

  it('keep a note on one page when a page can hold it', async () => {
    for (let lines = 25; lines < 48; lines += 3) {
      const filler: DocumentBlock = { kind: 'paragraph', text: Array.from({ length: lines }, () => 'riga').join('\n') };
      const pdf = await inspect(
        documentWith([filler, { kind: 'note', title: 'Nota', lines: ['a', 'b', 'c', 'd', 'e', 'f'] }]),
      );
      const note = pdf.elements.slice(-7);
      expect(new Set(note.flatMap((element) => element.pages)).size).toBe(1);
    }
  });

  it('count ten and more for a long document', async () => {
    expect((await inspect(longDocument())).pageCount).toBeGreaterThanOrEqual(10);
  });
});

describe('a character', () => {
  it('that Titillium lacks is printed with the wide font, alone', async () => {
    const pdf = await inspect(documentWith([{ kind: 'paragraph', text: 'Via Ивана 12' }]));
    const runs = pdf.texts.filter((text) => /Via|Ивана|12$/.test(text.text) && text.mcid !== undefined);
    expect(runs.map((run) => [run.font.slice(7), run.text])).toEqual([
      ['TitilliumWeb-Regular', 'Via '],
      ['DejaVuSans', 'Ивана'],
      ['TitilliumWeb-Regular', ' 12'],
    ]);
  });

  it('that no font has, or that has no agreed look, is printed as U+FFFD', async () => {
    const pdf = await inspect(documentWith([{ kind: 'paragraph', text: 'a漢b\u0007c\uE000d\uD800e\u202Ef🦄g' }]));
    expect(tagged(pdf).at(-1)).toBe('P a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFDg');
  });

  it('with a cedilla is not taken for one with a comma below', async () => {
    const pdf = await inspect(documentWith([{ kind: 'paragraph', text: 'Şahin Șerban ŞȘşșŢȚţț' }]));
    expect(tagged(pdf).at(-1)).toBe('P Şahin Șerban ŞȘşșŢȚţț');
  });

  it('of European scripts can be copied out of the document as it was put in', async () => {
    const european = fc.mapToConstant(
      { num: 0x5f, build: (offset) => String.fromCodePoint(0x20 + offset) },
      { num: 0x240, build: (offset) => String.fromCodePoint(0xa0 + offset) },
      { num: 0x60, build: (offset) => String.fromCodePoint(0x370 + offset) },
      { num: 0x60, build: (offset) => String.fromCodePoint(0x400 + offset) },
    );
    const text = fc.string({ unit: european, minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const pdf = await inspect(documentWith([{ kind: 'fields', rows: [{ label: 'x', value }] }]));
        const printed = pdf.elements.find((element) => element.tag === 'TD')?.text ?? '';
        expect(lettersOf(printed)).toBe(lettersOf(printable(value)));
      }),
      { numRuns: 100 },
    );
  });
});

/** Without spaces, which move at line ends, and without the code points that no version of Unicode has given out. */
function lettersOf(text: string): string {
  return text.replace(/[\s\u00A0\uFFFD]|\p{Cn}/gu, '');
}

/** Pairs of texts on the same line whose boxes cross. */
function overlaps(texts: readonly PrintedText[]): [string, string][] {
  const pairs: [string, string][] = [];
  const sorted = [...texts].sort((a, b) => a.page - b.page || b.y - a.y || a.x - b.x);
  sorted.forEach((text, index) => {
    const next = sorted[index + 1];
    if (next === undefined || next.page !== text.page || Math.abs(next.y - text.y) > 6) return;
    if (next.y === text.y && text.x + text.width - 4 > next.x) pairs.push([text.text, next.text]);
  });
  return pairs;
}
