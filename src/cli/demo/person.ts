import { basename } from 'node:path';
import { z } from 'zod';
import { acceptedSchema } from '../../api/schemas/common';
import { attachmentSchema, practiceSchema } from '../../api/schemas/practice';
import { DEMO_TENANT, type DemoLogin } from '../../application/demo-data';
import { type Answer, described, exchange, expectBody, type Request } from './http';
import { DemoFailure, lookFor, type Patience } from './patience';
import { seconds } from './text';

export type Practice = z.output<typeof practiceSchema>;

const doneSchema = z.object({ practice: practiceSchema });
const refusalSchema = z.object({ code: z.string(), detail: z.string() });
const outcomeSchema = z.object({
  outcome: z.object({ result: z.string(), code: z.string().optional() }).nullable(),
});

/** Somebody who is logged in and uses the public API, and nothing else. */
export class Person {
  private constructor(
    readonly name: string,
    private readonly apiUrl: string,
    private readonly token: string,
    private readonly patience: Patience,
  ) {}

  static async logIn(apiUrl: string, patience: Patience, login: DemoLogin): Promise<Person> {
    const { username, password, name } = login;
    const what = `log-in of ${username}`;
    const answer = await exchange(what, patience, {
      method: 'POST',
      url: `${apiUrl}/api/v1/tokens`,
      headers: { 'content-type': 'application/json' },
      body: () => JSON.stringify({ tenant: DEMO_TENANT.code, username, password }),
    });
    if (answer.status === 401) {
      throw new DemoFailure(`${what}: ${described(answer)}`, ['the demo municipality may be missing: npx iter seed']);
    }
    const { token } = expectBody(what, answer, 201, z.object({ token: z.string() }));
    return new Person(name, apiUrl, token, patience);
  }

  async logOut(): Promise<void> {
    await this.send('log-out', { method: 'DELETE', url: '/api/v1/tokens/current' });
  }

  async get<S extends z.ZodType>(what: string, path: string, schema: S): Promise<z.output<S>> {
    return expectBody(what, await this.send(what, { method: 'GET', url: path }), 200, schema);
  }

  async download(what: string, path: string): Promise<Buffer> {
    const answer = await this.send(what, { method: 'GET', url: path });
    if (answer.status !== 200) throw new DemoFailure(`${what}: expected 200, got ${described(answer)}`);
    return answer.bytes;
  }

  /** Opens a draft. The same key always gives the same draft. */
  async openDraft(service: string, key: string): Promise<Practice> {
    const what = 'open a draft';
    return expectBody(what, await this.post(what, '/api/v1/practices', { service }, key), 201, practiceSchema);
  }

  async saveDraft(practice: string, data: object): Promise<void> {
    const what = 'save the draft';
    const answer = await this.send(what, {
      method: 'PUT',
      url: `/api/v1/practices/${practice}/draft`,
      headers: { 'content-type': 'application/json' },
      body: () => JSON.stringify({ data }),
    });
    expectBody(what, answer, 200, z.object({ version: z.number() }));
  }

  /** Uploads a file. Repeated, it leaves a copy that no field names; only the one answered here is used. */
  async upload(practice: string, field: string, path: string, content: Buffer): Promise<string> {
    const what = `upload ${basename(path)}`;
    const answer = await this.send(what, {
      method: 'POST',
      url: `/api/v1/practices/${practice}/attachments?field=${encodeURIComponent(field)}`,
      body: () => {
        const form = new FormData();
        form.set('file', new Blob([new Uint8Array(content)]), basename(path));
        return form;
      },
    });
    return expectBody(what, answer, 201, attachmentSchema).id;
  }

  /**
   * Does an act under a key of its own, the same when it has to be repeated. Answers once the effect can be seen: at once
   * (200), or after looking where the receipt (202) says to look.
   */
  async act(what: string, path: string, body: object | undefined, key: string): Promise<void> {
    const answer = await this.post(what, path, body, key);
    if (answer.status !== 202) {
      expectBody(what, answer, 200, doneSchema);
      return;
    }
    const { href } = expectBody(what, answer, 202, acceptedSchema);
    this.patience.report(`  … ${what}: accepted (202), looking at ${href}`);
    const outcome = await lookFor('its outcome', this.patience, async () => {
      return (await this.get(what, href, outcomeSchema)).outcome ?? undefined;
    });
    if (!outcome) throw new DemoFailure(`${what}: no outcome within ${seconds(this.patience.limitMs)} at ${href}`);
    if (outcome.result !== 'done') throw new DemoFailure(`${what}: ${outcome.result} ${outcome.code ?? ''} at ${href}`);
  }

  /** Tries an act that must be refused, and answers how. @throws DemoFailure when it is not refused, or for another reason */
  async refused(what: string, path: string, body: object | undefined, key: string, code: string): Promise<string> {
    const answer = await this.post(what, path, body, key);
    const problem =
      answer.status >= 400 ? refusalSchema.safeParse(JSON.parse(answer.bytes.toString('utf8'))) : undefined;
    if (problem?.data?.code === code) return problem.data.detail;
    throw new DemoFailure(`${what}: expected the refusal ${code}, got ${described(answer)}`);
  }

  private post(what: string, url: string, body: object | undefined, key: string): Promise<Answer> {
    return this.send(what, {
      method: 'POST',
      url,
      headers: { 'idempotency-key': key, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: () => JSON.stringify(body) }),
    });
  }

  private send(what: string, request: Request): Promise<Answer> {
    return exchange(what, this.patience, {
      ...request,
      url: `${this.apiUrl}${request.url}`,
      headers: { ...request.headers, authorization: `Bearer ${this.token}` },
    });
  }
}
