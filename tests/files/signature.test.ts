import { aPdf } from '../support/builders';
import { aCms, FORM, judged, refused } from './support';

const WANTED = { ...FORM, signedFor: 'Procura' };

/** A PDF with a signature's dictionary, as signing programs add it; `range` is filled with what is left out. */
async function aSignedPdf(dictionary: (range: string) => string): Promise<Buffer> {
  const pdf = await aPdf();
  const contents = `<${'30'.repeat(400)}>`;
  const sized = (range: string) => `\n9 0 obj\n${dictionary(range)} /Contents `;
  const width = sized('[0 0000000000 0000000000 0000000000]').length;
  const before = pdf.length + width;
  const tail = ' >>\nendobj\n%%EOF\n';
  const ten = (value: number) => String(value).padStart(10, '0');
  const range = `[0 ${ten(before)} ${ten(before + contents.length)} ${ten(tail.length)}]`;
  return Buffer.concat([pdf, Buffer.from(`${sized(range)}${contents}${tail}`)]);
}

test.each([
  ['of type Sig', (range: string) => `<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange ${range}`],
  ['of PAdES without a type', (range: string) => `<< /SubFilter /ETSI.CAdES.detached /ByteRange${range}`],
  ['without spaces', (range: string) => `<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange${range}`],
])('a PDF with a signature %s is signed, wherever it is cut', async (_how, dictionary) => {
  const file = await aSignedPdf(dictionary);
  for (const size of [50, 1000, 65_536]) expect(await judged('procura.pdf', file, WANTED, size)).toBe('pdf');
});

test('a p7m is signed', async () => {
  expect(await judged('procura.pdf.p7m', aCms, WANTED)).toBe('p7m');
});

const notSigned = { code: 'FILE_NOT_SIGNED', params: { name: 'procura.pdf', field: 'Procura' } };

test.each<[string, () => Promise<Buffer>]>([
  ['a plain PDF', () => aPdf()],
  ['a PDF that only speaks of a signature', () => aPdf('/Type /Sig /ByteRange')],
  ['a field prepared and not signed', () => aSignedPdf(() => '<< /Type /Sig /ByteRange [0 /********** /**********]')],
  ['a range beyond the file', () => aSignedPdf(() => '<< /Type /Sig /ByteRange [0 10 20 999999999]')],
  ['a range that leaves nothing out', () => aSignedPdf(() => '<< /Type /Sig /ByteRange [0 10 10 20]')],
  ['a range without a signature', () => aSignedPdf((range) => `<< /Type /Font /ByteRange ${range}`)],
])('%s is not signed', async (_what, make) => {
  expect(await refused('procura.pdf', await make(), WANTED)).toEqual(notSigned);
});

test('what can not carry a signature is refused by its type', async () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  expect(await refused('procura.png', png, WANTED)).toEqual({
    code: 'FILE_TYPE_NOT_ALLOWED',
    params: { name: 'procura.png', found: 'PNG', accepted: 'PDF, P7M (firma digitale)' },
  });
});
