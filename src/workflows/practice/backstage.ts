import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { ActivityFailure, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { EVENT_LABELS } from '../../domain/practice/event-labels';
import type { EventDraft, PracticeEvent } from '../../domain/practice/events';
import { hasEnded, type PracticeState } from '../../domain/practice/state';
import { coarseStatus, STATUS_LABELS } from '../../domain/practice/states';
import { isTold, needsEvidence } from '../../domain/practice/told';
import { DEADLINE_LABELS, type Deadline, deadlineText, nearestDeadline } from '../../domain/terms/practice-clock';
import type { PracticeEntity } from './entity';
import { unlessParked } from './parking';
import type { Proxies } from './proxies';
import { now } from './steps/time';

export const TENANT = defineSearchAttributeKey('Tenant', SearchAttributeType.KEYWORD);
export const SERVICE = defineSearchAttributeKey('Service', SearchAttributeType.KEYWORD);
export const STATUS = defineSearchAttributeKey('PracticeStatus', SearchAttributeType.KEYWORD);
export const LEGAL_DEADLINE = defineSearchAttributeKey('LegalDeadline', SearchAttributeType.DATETIME);
export const CODE = defineSearchAttributeKey('Code', SearchAttributeType.KEYWORD);
export const ATTENTION = defineSearchAttributeKey('Attention', SearchAttributeType.BOOL);

/**
 * What follows a transition without holding it up: an act with legal effect is brought to the applicant, whose evidence
 * comes back, and the engine's own screens are kept legible. The practice ends only when every evidence is settled.
 */
export class Backstage {
  private pending = 0;
  private indexed: string;

  constructor(
    private readonly a: Proxies,
    private readonly page: string,
    initial: PracticeEntity['state'],
    /** What is merely told is queued by the projection and is no business of the workflow's. */
    private readonly byQueue: boolean,
  ) {
    this.indexed = indexKey(coarseStatus(initial.status), undefined, false, undefined);
  }

  get idle(): boolean {
    return this.pending === 0;
  }

  projected(events: readonly PracticeEvent[], p: PracticeEntity): void {
    this.show(p);
    const told = events.filter(
      (event) => isTold(event, p.state) && !(this.byQueue && needsEvidence(event, p.state) === undefined),
    );
    if (told.length > 0) void this.tell(told, p);
  }

  /** Writes state, holder and next date where the engine's UI shows them; the index only when something coarse changed. */
  show(p: PracticeEntity): void {
    const { state, clock } = p;
    const status = coarseStatus(state.status);
    const attention = state.attention.length > 0 || p.parked !== null;
    const lines = [
      `**${p.code ?? 'Bozza'}** · ${STATUS_LABELS[state.status]}`,
      ...(hasEnded(state) ? [] : [holderText(state.assignee), nextText(nearestDeadline(clock))]),
      ...(attention ? [`**Richiede attenzione**: ${[...state.attention, p.parked].filter(Boolean).join(', ')}`] : []),
      `[Apri la pratica](${this.page})`,
    ];
    setCurrentDetails(lines.join('\n\n'));
    const term = clock.deadlines.find((deadline) => deadline.kind === 'term')?.expiresAt;
    const key = indexKey(status, term, attention, p.code);
    if (key === this.indexed) return;
    this.indexed = key;
    upsertSearchAttributes([
      { key: STATUS, value: status },
      { key: ATTENTION, value: attention },
      { key: LEGAL_DEADLINE, value: term ? new Date(term) : null },
      { key: CODE, value: p.code ?? null },
    ]);
  }

  private async tell(events: readonly PracticeEvent[], p: PracticeEntity): Promise<void> {
    this.pending += 1;
    try {
      const result = await this.deliver(events, p);
      if (result.length === 0) return;
      const cause = `step:notified/${events[0]?.seq}`;
      const news = (state: PracticeState) =>
        // One flag per reason: the second mail refused at the same address is no news.
        result.filter((event) => event.type !== 'attentionRaised' || !state.attention.includes(event.data.reason));
      await unlessParked(p, this.a, () => p.record(cause, news));
    } finally {
      this.pending -= 1;
    }
  }

  private async deliver(events: readonly PracticeEvent[], p: PracticeEntity): Promise<readonly EventDraft[]> {
    const summary = `Avvisa: ${events.map((event) => EVENT_LABELS[event.type]).join(', ')}`;
    const input = { practice: p.state.id, events: events.map((event) => event.seq) };
    try {
      const { deliveredAt } = await this.a.notify.executeWithOptions({ summary }, [input]);
      return events.flatMap((event): EventDraft[] => {
        const document = needsEvidence(event, p.state);
        if (document === undefined) return [];
        const data = { document, evidence: 'mail' as const, deliveredAt };
        return [{ type: 'delivered', at: deliveredAt, data }];
      });
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      return [{ type: 'attentionRaised', at: now(), data: { reason: 'deliveryFailed' } }];
    }
  }
}

function indexKey(status: string, term: string | undefined, attention: boolean, code: string | undefined): string {
  return [status, term, attention, code].join('|');
}

function holderText(assignee: string | undefined): string {
  return assignee ? `In carico all'operatore \`${assignee}\`` : 'Nessun operatore';
}

function nextText(next: Deadline | undefined): string {
  return next ? `Prossima scadenza: ${DEADLINE_LABELS[next.kind]}, fino al ${deadlineText(next)}` : 'Nessuna scadenza';
}
