import { randomUUID } from 'node:crypto';
import { messagesToCount } from '../../src/application/conversation/accepted';
import { RefusedError } from '../../src/domain/errors';
import { instant } from '../../src/domain/ids';
import { aPdf, completeDraft, expectStatus } from '../support/builders';
import type { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';

let system: System;
let citizen: ApiClient;
let id: string;
beforeAll(async () => {
  system = await buildSystem({ waitMs: 0 });
  citizen = await system.as('giulia.bianchi');
  id = await submitted();
});
afterAll(() => system.stop());

async function submitted(): Promise<string> {
  const practice = await completeDraft(citizen);
  await expectStatus(202, citizen.post(`/api/v1/practices/${practice}/submit`));
  return practice;
}

async function write(practice: string, text: string, attachments: readonly string[] = []) {
  return expectStatus(201, citizen.post(`/api/v1/practices/${practice}/messages`, { text, attachments }));
}

const count = (ids: readonly string[], since: string) =>
  messagesToCount(system.db.prisma, id, ids, instant(new Date(since)));

async function refusedFields(ids: readonly string[], since: string) {
  const error = await count(ids, since).catch((failed: unknown) => failed);
  if (!(error instanceof RefusedError)) throw error;
  return { code: error.refusal.code, fields: error.fields };
}

test('messages that count are given as they are, with their files, oldest first', async () => {
  const file = await expectStatus(201, citizen.upload(id, 'message', 'piano.pdf', await aPdf()));
  const first = await write(id, 'Ecco il piano.', [file.id]);
  const second = await write(id, 'E la data.');
  expect(await count([second.id, first.id], first.createdAt)).toEqual([
    { id: first.id, at: first.createdAt, text: 'Ecco il piano.', files: [file] },
    { id: second.id, at: second.createdAt, text: 'E la data.', files: [] },
  ]);
});

test('none at all is refused', async () => {
  expect(await refusedFields([], '2026-01-01')).toEqual({
    code: 'VALIDATION_FAILED',
    fields: [{ path: 'messages', rule: 'required', message: 'Scegli almeno un messaggio del richiedente.' }],
  });
});

test('each id that does not count is named: before the request, of the office, of another practice, unknown, twice', async () => {
  const before = await write(id, 'Prima della richiesta.');
  const since = instant(Date.parse(before.createdAt) + 1);
  const elsewhere = await write(await submitted(), 'Altrove.');
  const good = await write(id, 'Dopo la richiesta.');
  const office = randomUUID();
  const { tenantId } = await system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
  await system.db.prisma.conversationMessage.create({
    data: {
      id: office,
      tenantId,
      practiceId: id,
      authorId: randomUUID(),
      side: 'office',
      text: 'Mandi il piano.',
      attachments: [],
      createdAt: system.application.clock.now(),
      idempotencyKey: office,
    },
  });
  const ids = [before.id, good.id, office, elsewhere.id, randomUUID(), good.id];
  const wrong = (index: number) => ({
    path: `messages.${index}`,
    rule: 'message',
    message: 'Non è un messaggio del richiedente scritto dopo la richiesta di integrazioni.',
  });
  expect(await refusedFields(ids, since)).toEqual({
    code: 'VALIDATION_FAILED',
    fields: [
      wrong(0),
      wrong(2),
      wrong(3),
      wrong(4),
      { path: 'messages.5', rule: 'doubled', message: 'Il messaggio è indicato due volte.' },
    ],
  });
});
