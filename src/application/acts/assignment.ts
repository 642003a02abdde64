import { z } from 'zod';
import { refuse } from '../../domain/errors';
import type { Assignment } from '../../domain/practice/events';
import { OFFICE_ROLES } from '../access/viewer';
import { noted } from './notes';
import { type ActContext, act } from './spec';

const note = z.string().trim().min(1).max(2000).optional();
const operatorId = z.uuid();

/** Who works on a practice, and how urgent it is. */
export const ASSIGNMENT_ACTS = [
  act({
    act: 'accept',
    path: 'accept',
    summary: 'Accept at the planning desk: practice code, registration and case officer in one act',
    body: z.strictObject({ operator: operatorId.optional() }),
    prepare: async (context, { operator }) =>
      operator ? { facts: { assignTo: { operator: (await operatorOf(context, operator)).id } } } : {},
  }),
  act({
    act: 'takeCharge',
    path: 'take-charge',
    summary: 'Take the practice in charge',
    body: z.strictObject({}),
    prepare: async (context) => {
      await assertOfTheOffice(context);
      return {};
    },
  }),
  act({ act: 'takeOver', path: 'take-over', summary: 'Take over from a colleague', body: z.strictObject({}) }),
  act({
    act: 'assign',
    path: 'assignments',
    summary: 'Assign to a person, to an office, or to a person of an office',
    body: z.strictObject({ operator: operatorId.optional(), office: z.string().min(1).max(60).optional(), note }),
    prepare: async (context, body) => {
      if (body.operator === undefined && body.office === undefined) {
        const message = 'Indica un operatore, un ufficio, o entrambi.';
        refuse('VALIDATION_FAILED', {}, [{ path: 'operator', rule: 'required', message }]);
      }
      await assertOfTheOffice(context);
      return { facts: { assignTo: await destinationOf(context, body) }, ...noted(context, body.note) };
    },
  }),
  act({
    act: 'release',
    path: 'release',
    summary: 'Give the practice back, to be taken in charge by another',
    body: z.strictObject({ note }),
    prepare: async (context, body) => noted(context, body.note),
  }),
  act({
    act: 'setPriority',
    path: 'priority',
    summary: 'Set the priority',
    body: z.strictObject({ priority: z.enum(['high', 'medium', 'low']) }),
    prepare: async (_context, { priority }) => ({ facts: { priority } }),
  }),
  act({
    act: 'changePhase',
    path: 'phase',
    summary: 'Go on to one of the phases that may follow',
    body: z.strictObject({ phase: z.string().min(1).max(40), note }),
    prepare: async (context, { phase, note: text }) => ({ facts: { phase }, ...noted(context, text) }),
  }),
] as const;

/** Assigned to an office, a practice is taken or passed on by its members alone; managers see to every one. */
async function assertOfTheOffice({ viewer, state }: ActContext): Promise<void> {
  if (!state.office || viewer.role === 'manager' || viewer.officeIds.includes(state.office)) return;
  const office = await viewer.db.office.findFirst({ where: { id: state.office } });
  refuse('NOT_OF_THE_OFFICE', { office: office?.name ?? '' });
}

async function destinationOf(
  context: ActContext,
  given: { readonly operator?: string | undefined; readonly office?: string | undefined },
): Promise<Assignment> {
  const office = given.office === undefined ? undefined : await officeOf(context, given.office);
  if (given.operator === undefined) return office ? { office: office.id } : {};
  const operator = await operatorOf(context, given.operator);
  if (office && !operator.officeIds.includes(office.id)) refuse('ASSIGNEE_UNKNOWN', { given: given.operator });
  return { operator: operator.id, office: office?.id ?? (await homeOf(context, operator.officeIds)) };
}

/** Without an office named, the present one if the operator belongs to it, otherwise the first of the service. */
async function homeOf({ viewer, state, officeIds }: ActContext, of: readonly string[]): Promise<string> {
  if (state.office && of.includes(state.office)) return state.office;
  const shared = officeIds.filter((id) => of.includes(id));
  const first = await viewer.db.office.findFirst({ where: { id: { in: shared } }, orderBy: { name: 'asc' } });
  return first?.id ?? '';
}

async function officeOf({ viewer, officeIds }: ActContext, code: string) {
  const office = await viewer.db.office.findFirst({ where: { code, id: { in: [...officeIds] } } });
  return office ?? refuse('ASSIGNEE_UNKNOWN', { given: code });
}

async function operatorOf({ viewer, officeIds }: ActContext, id: string) {
  const operator = await viewer.db.account.findFirst({
    where: { id, enabled: true, role: { in: [...OFFICE_ROLES] }, officeIds: { hasSome: [...officeIds] } },
  });
  return operator ?? refuse('ASSIGNEE_UNKNOWN', { given: id });
}
