import { refuse } from '../../domain/errors';
import type { LegalDate } from '../../domain/ids';
import { checkContent } from '../../forms/check-content';
import { type Content, valueAt } from '../../forms/profile/form';
import { answersOf } from '../../forms/questions';
import { formOf } from '../../forms/sections-form';
import type { Prisma } from '../../generated/prisma/client';
import { canonicalJson, sha256 } from '../../platform/digest';
import type { Viewer } from '../access/viewer';
import type { ServiceDefinition } from '../services/definition';
import { applicantName } from './applicant-name';

/** An attachment as it is frozen with the submission. */
export interface FrozenAttachment {
  readonly id: string;
  readonly field: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The draft, and the files that were uploaded for it. */
export interface Written {
  readonly written: Content;
  readonly stored: readonly FrozenAttachment[];
}

/** What a submission keeps for good. */
export interface Frozen {
  readonly content: Prisma.InputJsonObject;
  readonly attachments: Prisma.InputJsonArray;
  readonly sha256: string;
}

/**
 * Checks all that was written and freezes it. Refusal: `VALIDATION_FAILED` with every wrong field.
 * @param today date in Rome
 */
export function freeze(definition: ServiceDefinition, { written, stored }: Written, today: LegalDate): Frozen {
  const form = formOf(definition.form);
  const checked = checkContent(form, written, 'data.', today);
  const errors = checked.ok ? [] : [...checked.errors];
  const attachments: FrozenAttachment[] = [];
  for (const { path, field, question, value } of checked.ok ? answersOf(form.components, checked.content) : []) {
    if (question.type !== 'file' || !Array.isArray(value)) continue;
    for (const [index, id] of value.entries()) {
      const file = stored.find((row) => row.id === id && row.field === field);
      if (file) attachments.push(frozenAttachment(file));
      else {
        const message = `L'allegato indicato per "${question.label}" non è stato caricato in questo campo.`;
        errors.push({ path: `data.${path}.${index}`, rule: 'attachment', message });
      }
    }
  }
  if (!checked.ok || errors.length > 0) return refuse('VALIDATION_FAILED', {}, errors);
  const content = checked.content as Prisma.InputJsonObject;
  const frozen = { service: definition.code, version: definition.version, content, attachments };
  return {
    content,
    attachments: attachments as unknown as Prisma.InputJsonArray,
    sha256: sha256(canonicalJson(frozen)),
  };
}

export function frozenAttachment(row: FrozenAttachment): FrozenAttachment {
  const { id, field, name, contentType, bytes, sha256: digest } = row;
  return { id, field, name, contentType, bytes, sha256: digest };
}

/** Who confirms, and how they have logged in. */
export interface Filer {
  readonly name: string;
  readonly taxCode: string;
  readonly provider: string;
  readonly level: number;
  readonly createdAt: Date;
}

/** Identity providers as people read them. */
const PROVIDERS: Readonly<Record<string, string>> = {
  local: 'Accesso locale di prova',
  none: 'Nessuno: identità non verificata',
};

/**
 * How the applicant proved who they are: printed on the request, which it makes an electronic signature (artt. 20, 64
 * and 65 CAD). An operator who files for somebody proves only that it was the operator.
 */
export function authenticationOf(
  filer: Filer,
  { sessionId }: Viewer,
  authorKind: string,
  content: Content,
): Prisma.InputJsonObject {
  const byOperator = authorKind === 'operator';
  return {
    provider: byOperator ? 'Inserita da un operatore' : (PROVIDERS[filer.provider] ?? filer.provider),
    level: byOperator ? 0 : filer.level,
    instant: filer.createdAt.toISOString(),
    session: sessionId,
    name: byOperator ? applicantName(content) : filer.name,
    taxCode: byOperator ? String(valueAt(content, 'applicant.taxCode')) : filer.taxCode,
    filedBy: authorKind,
    filer: filer.name,
  };
}

/** What lists and searches show of the applicant, as written in the application. */
export function applicantColumns(definition: ServiceDefinition, viewer: Viewer, authorKind: string, content: Content) {
  const taxCode = String(valueAt(content, 'applicant.taxCode') ?? '');
  const name = applicantName(content);
  const byOperator = authorKind === 'operator';
  const area = definition.areaField ? valueAt(content, definition.areaField) : undefined;
  return {
    applicantName: name,
    applicantTaxCode: taxCode,
    search: `${name} ${taxCode}`.toLowerCase(),
    identity: byOperator ? 'operator' : viewer.level === 0 ? 'unverified' : viewer.provider,
    identityLevel: byOperator ? 0 : viewer.level,
    area: area === undefined ? null : String(area),
  };
}
