import type { AttentionReason, EventType } from '../../domain/practice/events';
import type { Status } from '../../domain/practice/states';
import type { Rows } from '../../platform/database';
import { serviceOf } from '../services/catalogue';
import type { NoticedNews, NoticeLine } from './operator-mail';

/** A notice that waits for its mail. */
export interface WaitingNotice {
  readonly practiceId: string;
  readonly seq: number;
  readonly at: Date;
}

type Reader = Pick<Rows, 'practice' | 'practiceEventRow' | 'serviceVersion'>;

/** What notices say, by practice, in the order in which the practices first appear. */
export async function newsOf(
  tx: Reader,
  notices: readonly WaitingNotice[],
  publicUrl: string,
): Promise<readonly NoticedNews[]> {
  const news: NoticedNews[] = [];
  for (const [practiceId, own] of byPractice(notices)) {
    const practice = await tx.practice.findUniqueOrThrow({ where: { id: practiceId } });
    const { definition } = await serviceOf(tx, practice);
    const events = await tx.practiceEventRow.findMany({
      where: { practiceId, seq: { in: own.map(({ seq }) => seq).filter((seq) => seq > 0) } },
    });
    news.push({
      code: practice.code ?? practiceId,
      service: definition.name,
      status: practice.status as Status,
      link: `${publicUrl}/api/v1/practices/${practiceId}`,
      lines: own.map(({ seq, at }): NoticeLine => {
        const row = events.find((event) => event.seq === seq);
        if (!row) return { at };
        const { reason } = row.data as { readonly reason?: AttentionReason };
        return {
          at,
          event: { type: row.type as EventType, status: row.status as Status, ...(reason && { reason }) },
        };
      }),
    });
  }
  return news;
}

function byPractice(notices: readonly WaitingNotice[]): Map<string, WaitingNotice[]> {
  const grouped = new Map<string, WaitingNotice[]>();
  for (const notice of notices) {
    const own = grouped.get(notice.practiceId) ?? [];
    own.push(notice);
    grouped.set(notice.practiceId, own);
  }
  return grouped;
}
