import type { DocumentBlock } from '../../activities/ports/document-renderer';
import type { CommandId, Instant } from '../../domain/ids';
import { euroText } from '../../domain/money/cents';
import type { DocumentKind } from '../../domain/practice/documents';
import { italianDate, romeDate, romeText } from '../../domain/terms/rome';
import { type Content, valueAt } from '../../forms/profile/form';
import type { FrozenAttachment } from '../practices/submission';
import type { GivenStamp, PaidFee, Source } from './source';

/** A document's title and what it says, in reading order. */
export interface Text {
  readonly title: string;
  readonly blocks: readonly DocumentBlock[];
}

export type Composer = (source: Source) => Text;

export function paragraph(text: string): DocumentBlock {
  return { kind: 'paragraph', text };
}

export function heading(text: string): DocumentBlock {
  return { kind: 'heading', text };
}

export function list(items: readonly string[]): DocumentBlock {
  return { kind: 'list', items };
}

export type Row = { readonly label: string; readonly value: string };

/** Which practice a document is about. Before it has a code, its own id says so. */
export function practiceBlock(s: Source, ...more: readonly Row[]): DocumentBlock {
  const name: Row = s.code ? { label: 'Pratica', value: s.code } : { label: 'Riferimento', value: s.practiceId };
  return {
    kind: 'fields',
    rows: [
      name,
      { label: 'Servizio', value: s.definition.name },
      { label: 'Presentata il', value: romeText(s.receivedAt) },
      ...more,
    ],
  };
}

/** "Gentile Giulia Bianchi," */
export function greeting(s: Source): DocumentBlock {
  return paragraph(`Gentile ${applicantName(s.submission.content)},`);
}

/** Who answers for the act (L. 241/1990 artt. 5 and 8). */
export function signature(s: Source): DocumentBlock {
  return {
    kind: 'fields',
    rows: [
      { label: 'Data', value: italianDate(romeDate(s.at)) },
      { label: 'Ufficio', value: s.office.name },
      { label: 'Operatore', value: s.officer },
    ],
  };
}

/** Files with what identifies them; without any it says so. */
export function attachmentList(files: readonly FrozenAttachment[]): DocumentBlock {
  return files.length === 0
    ? paragraph('Nessun allegato.')
    : list(files.map((file) => `${file.name} (${file.bytes} byte), SHA-256 ${file.sha256}`));
}

/** The files of an act under their heading; nothing when there are none. */
export function attachedFiles(files: readonly FrozenAttachment[] | undefined): readonly DocumentBlock[] {
  return files && files.length > 0 ? [heading('Allegati'), attachmentList(files)] : [];
}

/** What has been paid, one line each. */
export function paidLine({ amountCents, iuv, means }: PaidFee): string {
  const how = means === 'counter' ? 'allo sportello' : `IUV ${iuv ?? 'non disponibile'}`;
  return `Pagato: ${euroText(amountCents)}, ${how}.`;
}

/** A stamp by its number, so that the office can see whether it was used twice. */
export function stampLine({ number, amountCents, issuedOn }: GivenStamp): string {
  const issued = issuedOn ? `, emessa il ${italianDate(issuedOn)}` : '';
  return `Marca da bollo n. ${number} da ${euroText(amountCents)}${issued}`;
}

/**
 * Where an act can be challenged: every act that reaches somebody says so (L. 241/1990 art. 3 c. 4). The shorter term is
 * that of art. 116 of the code of administrative procedure.
 */
export function appeal(): DocumentBlock {
  return paragraph(
    'Contro questo provvedimento puoi ricorrere al TAR entro 60 giorni dalla comunicazione (30 giorni se riguarda ' +
      'l’accesso ai documenti, art. 116 del codice del processo amministrativo) o, con ricorso straordinario, al ' +
      'Presidente della Repubblica entro 120 giorni.',
  );
}

/** When the last document of a kind before this one was acted; undefined when there is none. */
export function actedBefore(s: Source, kind: DocumentKind): Instant | undefined {
  const found = s.state.documents.filter((row) => row.kind === kind && row.ordinal < s.ordinal).at(-1);
  return found?.command && s.actedAt.get(found.command as CommandId);
}

/** Name of the applicant as written in the application. */
export function applicantName(content: Content): string {
  return `${valueAt(content, 'applicant.givenName') ?? ''} ${valueAt(content, 'applicant.familyName') ?? ''}`.trim();
}

/** A text of the content, or undefined where the form leaves it out. */
export function textAt(content: Content, path: string): string | undefined {
  const value = valueAt(content, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
