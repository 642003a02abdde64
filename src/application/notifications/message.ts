import { instant } from '../../domain/ids';
import type { EventType, PracticeEvent } from '../../domain/practice/events';
import { evaluateClock } from '../../domain/terms/practice-clock';
import { addDays, romeDate } from '../../domain/terms/rome';
import { type FormContent, valueAt } from '../../forms/form';
import type { PrismaClient } from '../../generated/prisma/client';
import { RECEIPT_ORDINAL } from '../documents/receipt';
import { applicantName } from '../documents/texts';
import { serviceOf } from '../services/catalogue';
import { readSnapshot } from '../snapshot';
import type { MessageFacts } from './templates';

/** To whom a message goes and what it may say, with the document that goes along. */
export interface Addressed {
  readonly to: { readonly name: string; readonly address: string };
  readonly facts: MessageFacts;
  /** Ordinal of the document that the event is about. */
  readonly document: number | null;
  /** Ordinals of the documents to attach. */
  readonly attach: readonly number[];
}

/** Gathers what a message about one event needs, from what is stored. */
export async function addressedMessage(
  db: PrismaClient,
  practiceId: string,
  seq: number,
  publicUrl: string,
): Promise<Addressed & { readonly type: EventType; readonly tenantId: string; readonly tenantCode: string }> {
  const practice = await db.practice.findUniqueOrThrow({ where: { id: practiceId } });
  const tenant = await db.tenant.findUniqueOrThrow({ where: { id: practice.tenantId } });
  const row = await db.practiceEventRow.findUniqueOrThrow({ where: { practiceId_seq: { practiceId, seq } } });
  const event = { type: row.type, at: instant(row.at), data: row.data } as unknown as PracticeEvent;
  const { definition, officeIds } = await serviceOf(db, practice);
  const office = await db.office.findFirst({ where: { id: { in: [...officeIds] } } });
  const submission = await db.submission.findFirstOrThrow({ where: { practiceId }, orderBy: { ordinal: 'desc' } });
  const content = submission.content as FormContent;
  const { state } = readSnapshot(practice.snapshot);
  const document = 'document' in event.data ? (event.data.document ?? null) : null;
  const command = state.documents.find((entry) => entry.ordinal === document)?.command;
  const act = command ? await db.inboxRow.findUnique({ where: { id: command } }) : null;
  const opened = event.type === 'integrationRequestRegistered' ? romeDate(event.at) : null;
  const name = applicantName(content);
  return {
    type: event.type,
    tenantId: tenant.id,
    tenantCode: tenant.code,
    to: { name, address: String(valueAt(content, 'applicant.email')) },
    document,
    attach: attachedTo(event.type, document),
    facts: {
      tenant: tenant.name,
      service: definition.name,
      applicant: name,
      code: practice.code,
      registration: practice.registration,
      answerBy: evaluateClock(state).answerBy ?? null,
      amountCents: definition.payment?.amountCents ?? null,
      officeText: (act?.payload as { readonly message?: string } | undefined)?.message ?? null,
      outcome: state.decision?.outcome ?? null,
      office: office?.name ?? null,
      integrationBy: opened ? addDays(opened, definition.integrationDays) : null,
      link: `${publicUrl}/api/v1/practices/${practiceId}`,
    },
  };
}

/** The receipt of an application brings itself and the application; an act with legal effect brings its document. */
function attachedTo(type: EventType, document: number | null): readonly number[] {
  if (document === null || type === 'requestRegistered') return [];
  return type === 'documentReady' ? [RECEIPT_ORDINAL, document] : [document];
}
