import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { createPdfRenderer } from '../../../src/adapters/documents/pdf-renderer';
import { InspectedPdf } from './pdf-inspection';
import { documentWith, longDocument, nastyDocument, ztlApplication } from './sample-documents';
import { findVeraPdf, type Verdict } from './verapdf/verapdf';

jest.setTimeout(300_000);

const models = {
  empty: documentWith([]),
  small: ztlApplication(),
  long: longDocument(),
  nasty: nastyDocument(),
};

let dir: string;
let judge: Verdict | undefined;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'iter-pdfa-'));
  const found = await findVeraPdf();
  if (typeof found === 'function') judge = found;
  else process.stdout.write(`veraPDF is absent: ${found.absent}. Only the structure of the documents is checked.\n`);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function write(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(dir, `${name}.pdf`);
  await writeFile(path, bytes);
  return path;
}

it('every document is PDF/A-2a: by its structure, and by the judgement of veraPDF when it is present', async () => {
  const paths: string[] = [];
  for (const [name, model] of Object.entries(models)) {
    const bytes = await createPdfRenderer().render(model);
    const pdf = await InspectedPdf.of(bytes);
    expect(pdf.facts).toMatchObject({
      marked: true,
      language: model.language,
      outputIntent: 'GTS_PDFA1',
      hasProfile: true,
    });
    expect(pdf.xmp).toMatch(/<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>A</);
    expect(pdf.fonts.filter((font) => !font.embedded || !font.toUnicode)).toEqual([]);
    paths.push(await write(name, bytes));
  }
  if (judge !== undefined) expect(await judge(paths)).toEqual(paths.map((path) => `compliant ${path}`));
});

it('a document that is not PDF/A does not pass for one', async () => {
  const plain = await PDFDocument.create();
  plain.addPage().drawText('Comune di Bugliano', { font: await plain.embedFont(StandardFonts.Helvetica) });
  const bytes = await plain.save();
  await expect(InspectedPdf.of(bytes)).rejects.toThrow();
  if (judge !== undefined) expect((await judge([await write('plain', bytes)]))[0]).toMatch(/^violation /);
});
