import { z } from 'zod';
import { ACTS } from '../../domain/practice/acts';
import { instantSchema, legalDateSchema, statusSchema } from './common';

const registration = z.object({ number: z.string(), year: z.int32(), date: legalDateSchema }).nullable();

export const practiceSchema = z
  .object({
    id: z.uuid(),
    code: z.string().nullable(),
    service: z.object({ code: z.string(), version: z.int32(), name: z.string() }),
    status: statusSchema,
    statusLabel: z.string(),
    seq: z.int32(),
    actVersion: z.int32().describe('Send it back with officers’ acts'),
    createdAt: instantSchema,
    changedAt: instantSchema,
    confirmedAt: instantSchema.nullable(),
    receivedAt: instantSchema.nullable(),
    answerBy: legalDateSchema.nullable(),
    termSuspended: z.boolean(),
    late: z.boolean(),
    attention: z.array(z.string()),
    assignee: z.object({ id: z.uuid().nullable().describe('Null for applicants'), name: z.string() }).nullable(),
    office: z.object({ code: z.string(), name: z.string() }).nullable(),
    priority: z.string(),
    phase: z.object({ key: z.string(), label: z.string(), next: z.array(z.string()) }).nullable(),
    folder: z.object({ id: z.uuid(), label: z.string() }).nullable(),
    filedBy: z.string().describe('citizen, professional, delegate or operator'),
    identity: z.object({ provider: z.string(), level: z.int32() }).nullable(),
    language: z.string(),
    draftVersion: z.int32().nullable(),
    stamps: z.object({
      needed: z.int32().describe('Stamps asked for and not yet given'),
      given: z.array(z.object({ number: z.string(), phase: z.string(), amountCents: z.int32() })),
    }),
    notice: z
      .object({ document: z.int32(), answerBy: instantSchema.nullable(), closedBy: z.string().nullable() })
      .nullable(),
    registration,
    outcome: z.string().nullable(),
    data: z.unknown(),
    dataSha256: z.string().nullable(),
    payment: z
      .object({
        ordinal: z.int32(),
        phase: z.string(),
        means: z.string(),
        amountCents: z.int32(),
        status: z.string(),
        iuv: z.string().nullable(),
        noticeNumber: z.string().nullable(),
        expiresAt: instantSchema,
        paidAt: instantSchema.nullable(),
      })
      .nullable(),
    integration: z
      .object({
        round: z.int32(),
        message: z.string(),
        fields: z.array(z.string()),
        documents: z.array(z.object({ key: z.string(), label: z.string() })),
        answerBy: instantSchema.nullable(),
      })
      .nullable(),
    pending: z.array(z.object({ commandId: z.uuid(), act: z.string(), receivedAt: instantSchema, href: z.string() })),
    actions: z.array(
      z.object({
        act: z.enum(ACTS),
        label: z.string(),
        allowed: z.boolean(),
        method: z.literal('POST'),
        href: z.string(),
        reason: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).nullable(),
      }),
    ),
  })
  .meta({ id: 'Practice' });

export const attachmentSchema = z.object({
  id: z.uuid(),
  field: z.string(),
  name: z.string(),
  contentType: z.string(),
  bytes: z.int32(),
  sha256: z.string(),
});

export const timelineSchema = z.object({
  items: z.array(
    z.object({
      seq: z.int32(),
      type: z.string(),
      label: z.string(),
      at: instantSchema,
      status: z.string(),
      statusLabel: z.string(),
      actorRole: z.string().nullable(),
      data: z.record(z.string(), z.unknown()),
      hash: z.string(),
    }),
  ),
});

export const documentsSchema = z.object({
  items: z.array(
    z.object({
      ordinal: z.int32(),
      kind: z.string(),
      title: z.string(),
      contentType: z.string(),
      bytes: z.int32(),
      sha256: z.string(),
      createdAt: instantSchema,
      registration,
      href: z.string(),
    }),
  ),
});
