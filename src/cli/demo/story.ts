import { z } from 'zod';
import { practiceSchema, timelineSchema } from '../../api/schemas/practice';
import { DEMO_TENANT } from '../../application/demo-data';
import type { RefusalCode } from '../../domain/errors';
import { asId, type PracticeId, type TenantCode, workflowIdOf } from '../../domain/ids';
import { EVENT_LABELS } from '../../domain/practice/event-labels';
import type { EventType } from '../../domain/practice/events';
import { columns } from '../terminal';
import type { DemoFile } from './files';
import type { DemoOptions } from './options';
import { DemoFailure, lookFor } from './patience';
import { payOnPage } from './pay';
import type { Person, Practice } from './person';
import { euros, romeTime, seconds } from './text';

export type TimelineEvent = z.output<typeof timelineSchema>['items'][number];

const LABEL_WIDTH = 48;
const STATUS_WIDTH = 40;

const checkoutSchema = z.object({ url: z.url() });

/** Who plays in a story, and the keys under which their acts are repeated. */
export interface Cast {
  readonly applicant: Person;
  readonly officer: Person;
  /** Part of every idempotency key: the same story told again in the same run is not told twice. */
  readonly key: string;
  /** Page of the mailbox in which the applicant's mails arrive. */
  readonly mailbox: string;
}

/** One practice and its timeline, followed event by event. Nothing is taken for granted that the API does not show. */
export class Story {
  private readonly known: TimelineEvent[] = [];
  private acts = 0;

  private constructor(
    readonly id: string,
    readonly applicant: Person,
    readonly officer: Person,
    private readonly keyPrefix: string,
    readonly options: DemoOptions,
  ) {}

  /** Opens the draft and says where the practice can be watched. */
  static async begin(options: DemoOptions, service: string, cast: Cast): Promise<Story> {
    const { applicant, officer, key, mailbox } = cast;
    const { id } = await applicant.openDraft(service, `${key}.createDraft`);
    const story = new Story(id, applicant, officer, key, options);
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

  /** Instant of the first event. */
  get begunAt(): string {
    return this.known[0]?.at ?? '';
  }

  /** What somebody does next, for whoever watches. */
  tell(text: string): void {
    this.options.report(`            ${text}`);
  }

  /** Uploads a file into the draft, or for an act; `field` says where it belongs. */
  upload(who: Person, field: string, { path, content }: DemoFile): Promise<string> {
    return who.upload(this.id, field, path, content);
  }

  saveDraft(content: object): Promise<void> {
    return this.applicant.saveDraft(this.id, content);
  }

  /** An act of the applicant. */
  applicantActs(what: string, path: string, body?: object): Promise<void> {
    return this.acting(this.applicant, what, path, body);
  }

  /** An act of the officer, on the version that the officer sees now. */
  async officerActs(what: string, path: string, body: object = {}): Promise<void> {
    const { actVersion } = await this.seenBy(this.officer);
    return this.acting(this.officer, what, path, { ...body, actVersion });
  }

  /** An act of the applicant that the office's rules forbid: the demo goes on only if it is refused for that reason. */
  async applicantIsRefused(what: string, path: string, code: RefusalCode, body?: object): Promise<void> {
    return this.beingRefused(this.applicant, what, path, code, body);
  }

  /** The same for an act of the officer. */
  async officerIsRefused(what: string, path: string, code: RefusalCode, body: object = {}): Promise<void> {
    const { actVersion } = await this.seenBy(this.officer);
    return this.beingRefused(this.officer, what, path, code, { ...body, actVersion });
  }

  seenBy(person: Person): Promise<Practice> {
    return person.get('read the practice', this.path, practiceSchema);
  }

  /** Waits for the position to be open, then pays on the gateway's page. */
  async pay(): Promise<void> {
    const payment = await lookFor('the debt position', this.options, async () => {
      const practice = await this.seenBy(this.applicant);
      return practice.payment?.status === 'open' ? practice.payment : undefined;
    });
    if (!payment) throw await this.failure('the debt position was not opened at the payment gateway');
    this.tell(`${this.applicant.name}: pays ${euros(payment.amountCents)} (IUV ${payment.iuv})`);
    const returnUrl = `${this.options.apiUrl}${this.path}`;
    const query = new URLSearchParams({ returnUrl }).toString();
    const { url } = await this.applicant.get('open the checkout', `${this.path}/checkout?${query}`, checkoutSchema);
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
    const practice = await this.seenBy(this.applicant).catch(() => undefined);
    const last = this.known.at(-1);
    return new DemoFailure(what, [
      ...(last ? [`last event: ${last.seq} ${last.label} (${last.type}) at ${romeTime(last.at)}`] : []),
      ...(practice ? [stateOf(practice)] : []),
      ...columns(this.places(), ''),
      `timeline: ${this.options.apiUrl}${this.path}/timeline`,
      ...(this.options.logs ? [`logs of worker and API: ${this.options.logs}`] : []),
    ]);
  }

  private acting(who: Person, what: string, path: string, body?: object): Promise<void> {
    this.tell(`${who.name}: ${what}`);
    return who.act(what, `${this.path}/${path}`, body, this.nextKey(path));
  }

  private async beingRefused(who: Person, what: string, path: string, code: RefusalCode, body?: object): Promise<void> {
    this.tell(`${who.name}: ${what}`);
    const why = await who.refused(what, `${this.path}/${path}`, body, this.nextKey(path), code);
    this.tell(`  refused, as it must be: ${why}`);
  }

  private nextKey(path: string): string {
    this.acts += 1;
    return `${this.keyPrefix}.${this.acts}.${path}`;
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
    const remark = await this.remark(event);
    const row = `  ${romeTime(event.at)}  ${event.label.padEnd(LABEL_WIDTH)}  ${event.statusLabel.padEnd(STATUS_WIDTH)}  ${remark}`;
    this.options.report(row.trimEnd());
  }

  /** The practice's code when it gets one, and the numbers of its documents. */
  private async remark({ type, data: { number, year } }: TimelineEvent): Promise<string> {
    const coded = type === 'submitted' || type === 'accepted';
    const code = coded ? ((await this.seenBy(this.applicant)).code ?? '') : '';
    return code || (typeof number === 'string' && typeof year === 'number' ? `prot. ${number}/${year}` : '');
  }

  private async timeline(): Promise<readonly TimelineEvent[]> {
    return (await this.applicant.get('read the timeline', `${this.path}/timeline`, timelineSchema)).items;
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
