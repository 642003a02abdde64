import type { Instant } from '../../src/domain/ids';
import {
  actAndPrint,
  addDocument,
  anAct,
  aPractice,
  type Desk,
  GIULIA,
  MARCO,
  openDesk,
  printRequest,
  TENANT_ID,
} from './support';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const AT = '2026-12-01T09:00:00.000Z' as Instant;
const APPEAL = 'Contro questo provvedimento puoi ricorrere al TAR entro 60 giorni dalla comunicazione';

test('a withdrawal says who takes what back, why and when', async () => {
  const practice = await aPractice(desk);
  const given = { at: AT, actor: GIULIA };
  const withdrawal = await actAndPrint(
    desk,
    practice,
    'withdrawal',
    'withdraw',
    { reason: 'Ho venduto l’auto.' },
    given,
  );
  expect(withdrawal.title).toBe('Ritiro della domanda');
  expect(withdrawal.elements.slice(8)).toEqual([
    'P Giulia Bianchi ritira la domanda «Permesso di accesso alla ZTL».',
    'H2 Motivo',
    'P Ho venduto l’auto.',
    'P Ritirata il 01/12/2026, 10:00.',
  ]);
});

test('a withdrawal needs no reason', async () => {
  const practice = await aPractice(desk);
  const withdrawal = await actAndPrint(desk, practice, 'withdrawal', 'withdraw', {}, { actor: GIULIA });
  expect(withdrawal.text).not.toContain('Motivo');
});

test('a request withdrawn before its PDF was made still gets it, and its receipt', async () => {
  const practice = await aPractice(desk, { state: { status: 'withdrawn' } });
  const { request, receipt } = await printRequest(desk, practice);
  expect(request.title).toBe('Domanda: Permesso di accesso alla ZTL');
  expect(receipt.title).toBe('Ricevuta di presentazione');
});

test('an archiving gives its reasons and leaves the door open', async () => {
  const practice = await aPractice(desk);
  const message = 'La domanda è identica a un’altra già accolta.';
  const archiving = await actAndPrint(desk, practice, 'archiving', 'archive', { message }, { at: AT });
  expect(archiving.title).toBe('Archiviazione della pratica');
  expect(archiving.elements.slice(9, 13)).toEqual([
    'P la pratica relativa alla tua domanda «Permesso di accesso alla ZTL» è archiviata per i motivi che seguono.',
    'H2 Motivi',
    `P ${message}`,
    'P L’archiviazione non impedisce di presentare una nuova domanda.',
  ]);
  expect(archiving.text).toContain(APPEAL);
  expect(archiving.elements).toContain('TD Marco Conti');
});

test('an annulment after the approval annuls the decision by art. 21-nonies', async () => {
  const practice = await aPractice(desk);
  await addDocument(desk, practice, 'decision', await anAct(desk, practice, 'approve', {}, { at: AT }));
  await desk.db.prisma.practiceEventRow.create({
    data: {
      practiceId: practice,
      seq: 1,
      tenantId: TENANT_ID,
      type: 'outcomeRegistered',
      at: AT,
      cause: 'step:registered/1',
      actorId: MARCO,
      data: {},
      status: 'approved',
      prevHash: '',
      hash: '',
    },
  });
  const annulment = await actAndPrint(desk, practice, 'annulment', 'annul', { message: 'Rilasciato per errore.' });
  expect(annulment.title).toBe('Annullamento d’ufficio del provvedimento');
  expect(annulment.elements).toEqual(
    expect.arrayContaining([
      'P il provvedimento del 01/12/2026 che ha accolto la tua domanda «Permesso di accesso alla ZTL» è annullato d’ufficio (art. 21-nonies, legge 241/1990) per i motivi che seguono.',
      'P Rilasciato per errore.',
    ]),
  );
  expect(annulment.text).toContain(APPEAL);
});

test('an annulment before any decision annuls the practice', async () => {
  const practice = await aPractice(desk);
  const annulment = await actAndPrint(desk, practice, 'annulment', 'annul', { message: 'Domanda doppia.' });
  expect(annulment.title).toBe('Annullamento d’ufficio della pratica');
  expect(annulment.elements).toContain(
    'P la pratica relativa alla tua domanda «Permesso di accesso alla ZTL» è annullata d’ufficio per i motivi che seguono.',
  );
  expect(annulment.text).not.toContain('21-nonies');
});
