import type { z } from 'zod';
import { publishService } from '../../src/application/seed';
import { type ServiceDefinition, serviceDefinitionSchema } from '../../src/application/services/definition';
import { expectStatus } from './builders';
import type { ApiClient, Body } from './client';
import type { System } from './system';
import { until } from './until';

type Given = Partial<z.input<typeof serviceDefinitionSchema>>;

let made = 0;

/** Letters for a number, so that no two services share a prefix. */
function letters(n: number): string {
  return String.fromCharCode(65 + Math.floor(n / 26), 65 + (n % 26));
}

/** A small service: four fields about the applicant, one choice and one number, decided by the office `mobilita`. */
export function aService(changes: Given = {}): ServiceDefinition {
  made += 1;
  return serviceDefinitionSchema.parse({
    code: `prova-${made}`,
    version: 1,
    name: `Servizio di prova ${made}`,
    summary: 'Un servizio che esiste solo nelle prove.',
    offices: ['mobilita'],
    codePrefix: `PRV${letters(made)}`,
    workflow: 'approval',
    registration: 'onSubmission',
    termDays: 30,
    attachments: { accept: ['pdf', 'p7m', 'jpg', 'png'], maxMegabytes: 30 },
    form: {
      sections: [
        {
          key: 'applicant',
          title: 'Richiedente',
          fields: [
            { key: 'givenName', label: 'Nome', type: 'text' },
            { key: 'familyName', label: 'Cognome', type: 'text' },
            { key: 'taxCode', label: 'Codice fiscale', type: 'taxCode' },
            { key: 'email', label: 'E-mail', type: 'email' },
          ],
        },
        {
          key: 'request',
          title: 'Richiesta',
          fields: [
            {
              key: 'kind',
              label: 'Tipo',
              type: 'choice',
              required: false,
              options: [
                { value: 'small', label: 'Piccola' },
                { value: 'large', label: 'Grande' },
              ],
            },
            { key: 'metres', label: 'Metri', type: 'number', required: false, decimals: 2 },
          ],
        },
      ],
    },
    ...changes,
  });
}

/** Publishes a service in the demo municipality of a system and gives its code. */
export async function offer(system: System, changes: Given = {}): Promise<string> {
  const definition = aService(changes);
  await publishService(system.db, system.application.clock, 'bugliano', definition);
  return definition.code;
}

/** What Giulia writes in the form of such a service. */
export function giulia(request: Record<string, unknown> = {}) {
  return {
    applicant: {
      givenName: 'Giulia',
      familyName: 'Bianchi',
      taxCode: 'BNCGLI85T50D612A',
      email: 'giulia.bianchi@posta.example',
    },
    ...(Object.keys(request).length > 0 && { request }),
  };
}

/** A draft that only has to be sent. */
export async function draftOf(citizen: ApiClient, service: string, request: Record<string, unknown> = {}) {
  const draft = await expectStatus(201, citizen.post('/api/v1/practices', { service, data: giulia(request) }));
  return draft.id as string;
}

/** Sent; whatever the service asks for next. */
export async function sent(citizen: ApiClient, service: string, request: Record<string, unknown> = {}) {
  const id = await draftOf(citizen, service, request);
  await does(citizen, id, 'submit');
  return id;
}

/** An applicant's act, which must succeed. */
export function does(person: ApiClient, id: string, path: string, body?: object): Promise<Body> {
  return expectStatus(200, person.post(`/api/v1/practices/${id}/${path}`, body));
}

/** An officer's act on the version seen now, which must succeed. */
export async function decides(officer: ApiClient, id: string, path: string, body: object = {}): Promise<Body> {
  return expectStatus(200, attempts(officer, id, path, body));
}

/** An officer's act on the version seen now, whatever comes of it. */
export async function attempts(officer: ApiClient, id: string, path: string, body: object = {}) {
  const { body: seen } = await officer.get(`/api/v1/practices/${id}`);
  return officer.post(`/api/v1/practices/${id}/${path}`, { ...body, actVersion: seen.actVersion });
}

/** Types of the events so far, in order. */
export async function story(person: ApiClient, id: string): Promise<string[]> {
  const { items } = await expectStatus(200, person.get(`/api/v1/practices/${id}/timeline`));
  return items.map((event: { type: string }) => event.type);
}

/** Waits until an event has happened. */
export function happened(person: ApiClient, id: string, type: string): Promise<string[]> {
  return until(`${type} on ${id}`, async () => {
    const types = await story(person, id);
    return types.includes(type) ? types : undefined;
  });
}

/** Documents by kind, with their number; null where there is none. */
export async function papers(person: ApiClient, id: string): Promise<[string, string | null][]> {
  const { items } = await expectStatus(200, person.get(`/api/v1/practices/${id}/documents`));
  return items.map((row: Body) => [row.kind, row.registration?.number ?? null]);
}

/** Waits until the last document of a kind has its number. */
export function registered(person: ApiClient, id: string, kind: string): Promise<string> {
  return until(`${kind} of ${id} to be registered`, async () => {
    const number = (await papers(person, id)).filter(([found]) => found === kind).at(-1)?.[1];
    return number ?? undefined;
  });
}

const known = new WeakMap<System, Map<string, Promise<ApiClient>>>();

/** A person of the demo municipality, logged in once per system: log-ins are counted. */
export function as(system: System, username: string): Promise<ApiClient> {
  const people = known.get(system) ?? new Map<string, Promise<ApiClient>>();
  known.set(system, people);
  const client = people.get(username) ?? system.as(username);
  people.set(username, client);
  return client;
}
