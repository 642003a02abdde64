import { aPdf, aPng } from '../support/builders';
import {
  aCms,
  aDocx,
  anOdf,
  anOle,
  anXlsx,
  anXps,
  aPlainZip,
  aPptx,
  aZip,
  DECISION,
  FORM,
  judged,
  MESSAGE,
  refused,
} from './support';

const hex = (text: string, size = 64): Buffer =>
  Buffer.concat([Buffer.from(text.replace(/ /g, ''), 'hex'), Buffer.alloc(size)]);
const JPG = hex('ffd8ffe000104a46494600');
const GIF = Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(40)]);
const WEBP = Buffer.concat([Buffer.from('RIFF\u0000\u0000\u0000\u0000WEBPVP8 ', 'latin1'), Buffer.alloc(40)]);
const ICO = hex('00000100 0100');
/** The chunk `acTL` before the picture makes it animated. */
const APNG = Buffer.concat([
  aPng.subarray(0, 33),
  Buffer.from('000000086163544c0000000100000000b92d0e60', 'hex').subarray(0, 20),
  aPng.subarray(33),
]);
const PEM = Buffer.from(`-----BEGIN PKCS7-----\n${aCms.toString('base64')}\n-----END PKCS7-----\n`);
const BASE64 = Buffer.from(aCms.toString('base64').replace(/(.{64})/g, '$1\r\n'));

test.each<[string, Buffer, string]>([
  ['relazione.doc', anOle('WordDocument'), 'doc'],
  ['relazione.docx', aDocx, 'docx'],
  ['relazione.odt', anOdf('text'), 'odt'],
  ['conti.xls', anOle('Workbook'), 'xls'],
  ['conti-95.xls', anOle('Book'), 'xls'],
  ['conti.xlsx', anXlsx, 'xlsx'],
  ['conti.ods', anOdf('spreadsheet'), 'ods'],
  ['lucidi.ppt', anOle('PowerPoint Document'), 'ppt'],
  ['lucidi.pptx', aPptx, 'pptx'],
  ['lucidi.odp', anOdf('presentation'), 'odp'],
  ['dati.csv', Buffer.from('nome;importo\nGiulia;12,50\n'), 'csv'],
  ['dati.xml', Buffer.from('\ufeff<?xml version="1.0"?><dati/>'), 'xml'],
  ['lettera.rtf', Buffer.from('{\\rtf1\\ansi Buongiorno}'), 'rtf'],
  ['lettera.abw', Buffer.from('<?xml version="1.0"?><abiword/>'), 'abw'],
  ['nota.txt', Buffer.from('Perché no? È già così.'), 'txt'],
  ['nota-vecchia.txt', Buffer.from('Perch\u00e9 no? \u0080 12', 'latin1'), 'txt'],
  ['BM.txt', Buffer.from('BM è una sigla, non una immagine'), 'txt'],
  ['foto.JPEG', JPG, 'jpg'],
  ['foto.jpg', JPG, 'jpg'],
  ['foto.png', aPng, 'png'],
  ['animata.apng', APNG, 'apng'],
  ['animata.png', APNG, 'png'],
  ['foto.webp', WEBP, 'webp'],
  ['icona.ico', ICO, 'ico'],
  ['foto.gif', GIF, 'gif'],
  ['atto.pdf.p7m', aCms, 'p7m'],
  ['atto.pem.p7m', PEM, 'p7m'],
  ['atto.base64.p7m', BASE64, 'p7m'],
  ['atto.p7', aCms, 'p7'],
  ['atto.xml.xp7m', aCms, 'xp7m'],
  ['certificati.p7c', aCms, 'p7c'],
  ['tutto.zip', aPlainZip, 'zip'],
  ['tutto-con-commento.zip', aZip({ 'a.txt': 'a' }, 'fatto da PK'), 'zip'],
  ['vuoto.zip', aZip({}), 'zip'],
  ['un-documento.zip', aDocx, 'zip'],
])('a message takes %s as what it is', async (name, file, kind) => {
  expect(await judged(name, file)).toBe(kind);
  expect(await judged(name, file, MESSAGE, 7)).toBe(kind);
  expect(await judged(name, file, MESSAGE, 1_000_000)).toBe(kind);
});

test.each<[string, Buffer, string]>([
  ['atto.xps', anXps, 'xps'],
  ['atto.txt', Buffer.from('testo'), 'txt'],
  ['atto.docx', aDocx, 'docx'],
  ['allegati.zip', aPlainZip, 'zip'],
])('a decision takes %s', async (name, file, kind) => {
  expect(await judged(name, file, DECISION)).toBe(kind);
});

test('a PDF is taken everywhere', async () => {
  const pdf = await aPdf();
  for (const wanted of [FORM, MESSAGE, DECISION]) expect(await judged('a.pdf', pdf, wanted)).toBe('pdf');
});

test.each<[string, Buffer, string]>([
  ['scansione', JPG, 'jpg'],
  ['relazione', aDocx, 'docx'],
  ['relazione', anOdf('text'), 'odt'],
  ['conti.backup', anOle('Workbook'), 'xls'],
  ['firmato', aCms, 'p7m'],
])('a name without an extension of ours says nothing: %s is judged by its content', async (name, file, kind) => {
  expect(await judged(name, file)).toBe(kind);
});

const mismatch = (name: string, declared: string, found: string) => ({
  code: 'FILE_CONTENT_MISMATCH',
  params: { name, declared, found },
});
const EXE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]);

test.each<[string, Buffer, string, string]>([
  ['relazione.docx', aPlainZip, 'DOCX', 'ZIP'],
  ['relazione.docx', anXlsx, 'DOCX', 'XLSX'],
  ['relazione.odt', anOdf('spreadsheet'), 'ODT', 'ODS'],
  ['relazione.doc', anOle('Workbook'), 'DOC', 'XLS'],
  ['installa.doc', anOle('DigitalSignature'), 'DOC', 'sconosciuto'],
  ['relazione.doc', aDocx, 'DOC', 'ZIP'],
  ['rotto.zip', aPlainZip.subarray(0, -3), 'ZIP', 'sconosciuto'],
  ['rotto.docx', aDocx.subarray(0, 60), 'DOCX', 'sconosciuto'],
  ['nota.txt', EXE, 'TXT', 'application/x-msdownload'],
  ['nota.txt', Buffer.from('testo con \u0000 in mezzo'), 'TXT', 'sconosciuto'],
  ['nota.txt', Buffer.from('perch\u00e9 \u0081', 'latin1'), 'TXT', 'sconosciuto'],
  ['dati.csv', Buffer.from('a;b', 'utf16le'), 'CSV', 'sconosciuto'],
  ['dati.xml', Buffer.from('nome;importo'), 'XML', 'sconosciuto'],
  ['lettera.rtf', Buffer.from('Buongiorno'), 'RTF', 'sconosciuto'],
  ['nota.txt', aCms, 'TXT', 'P7M (firma digitale)'],
  ['atto.p7m', Buffer.from('QnVvbmdpb3Jubw=='.repeat(10)), 'P7M (firma digitale)', 'sconosciuto'],
  ['foto.apng', aPng, 'APNG', 'PNG'],
  ['foto.png', GIF, 'PNG', 'GIF'],
])('%s that is something else is refused', async (name, file, declared, found) => {
  expect(await refused(name, file)).toEqual(mismatch(name, declared, found));
});

test.each<[string, Buffer, string]>([
  ['programma.exe', EXE, 'application/x-msdownload'],
  ['script.sh', Buffer.from('#!/bin/sh\nrm -rf /'), 'sconosciuto'],
  ['pagina.html', Buffer.from('<html><script>alert(1)</script>'), 'sconosciuto'],
  ['video.mp4', hex('0000002066747970 69736f6d'), 'video/mp4'],
  ['atto.xps', anXps, 'ZIP'],
])('%s is taken nowhere in the correspondence, and is told what is', async (name, file, found) => {
  const answer = await refused(name, file);
  expect(answer).toEqual({
    code: 'FILE_TYPE_NOT_ALLOWED',
    params: {
      name,
      found,
      accepted:
        'DOC, DOCX, ODT, PDF, XLS, XLSX, ODS, PPT, PPTX, ODP, CSV, XML, RTF, ABW, TXT, JPG, PNG, APNG, WEBP, ICO, GIF, P7 (firma digitale), P7M (firma digitale), XP7M (firma digitale), P7C (certificati), ZIP',
    },
  });
});

test.each<[string, Buffer, string]>([
  ['relazione.docx', aDocx, 'application/zip'],
  ['nota.txt', Buffer.from('ciao'), 'sconosciuto'],
  ['foto.gif', GIF, 'image/gif'],
  ['certificati.p7c', aCms, 'P7M (firma digitale)'],
])('%s is good for a message and not for a form', async (name, file, found) => {
  const accepted = 'PDF, P7M (firma digitale), JPG, PNG';
  expect(await refused(name, file, FORM)).toEqual({ code: 'FILE_TYPE_NOT_ALLOWED', params: { name, found, accepted } });
  await judged(name, file);
});

test.each<[string, Buffer]>([
  ['conti.xlsx', anXlsx],
  ['dati.csv', Buffer.from('a;b')],
  ['foto.webp', WEBP],
])('%s is no file for a decision', async (name, file) => {
  expect(await refused(name, file, DECISION)).toMatchObject({ code: 'FILE_TYPE_NOT_ALLOWED' });
});

test('text is judged to its last byte', async () => {
  const long = Buffer.concat([Buffer.alloc(3_000_000, 'a'), Buffer.from([0])]);
  expect(await refused('lungo.txt', long)).toMatchObject({ code: 'FILE_CONTENT_MISMATCH' });
  const half = Buffer.concat([Buffer.alloc(100, 'a'), Buffer.from('è€').subarray(0, 4), Buffer.from([0x41, 0x81])]);
  expect(await refused('mezzo.txt', half)).toMatchObject({ code: 'FILE_CONTENT_MISMATCH' });
});

test('a document as large as a place allows is judged without being kept in memory', async () => {
  const entries: Record<string, string> = { 'word/document.xml': 'x'.repeat(29_000_000), '[Content_Types].xml': '' };
  expect(await judged('grande.docx', aZip(entries), MESSAGE, 65_536)).toBe('docx');
});
