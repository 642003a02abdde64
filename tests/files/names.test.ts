import { nameOf, safeName } from '../../src/application/files/names';

test.each([
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\windows\\win.ini', 'win.ini'],
  ['/etc/cron.d/', 'allegato'],
  ['C:libretto.pdf', 'C_libretto.pdf'],
  ['documento.txt:nascosto.exe', 'documento.txt_nascosto.exe'],
  ['..', 'allegato'],
  ['.', 'allegato'],
  ['', 'allegato'],
  ['   ', 'allegato'],
  ['\u0000', 'allegato'],
  ['.htaccess', 'allegato.htaccess'],
  ['.pdf', 'allegato.pdf'],
  ['a.exe.', 'a.exe'],
  ['a.pdf. . .', 'a.pdf'],
  ['riga\r\nSet-Cookie: a=b.pdf', 'rigaSet-Cookie_ a=b.pdf'],
  ['fdp.\u202elibretto.pdf', 'fdp.libretto.pdf'],
  ['a\u200bb\ufeffc\u2066d.pdf', 'abcd.pdf'],
  ['virgolette".pdf', 'virgolette.pdf'],
  ['CON', '_CON'],
  ['con.pdf', '_con.pdf'],
  ['Lpt1.relazione.pdf', '_Lpt1.relazione.pdf'],
  ['NUL .pdf', '_NUL .pdf'],
  ['condominio.pdf', 'condominio.pdf'],
  ['%2e%2e%2fpasswd.pdf', '%2e%2e%2fpasswd.pdf'],
  ['perche\u0301.pdf', 'perché.pdf'],
  ["l'auto (1)*.pdf", "l'auto (1)*.pdf"],
  ['図面.pdf', '図面.pdf'],
])('the name %j is kept as %j', (given, kept) => {
  expect(safeName(given)).toBe(kept);
  expect(safeName(kept)).toBe(kept);
});

test('a long name keeps its end, and no half of a character', () => {
  expect(safeName(`${'l'.repeat(300)}.pdf`)).toBe(`${'l'.repeat(146)}.pdf`);
  expect([...safeName(`${'🚗'.repeat(300)}.pdf`)]).toEqual([...'🚗'.repeat(146), ...'.pdf']);
  expect(safeName(`a${'.'.repeat(200)}pdf`)).toBe('pdf');
});

test('the last extension is always that of the content', () => {
  expect(nameOf('libretto.exe', 'pdf')).toBe('libretto.exe.pdf');
  expect(nameOf('foto.jpeg', 'jpg')).toBe('foto.jpeg');
  expect(nameOf('FOTO.JPG', 'jpg')).toBe('FOTO.JPG');
  expect(nameOf('scansione', 'docx')).toBe('scansione.docx');
});
