import { randomUUID } from 'node:crypto';
import { act, type World } from './life';
import type { Person } from './people';

/**
 * A practice of the demo's service `segnalazione` (passed on, registered when it is sent, nothing to pay): what one
 * submits is registered without anybody's help.
 */
const CONTENT = {
  applicant: {
    givenName: 'Giulia',
    familyName: 'Bianchi',
    taxCode: 'BNCGLI85T50D612A',
    email: 'giulia.bianchi@posta.example',
  },
  report: {
    kind: 'road',
    zone: 'centro',
    street: 'Via Garibaldi 12',
    description: 'Una buca profonda davanti al numero 12, pericolosa per le biciclette.',
    privacy: true,
  },
};

/** Opens a complete draft. */
export async function draftReport({ api }: Pick<World, 'api'>, citizen: Person): Promise<string> {
  const { body } = await api.expect('createDraft', [201], {
    method: 'POST',
    path: '/api/v1/practices',
    token: citizen.token,
    key: randomUUID(),
    body: { service: 'segnalazione', data: CONTENT },
  });
  return body.id;
}

/** Opens, sends and waits for the registration. Answers the id. */
export async function registeredReport(world: World): Promise<string> {
  const citizen = world.people.citizen();
  const id = await draftReport(world, citizen);
  await act(world, citizen, 'submit', id, 'submit');
  await world.watcher.until(id, 'to be registered', ({ status }) => status === 'registered');
  return id;
}
