import type { Act } from '../../domain/practice/acts';
import { APPLICANT_ACTS, COUNTER_ACTS } from './applicant';
import { ASSIGNMENT_ACTS } from './assignment';
import { COMMUNICATION_ACTS } from './communication';
import { DECISION_ACTS } from './decisions';
import { DIALOGUE_ACTS } from './integration';
import type { ActSpec } from './spec';

/** Every act whose body and preparation are declared; drafts, submissions and structured answers have use cases of their own. */
export const ACT_SPECS: readonly ActSpec[] = [
  ...APPLICANT_ACTS,
  ...COUNTER_ACTS,
  ...ASSIGNMENT_ACTS,
  ...DIALOGUE_ACTS,
  ...DECISION_ACTS,
  ...COMMUNICATION_ACTS,
];

/** Last part of the address of each act: `POST /api/v1/practices/:id/<path>`. */
export const ACT_PATHS: Readonly<Partial<Record<Act, string>>> = {
  submit: 'submit',
  answerIntegration: 'integration-answers',
  ...Object.fromEntries(ACT_SPECS.map(({ act, path }) => [act, path])),
};
