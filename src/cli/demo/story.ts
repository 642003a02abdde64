import { z } from 'zod';
import { practiceSchema, timelineSchema } from '../../api/schemas/practice';
import { DEMO_TENANT } from '../../application/demo-data';
import { asId, type PracticeId, type TenantCode, workflowIdOf } from '../../domain/ids';
import { EVENT_LABELS } from '../../domain/practice/event-labels';
import type { EventType } from '../../domain/practice/events';
import { columns } from '../terminal';
import type { DemoOptions } from './options';
import { DemoFailure, lookFor } from './patience';
import { payOnPage } from './pay';
import type { Person, Practice } from './person';
import { registrationText, romeTime, seconds } from './text';

export type TimelineEvent = z.output<typeof timelineSchema>['items'][number];

const LABEL_WIDTH = 48;
const STATUS_WIDTH = 40;

const checkoutSchema = z.object({ url: z.url() });

/** One practice and its timeline, followed event by event. Nothing is taken for granted that the API does not show. */
export class Story {
  private readonly known: TimelineEvent[] = [];

  private constructor(
    readonly id: string,
    readonly citizen: Person,
    readonly operator: Person,
    private readonly keyPrefix: string,
    readonly options: DemoOptions,
  ) {}

  /** Opens the draft and says where the practice can be watched. */
  static async begin(
    options: DemoOptions,
    key: string,
    citizen: Person,
    operator: Person,
    mailbox: string,
  ): Promise<Story> {
    const { id } = await citizen.openDraft('permesso-ztl', `${key}.createDraft`);
    const story = new Story(id, citizen, operator, key, options);
    for (const text of columns([...story.places(), ['Mailbox', mailbox]])) options.report(text);
    options.report('');
    await story.expect('draftCreated');
    return story;
  }

  get path(): string {
    return `/api/v1/practices/${this.id}`;
  }

  get events(): readonly TimelineEvent[] {
    return this.known;
  }

  /** What somebody does next, for whoever watches. */
  tell(text: string): void {
    this.options.report(`            ${text}`);
  }

  /** An act of the applicant. */
  async applicantActs(what: string, path: string, body?: object): Promise<void> {
    this.tell(`${this.citizen.name}: ${what}`);
    await this.citizen.act(what, `${this.path}/${path}`, body, `${this.keyPrefix}.${path}`);
  }

  /** An act of the officer, on the version that the officer sees now. */
  async officerActs(what: string, path: string, body: object = {}): Promise<void> {
    this.tell(`${this.operator.name}: ${what}`);
    const { actVersion } = await this.seenBy(this.operator);
    await this.operator.act(what, `${this.path}/${path}`, { ...body, actVersion }, `${this.keyPrefix}.${path}`);
  }

  seenBy(person: Person): Promise<Practice> {
    return person.get('read the practice', this.path, practiceSchema);
  }

  /** Waits for the position to be open, then pays on the gateway's page. */
  async pay(): Promise<void> {
    const payment = await lookFor('the debt position', this.options, async () => {
      const practice = await this.seenBy(this.citizen);
      return practice.payment?.status === 'open' ? practice.payment : undefined;
    });
    if (!payment) throw await this.failure('the debt position was not opened at the payment gateway');
    this.tell(`${this.citizen.name}: pays ${(payment.amountCents / 100).toFixed(2)} € (IUV ${payment.iuv})`);
    const returnUrl = `${this.options.apiUrl}${this.path}`;
    const query = new URLSearchParams({ returnUrl }).toString();
    const { url } = await this.citizen.get('open the checkout', `${this.path}/checkout?${query}`, checkoutSchema);
    await payOnPage(url, returnUrl, this.options);
  }

  /**
   * Waits for exactly these events, in this order, and tells each as it comes. The limit counts anew from each of them.
   * @throws DemoFailure for a missing one, another one or a gap in the numbers
   */
  async expect(...types: readonly EventType[]): Promise<void> {
    for (const type of types) await this.expectNext(type);
  }

  /** Nothing more may have happened than what was expected. */
  async expectNothingMore(): Promise<void> {
    const extra = (await this.timeline())[this.known.length];
    if (extra) throw await this.failure(`event ${extra.seq} was not expected: ${extra.label} (${extra.type})`);
  }

  /** What went wrong, with the state of the practice and the places where the reason may be found. */
  async failure(what: string): Promise<DemoFailure> {
    const practice = await this.seenBy(this.citizen).catch(() => undefined);
    const last = this.known.at(-1);
    return new DemoFailure(what, [
      ...(last ? [`last event: ${last.seq} ${last.label} (${last.type}) at ${romeTime(last.at)}`] : []),
      ...(practice ? [stateOf(practice)] : []),
      ...columns(this.places(), ''),
      `timeline: ${this.options.apiUrl}${this.path}/timeline`,
      ...(this.options.logs ? [`logs of worker and API: ${this.options.logs}`] : []),
    ]);
  }

  private async expectNext(type: EventType): Promise<void> {
    const seq = this.known.length + 1;
    const found = await lookFor(EVENT_LABELS[type], this.options, async () => (await this.timeline())[seq - 1]);
    const expected = `expected event ${seq}: ${EVENT_LABELS[type]} (${type})`;
    if (!found) throw await this.failure(`${expected}; it did not come within ${seconds(this.options.limitMs)}`);
    if (found.type !== type || found.seq !== seq) {
      throw await this.failure(`${expected}; found event ${found.seq}: ${found.label} (${found.type})`);
    }
    this.known.push(found);
    await this.print(found);
  }

  private async print(event: TimelineEvent): Promise<void> {
    const code = event.type === 'submitted' ? ((await this.seenBy(this.citizen)).code ?? '') : '';
    const { number, year } = event.data;
    const registered = typeof number === 'string' && typeof year === 'number' ? { number, year } : null;
    const remark = code || (registered ? `prot. ${registrationText(registered)}` : '');
    const row = `  ${romeTime(event.at)}  ${event.label.padEnd(LABEL_WIDTH)}  ${event.statusLabel.padEnd(STATUS_WIDTH)}  ${remark}`;
    this.options.report(row.trimEnd());
  }

  private async timeline(): Promise<readonly TimelineEvent[]> {
    return (await this.citizen.get('read the timeline', `${this.path}/timeline`, timelineSchema)).items;
  }

  private places(): readonly (readonly string[])[] {
    const { apiUrl, temporalUiUrl, namespace } = this.options;
    const workflowId = workflowIdOf(asId<TenantCode>(DEMO_TENANT.code), asId<PracticeId>(this.id));
    return [
      ['Practice', `${apiUrl}${this.path}`],
      ['Temporal UI', `${temporalUiUrl}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`],
    ];
  }
}

function stateOf({ statusLabel, status, attention, pending }: Practice): string {
  const waiting = pending.map(({ act, receivedAt }) => `${act} (received at ${romeTime(receivedAt)})`).join(', ');
  return [
    `state: ${statusLabel} (${status})`,
    ...(attention.length > 0 ? [`needs attention: ${attention.join(', ')}`] : []),
    ...(waiting ? [`acts without outcome: ${waiting}`] : []),
  ].join('; ');
}
