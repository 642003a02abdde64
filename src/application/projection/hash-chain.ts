import type { PracticeEvent } from '../../domain/practice/events';
import { canonicalJson, sha256 } from '../../platform/digest';

/** Hash before the first event of a practice. */
export const GENESIS = '0'.repeat(64);

/**
 * Hash of an event over the previous one. Who acted enters as a salted digest, so the chain can be handed out and
 * verified without telling who; deleting the salt makes it anonymous for good.
 */
export function chainHash(previous: string, practice: string, salt: string, event: PracticeEvent): string {
  const { actor, ...facts } = event;
  const by = actor ? { role: actor.role, digest: sha256(`${salt}:${actor.id}`) } : null;
  return sha256(`${previous}\n${canonicalJson({ practice, ...facts, by })}`);
}
