import type { Content } from '../../forms/profile/form';
import type { Viewer } from '../access/viewer';
import type { FrozenAttachment } from '../practices/submission';

/** What an applicant wrote, with the files that were frozen with it. */
export interface WrittenContent {
  readonly content: Content;
  readonly files: readonly FrozenAttachment[];
}

/**
 * What was written in each of these practices: the last submission, or the draft while it is one. What is absent was
 * never written.
 */
export async function contentsOf(
  viewer: Viewer,
  practices: readonly { readonly id: string; readonly status: string }[],
): Promise<ReadonlyMap<string, WrittenContent>> {
  const drafts = practices.filter(({ status }) => status === 'draft').map(({ id }) => id);
  const sent = practices.filter(({ status }) => status !== 'draft').map(({ id }) => id);
  const [writing, submissions] = await Promise.all([
    drafts.length === 0
      ? []
      : viewer.db.draft.findMany({
          where: { practiceId: { in: drafts } },
          select: { practiceId: true, content: true },
        }),
    sent.length === 0
      ? []
      : viewer.db.submission.findMany({
          where: { practiceId: { in: sent } },
          // The last one stays in the map.
          orderBy: { ordinal: 'asc' },
          select: { practiceId: true, content: true, attachments: true },
        }),
  ]);
  const found = new Map<string, WrittenContent>();
  for (const { practiceId, content } of writing) found.set(practiceId, { content: content as Content, files: [] });
  for (const { practiceId, content, attachments } of submissions) {
    const files = attachments as unknown as readonly FrozenAttachment[];
    found.set(practiceId, { content: content as Content, files });
  }
  return found;
}
