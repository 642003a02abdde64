import type { DocumentModel } from '../../activities/ports/document-renderer';
import { type Db, gather, type TextRequest } from './gather';
import { COMPOSERS } from './texts';

/** A document ready to be rendered, with the name under which people find it. */
export interface Composed {
  readonly title: string;
  readonly model: DocumentModel;
}

/** Puts together what a document says, from what was frozen or decided; the same input always gives the same text. */
export async function composeDocument(db: Db, input: TextRequest): Promise<Composed> {
  const source = await gather(db, input);
  const { title, blocks } = COMPOSERS[input.kind](source);
  const model: DocumentModel = {
    title,
    issuer: source.tenant,
    language: 'it',
    reference: source.code ?? source.practiceId,
    createdAt: source.at,
    blocks,
  };
  return { title, model };
}
