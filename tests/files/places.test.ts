import { FILE_KINDS } from '../../src/application/files/kinds';
import { PLACE_NAMES, PLACES, placeOf } from '../../src/application/files/places';
import { expectProblem } from '../api/support';
import { expectStatus } from '../support/builders';
import { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await buildSystem();
});
afterAll(() => system.stop());

const extensions = (place: keyof typeof PLACES): string =>
  PLACES[place].accept
    .flatMap((kind) => [...FILE_KINDS[kind].extensions])
    .sort()
    .join(' ');

test('each place takes what the manual lists, up to 30 MB', () => {
  expect(extensions('form')).toBe('jpeg jpg p7m pdf png');
  const correspondence =
    'abw apng csv doc docx gif ico jpeg jpg odp ods odt p7 p7c p7m pdf png ppt pptx rtf txt webp xls xlsx xml xp7m zip';
  for (const place of ['message', 'integration', 'note'] as const) expect(extensions(place)).toBe(correspondence);
  expect(extensions('decision')).toBe('doc docx gif jpeg jpg odt p7m pdf png txt xps zip');
  for (const place of PLACE_NAMES) expect(PLACES[place].maxMegabytes).toBe(30);
});

test.each([
  ['vehicle.registrationCertificate', 'form'],
  ['form', 'form'],
  ['integration', 'form'],
  ['integration.1.photo', 'integration'],
  ['message', 'message'],
  ['message.note', 'form'],
  ['note', 'note'],
  ['observations', 'observations'],
  ['decision', 'decision'],
  ['communication', 'communication'],
])('the field %s belongs to the place %s', (field, place) => {
  expect(placeOf(field)).toBe(place);
});

test.each(['giulia.bianchi', 'anna.galli', 'marco.conti', 'elena.riva', 'admin', 'revisore'])(
  '%s may read what is taken where, as pages show it under each control',
  async (username) => {
    const body = await expectStatus(200, (await system.as(username)).get('/api/v1/files/places'));
    expect(body.maxMegabytesTogether).toBe(2048);
    expect(body.items.map((item: { place: string }) => item.place)).toEqual(PLACE_NAMES);
    expect(body.items[0]).toEqual({
      place: 'form',
      label: 'Modulo',
      accept: [
        { kind: 'pdf', label: 'PDF', extensions: ['pdf'] },
        { kind: 'p7m', label: 'P7M (firma digitale)', extensions: ['p7m'] },
        { kind: 'jpg', label: 'JPG', extensions: ['jpg', 'jpeg'] },
        { kind: 'png', label: 'PNG', extensions: ['png'] },
      ],
      maxMegabytes: 30,
      maxFiles: 200,
    });
  },
);

test('a stranger reads nothing', async () => {
  expectProblem(await ApiClient.stranger(system).get('/api/v1/files/places'), {
    code: 'UNAUTHENTICATED',
    status: 401,
    title: 'Accesso necessario',
    detail: 'Manca un accesso valido: il token non c’è, è scaduto o è stato revocato.',
    remedy: 'Ottieni un token con POST /api/v1/tokens e invialo in Authorization: Bearer.',
  });
});
