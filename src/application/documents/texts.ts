import type { DocumentRequest } from '../../activities/contract';
import type { DocumentBlock } from '../../activities/ports/document-renderer';
import { type Instant, instant, type LegalDate } from '../../domain/ids';
import { euroText } from '../../domain/money/cents';
import { addDays, italianDate, romeDate, romeText } from '../../domain/terms/rome';
import { displayValue, type FormContent, fieldsOf, valueAt } from '../../forms/form';
import type { IntegrationRequest, KeptAnswer } from '../practices/integration';
import type { FrozenAttachment } from '../practices/submit';

/** What the register is told of, and the receipt that the applicant gets at once (L. 241/1990 art. 18-bis). */
export type DocumentKind = DocumentRequest['kind'] | 'receipt';

/** What a document may speak of. */
export interface Source {
  /** Who did the act that the document is about, and the office that handles the service. */
  readonly officer: string;
  readonly office: string;
  readonly code: string;
  readonly service: string;
  readonly integrationDays: number;
  readonly content: FormContent;
  readonly form: Parameters<typeof fieldsOf>[0];
  readonly attachments: readonly FrozenAttachment[];
  readonly sha256: string;
  readonly authentication: Readonly<Record<string, string>>;
  readonly confirmedAt: Instant;
  readonly receivedAt: Instant;
  readonly payment: { readonly amountCents: number; readonly iuv: string | null } | null;
  readonly payload: unknown;
  readonly at: Instant;
  readonly outcome: string | undefined;
  readonly answerBy: LegalDate | undefined;
}

type Text = { readonly title: string; readonly blocks: readonly DocumentBlock[] };

/** What each document says, in reading order. */
export const COMPOSERS: Readonly<Record<DocumentKind, (source: Source) => Text>> = {
  receipt: composeReceipt,
  request: (s) => ({
    title: `Domanda: ${s.service}`,
    blocks: [
      practiceBlock(s),
      ...s.form.sections.flatMap((section): DocumentBlock[] => [
        { kind: 'heading', text: section.title },
        {
          kind: 'fields',
          rows: section.fields
            .filter((field) => field.type !== 'file')
            .map((field) => ({
              label: field.label,
              value: displayValue(field, valueAt(s.content, `${section.key}.${field.key}`)),
            })),
        },
      ]),
      { kind: 'heading', text: 'Allegati' },
      attachmentList(s.attachments),
      ...paidBlock(s),
      {
        kind: 'note',
        title: 'Identificazione del richiedente (artt. 20, 64 e 65 del CAD)',
        lines: [
          `${s.authentication['name']}, codice fiscale ${s.authentication['taxCode'] ?? 'non disponibile'}`,
          `Accesso: ${s.authentication['provider']}, livello ${s.authentication['level']}`,
          `Istante dell'accesso: ${romeText(instant(Date.parse(s.authentication['instant'] ?? s.confirmedAt)))}`,
          `Sessione: ${s.authentication['session']}`,
          `Confermata il ${romeText(s.confirmedAt)}; impronta SHA-256 dei dati: ${s.sha256}`,
        ],
      },
    ],
  }),
  integrationRequest: (s) => {
    const request = s.payload as IntegrationRequest;
    const labels = fieldsOf(s.form)
      .filter(({ path }) => request.fields.includes(path))
      .map(({ field }) => `Dato da completare: ${field.label}`);
    return {
      title: 'Richiesta di integrazioni',
      blocks: [
        practiceBlock(s),
        paragraph(`Gentile ${applicantName(s.content)},`),
        paragraph(request.message),
        { kind: 'list', items: [...labels, ...request.documents.map(({ label }) => `Documento: ${label}`)] },
        paragraph(
          `Puoi rispondere dalla tua area personale entro ${s.integrationDays} giorni (indicativamente entro il ` +
            `${italianDate(addDays(romeDate(s.at), s.integrationDays))}). Il termine del procedimento è sospeso fino alla risposta ` +
            '(art. 2, comma 7, legge 241/1990).',
        ),
        signature(s),
      ],
    };
  },
  integrationAnswer: (s) => {
    const { kept } = s.payload as { readonly kept: KeptAnswer };
    return {
      title: 'Risposta alla richiesta di integrazioni',
      blocks: [
        practiceBlock(s),
        ...(kept.message ? [paragraph(kept.message)] : []),
        { kind: 'fields', rows: kept.values.map(({ label, value }) => ({ label, value })) },
        ...kept.documents.flatMap(({ label, files }): DocumentBlock[] => [
          { kind: 'heading', text: label },
          attachmentList(files),
        ]),
        paragraph(`Inviata il ${romeText(s.at)}.`),
      ],
    };
  },
  decision: (s) => {
    const { message } = s.payload as { readonly message?: string };
    const granted = s.outcome === 'approved';
    return {
      title: granted ? 'Provvedimento di accoglimento' : 'Provvedimento di rigetto',
      blocks: [
        practiceBlock(s),
        paragraph(`Gentile ${applicantName(s.content)},`),
        paragraph(
          granted
            ? `la tua domanda «${s.service}» è stata accolta.`
            : `la tua domanda «${s.service}» non può essere accolta per i motivi che seguono.`,
        ),
        ...(message ? [paragraph(message)] : []),
        ...(granted
          ? []
          : [
              paragraph(
                'Contro questo provvedimento puoi ricorrere al TAR entro 60 giorni o al Presidente della Repubblica ' +
                  'entro 120 giorni dalla comunicazione.',
              ),
            ]),
        signature(s),
      ],
    };
  },
};

function practiceBlock(s: Source): DocumentBlock {
  return {
    kind: 'fields',
    rows: [
      { label: 'Pratica', value: s.code },
      { label: 'Servizio', value: s.service },
      { label: 'Presentata il', value: romeText(s.receivedAt) },
    ],
  };
}

/** Dated proof that the application arrived, with the day by which the office must answer. It says that it is no outcome. */
function composeReceipt(s: Source): Text {
  return {
    title: 'Ricevuta di presentazione',
    blocks: [
      practiceBlock(s),
      {
        kind: 'fields',
        rows: [
          { label: 'Richiedente', value: applicantName(s.content) },
          { label: 'Confermata il', value: romeText(s.confirmedAt) },
          { label: 'Ufficio competente', value: s.office },
          ...(s.answerBy ? [{ label: 'Risposta entro il', value: italianDate(s.answerBy) }] : []),
        ],
      },
      paragraph('La domanda è stata presentata. Questa è la ricevuta di presentazione, non è l’esito.'),
      paragraph(
        'Il termine decorre dal giorno della presentazione (art. 18-bis, legge 241/1990) e può essere sospeso una volta per ' +
          'chiedere integrazioni. Il numero di protocollo ti viene comunicato appena assegnato.',
      ),
      { kind: 'heading', text: 'Allegati ricevuti' },
      attachmentList(s.attachments),
      ...paidBlock(s),
      { kind: 'note', title: 'Impronta della domanda', lines: [`SHA-256 dei dati: ${s.sha256}`] },
    ],
  };
}

function paidBlock(s: Source): DocumentBlock[] {
  if (!s.payment) return [];
  return [paragraph(`Pagato: ${euroText(s.payment.amountCents)}, IUV ${s.payment.iuv ?? 'non disponibile'}.`)];
}

/** Who answers for the act (L. 241/1990 artt. 5 and 8). */
function signature(s: Source): DocumentBlock {
  return {
    kind: 'fields',
    rows: [
      { label: 'Data', value: italianDate(romeDate(s.at)) },
      { label: 'Ufficio', value: s.office },
      { label: 'Operatore', value: s.officer },
    ],
  };
}

function attachmentList(files: readonly FrozenAttachment[]): DocumentBlock {
  return files.length === 0
    ? paragraph('Nessun allegato.')
    : { kind: 'list', items: files.map((file) => `${file.name} (${file.bytes} byte), SHA-256 ${file.sha256}`) };
}

/** Name of the applicant as written in the application. */
export function applicantName(content: FormContent): string {
  return `${valueAt(content, 'applicant.givenName') ?? ''} ${valueAt(content, 'applicant.familyName') ?? ''}`.trim();
}

function paragraph(text: string): DocumentBlock {
  return { kind: 'paragraph', text };
}
