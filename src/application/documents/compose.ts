import type { DocumentRequest } from '../../activities/contract';
import type { DocumentBlock, DocumentModel } from '../../activities/ports/document-renderer';
import { type Instant, instant } from '../../domain/ids';
import { euroText } from '../../domain/money/cents';
import { addDays, italianDate, romeDate, romeText } from '../../domain/terms/rome';
import { displayValue, type FormContent, fieldsOf, valueAt } from '../../forms/form';
import type { PrismaClient } from '../../generated/prisma/client';
import type { IntegrationRequest, KeptAnswer } from '../practices/integration';
import type { FrozenAttachment } from '../practices/submit';
import { serviceOf } from '../services/catalogue';
import { readSnapshot } from '../snapshot';

/** A document ready to be rendered, with the name under which people find it. */
export interface Composed {
  readonly title: string;
  readonly model: DocumentModel;
}

type Db = Pick<
  PrismaClient,
  'practice' | 'tenant' | 'submission' | 'inboxRow' | 'serviceVersion' | 'payment' | 'account' | 'office'
>;

/** Puts together what a document says, from what was frozen or decided; the same input always gives the same text. */
export async function composeDocument(db: Db, input: DocumentRequest): Promise<Composed> {
  const practice = await db.practice.findUniqueOrThrow({ where: { id: input.practice } });
  const tenant = await db.tenant.findUniqueOrThrow({ where: { id: practice.tenantId } });
  const { definition, officeIds } = await serviceOf(db, practice);
  const { state } = readSnapshot(practice.snapshot);
  const submission = await db.submission.findFirstOrThrow({
    where: { practiceId: practice.id },
    orderBy: { ordinal: 'desc' },
  });
  const act = input.command ? await db.inboxRow.findUniqueOrThrow({ where: { id: input.command } }) : null;
  const officer = act?.actorId ? await db.account.findUnique({ where: { id: act.actorId } }) : null;
  const office = await db.office.findFirst({ where: { id: { in: [...officeIds] } } });
  const source: Source = {
    officer: officer ? `${officer.givenName} ${officer.familyName}` : '',
    office: office?.name ?? '',
    code: practice.code ?? practice.id,
    service: definition.name,
    integrationDays: definition.integrationDays,
    content: submission.content as FormContent,
    form: definition.form,
    attachments: submission.attachments as unknown as FrozenAttachment[],
    sha256: submission.sha256,
    authentication: submission.authentication as Record<string, string>,
    confirmedAt: instant(submission.confirmedAt),
    receivedAt: practice.receivedAt ? instant(practice.receivedAt) : instant(submission.confirmedAt),
    payment: await db.payment.findFirst({ where: { practiceId: practice.id, status: 'paid' } }),
    payload: act?.payload ?? null,
    at: act ? instant(act.receivedAt) : input.at,
    outcome: state.decision?.outcome,
  };
  const { title, blocks } = COMPOSERS[input.kind](source);
  const base = { title, issuer: tenant.name, language: 'it' as const, reference: source.code, createdAt: source.at };
  return { title, model: { ...base, blocks } };
}

interface Source {
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
}

type Text = { readonly title: string; readonly blocks: readonly DocumentBlock[] };

const COMPOSERS: Readonly<Record<DocumentRequest['kind'], (source: Source) => Text>> = {
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
      ...(s.payment
        ? [paragraph(`Pagato: ${euroText(s.payment.amountCents)}, IUV ${s.payment.iuv ?? 'non disponibile'}.`)]
        : []),
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
