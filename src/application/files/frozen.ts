import { type FieldError, refuse } from '../../domain/errors';
import type { Rows } from '../../platform/database';
import { type FrozenAttachment, frozenAttachment } from '../practices/submission';

/**
 * Attachments of a practice as they enter an act or a message: found by id, in the order given, each uploaded for
 * `field` of this practice and not taken out. Refusal: `VALIDATION_FAILED` with `<path>.<index>` of each id that is none
 * of them or comes twice; the caller uploads the file for that field and names the new id.
 * @param field - where they were uploaded to: `decision`, `communication`, `observations`, `message`, `note`
 * @param path - name of the list in the request body, for the errors
 * @param uploadedBy - account that must have uploaded them; absent: anybody who may upload there
 */
export async function frozenFiles(
  tx: Pick<Rows, 'attachment'>,
  practiceId: string,
  field: string,
  ids: readonly string[],
  path = 'attachments',
  uploadedBy?: string,
): Promise<readonly FrozenAttachment[]> {
  if (ids.length === 0) return [];
  const stored = await tx.attachment.findMany({
    where: { practiceId, field, id: { in: [...ids] }, removedAt: null, ...(uploadedBy && { uploadedBy }) },
  });
  const errors: FieldError[] = [];
  const files: FrozenAttachment[] = [];
  for (const [index, id] of ids.entries()) {
    const file = stored.find((row) => row.id === id);
    if (ids.indexOf(id) !== index) {
      errors.push({ path: `${path}.${index}`, rule: 'doubled', message: `L'allegato è indicato due volte.` });
    } else if (file) files.push(frozenAttachment(file));
    else {
      const message = `L'allegato non è stato caricato qui: caricalo con field "${field}" e usa il nuovo identificativo.`;
      errors.push({ path: `${path}.${index}`, rule: 'attachment', message });
    }
  }
  if (errors.length > 0) refuse('VALIDATION_FAILED', {}, errors);
  return files;
}

/** One attachment by its id, as `frozenFiles` gives several. Refusal: `VALIDATION_FAILED` at `path`. */
export async function frozenFile(
  tx: Pick<Rows, 'attachment'>,
  practiceId: string,
  field: string,
  id: string,
  path: string,
): Promise<FrozenAttachment> {
  const file = await tx.attachment.findFirst({ where: { practiceId, field, id, removedAt: null } });
  if (file) return frozenAttachment(file);
  const message = `L'allegato non è stato caricato qui: caricalo con field "${field}" e usa il nuovo identificativo.`;
  return refuse('VALIDATION_FAILED', {}, [{ path, rule: 'attachment', message }]);
}
