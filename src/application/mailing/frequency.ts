import { z } from 'zod';
import type { Viewer } from '../access/viewer';

/** How often an operator is told of changes. Being told is part of the office's work: there is no "never". */
export const noticeFrequencySchema = z.enum(['atOnce', 'daily']);
export type NoticeFrequency = z.infer<typeof noticeFrequencySchema>;

/** How often the viewer is told. */
export async function noticeFrequencyOf(viewer: Viewer): Promise<NoticeFrequency> {
  const account = await viewer.db.account.findFirstOrThrow({ where: { id: viewer.accountId } });
  return account.noticeFrequency === 'daily' ? 'daily' : 'atOnce';
}

/** Chooses how often the viewer is told; what waits already follows the new choice. */
export async function setNoticeFrequency(viewer: Viewer, value: NoticeFrequency): Promise<NoticeFrequency> {
  await viewer.db.account.update({ where: { id: viewer.accountId }, data: { noticeFrequency: value } });
  return value;
}
