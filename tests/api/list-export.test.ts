import { seedPractices } from '../queries/seed';
import { ztlContent } from '../support/builders';
import type { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';
import { anId, expectProblem, invalid } from './support';

let system: System;
let operator: ApiClient;
let ids: string[];
beforeAll(async () => {
  system = await buildSystem();
  operator = await system.as('marco.conti');
  ids = await seedPractices(system, [
    {
      code: 'ZTL-2026-000001',
      registration: '0000012/2026',
      registeredAt: '2026-07-01T08:05:00.000Z',
      createdAt: '2026-07-01T08:00:00.000Z',
      changedAt: '2026-12-01T23:30:00.000Z',
      answerBy: '2026-07-31',
      assignee: 'sara.ferri',
      priority: 'high',
      folder: 'Permesso di accesso alla ZTL 2026',
      attention: ['deliveryFailed', 'paymentUnmatched'],
      late: true,
      content: ztlContent([], { permit: { notes: 'Prima riga\nseconda; con "virgolette"' } }),
      files: [
        { field: 'vehicle.registrationCertificate', name: 'libretto.pdf' },
        { field: 'permit.photo', name: 'auto.png' },
      ],
    },
    {
      name: '=HYPERLINK("http://x.example";"premi")',
      taxCode: null,
      status: 'registered',
      identity: 'unverified',
      authorKind: 'operator',
      content: ztlContent([], {
        applicant: { givenName: '+39 333', familyName: '-1+1', email: '@SUM(A1)', phone: '  =1+1' },
        residence: { street: '\t=cmd', city: '＝1+1' },
        permit: { reason: 'work', notes: '\r\n=2+2', privacy: false },
      }),
    },
    { applicant: 'paolo.esposito', status: 'draft' },
  ]);
});
afterAll(() => system.stop());

async function csv(query: string, client = operator) {
  const answer = await client.get(`/api/v1/practices/export.csv?${query}`);
  expect(answer.status).toBe(200);
  return { ...answer, text: (answer.body as Buffer).toString('utf8') };
}

const BOM = '\ufeff';

test('a file for Italian spreadsheets: semicolons, byte order mark, times of Rome, one row for each practice', async () => {
  const { text, headers } = await csv('');
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(headers['content-disposition']).toMatch(/^attachment; filename="pratiche-\d{4}-\d\d-\d\d\.csv"$/);
  expect(headers['cache-control']).toBe('no-store');
  const lines = text.split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe(
    `${BOM}Identificativo;Codice pratica;Servizio;Stato;Identificazione;Richiedente;Codice fiscale;Inserita da;` +
      'Inserita il;Ultima modifica;Inviata il;Pervenuta il;Risposta entro il;In ritardo;Protocollo;Protocollata il;' +
      'Fascicolo;Ufficio;In carico a;Priorità;Fase;Zona;Richiede attenzione;Esito;Conclusa il',
  );
  // By id: in an order by last change, what is touched meanwhile would be skipped.
  const row = lines.find((line) => line.startsWith(ids[0] ?? '-'));
  expect(row).toBe(
    `${ids[0]};ZTL-2026-000001;Permesso di accesso alla ZTL;In carico;local;Giulia Bianchi;BNCGLI85T50D612A;Cittadino;` +
      '01/07/2026 10:00;02/12/2026 00:30;01/07/2026 10:00;01/07/2026 10:00;31/07/2026;Sì;0000012/2026;' +
      '01/07/2026 10:05;Permesso di accesso alla ZTL 2026;Mobilità e permessi;Sara Ferri;Alta;;;' +
      'messaggio non consegnato, pagamento da verificare;;',
  );
  expect(lines[3]).toBe('');
});

test('columns in the order in which they are asked, with any field of the form', async () => {
  const columns =
    'code,data.permit.reason,data.permit.from,data.permit.privacy,data.permit.notes,data.vehicle.registrationCertificate';
  const { text } = await csv(`service=permesso-ztl&columns=${columns}&q=${ids[0]}`);
  expect(text).toBe(
    `${BOM}Codice pratica;Motivo della richiesta;Dal giorno;Ho letto l'informativa sulla privacy;Altre informazioni;` +
      'Carta di circolazione\r\n' +
      'ZTL-2026-000001;Residenza nella zona;01/12/2026;Sì;"Prima riga\nseconda; con ""virgolette""";libretto.pdf\r\n',
  );
});

test('what a spreadsheet would take for a formula is a text', async () => {
  const fields = [
    'applicant.givenName',
    'applicant.familyName',
    'applicant.email',
    'applicant.phone',
    'residence.street',
    'residence.city',
    'permit.notes',
  ];
  const columns = ['applicant', ...fields.map((field) => `data.${field}`)].map((name) => `columns=${name}`).join('&');
  const { text } = await csv(`service=permesso-ztl&${columns}&q=${ids[1]}`);
  const [, row] = text.split('\r\n');
  expect(row).toBe(
    '"\'=HYPERLINK(""http://x.example"";""premi"")";\'+39 333;\'-1+1;\'@SUM(A1);\'=1+1;\'=cmd;\'＝1+1;\'=2+2',
  );
});

test('no practice gives a file with its header alone', async () => {
  expect((await csv('columns=code,status&service=cila')).text).toBe(`${BOM}Codice pratica;Stato\r\n`);
});

test('each exports what they see, and applicants none of the office’s own columns', async () => {
  const { text } = await csv('', await system.as('paolo.esposito'));
  const [header, row, end] = text.split('\r\n');
  expect(header).not.toMatch(/Priorità|Richiede attenzione/);
  expect([row?.split(';')[0], end]).toEqual([ids[2], '']);
  expect((await csv('columns=id', await system.as('luca.neri'))).text).toBe(`${BOM}Identificativo\r\n`);
  expect((await csv('columns=id', await system.as('marco.conti', 'vicinato'))).text).toBe(`${BOM}Identificativo\r\n`);
});

test('draft answers are those of whoever is writing them', async () => {
  const paolo = await system.as('paolo.esposito');
  const created = await paolo.post('/api/v1/practices', {
    service: 'permesso-ztl',
    data: { vehicle: { plate: 'AB123CD' } },
  });
  expect(created.body.id).toEqual(anId);
  const { text } = await csv(`service=permesso-ztl&columns=id,data.vehicle.plate&q=${created.body.id}`, paolo);
  expect(text.split('\r\n')[1]).toBe(`${created.body.id};AB123CD`);
});

const KNOWN =
  'id, code, service, status, identity, applicant, taxCode, author, createdAt, changedAt, confirmedAt, receivedAt, ' +
  'answerBy, late, registration, registeredAt, folder, office, operator, priority, phase, area, attention, outcome, endedAt';

test.each(['salt', 'constructor', 'data', 'data.vehicle', 'data.vehicle.wheels', 'data.vehicle.plate.x'])(
  'the column %s does not exist',
  async (name) => {
    const message = `La colonna "${name}" non esiste. Ci sono: ${KNOWN}, e i campi del modulo come data.sezione.campo.`;
    expectProblem(
      await operator.get(`/api/v1/practices/export.csv?service=permesso-ztl&columns=id,${name}`),
      invalid({ path: 'columns.1', rule: 'column', message }),
    );
  },
);

test('for applicants the office’s own columns do not exist', async () => {
  const citizen = await system.as('giulia.bianchi');
  const { status, body } = await citizen.get('/api/v1/practices/export.csv?columns=priority');
  expect([status, body.errors[0].path, body.errors[0].rule]).toEqual([422, 'columns.0', 'column']);
});

test.each(['', 'service=permesso-ztl&service=cila&'])('form fields need one service: %p', async (services) => {
  const message =
    'I campi del modulo ("data.…") si esportano di un servizio per volta: indica "service", una volta sola.';
  expectProblem(
    await operator.get(`/api/v1/practices/export.csv?${services}columns=data.vehicle.plate`),
    invalid({ path: 'service', rule: 'oneService', message }),
  );
});

test('form fields of a service that does not exist', async () => {
  const { status, body } = await operator.get('/api/v1/practices/export.csv?service=volo&columns=data.a.b');
  expect([status, body.code, body.params]).toEqual([404, 'SERVICE_NOT_FOUND', { service: 'volo' }]);
});

test('sort and pages are not for files', async () => {
  for (const name of ['sort', 'limit', 'cursor']) {
    expectProblem(
      await operator.get(`/api/v1/practices/export.csv?${name}=1`),
      invalid({ path: name, rule: 'unknown', message: `"${name}" qui non esiste: controlla il nome.` }),
    );
  }
});
