import { checkForm } from '../../forms/profile/check';
import { questionsOf } from '../../forms/questions';
import { partsOf } from '../../forms/rule';
import { formOf } from '../../forms/sections-form';
import type { ServiceDefinition } from './shape';

/** One thing in a definition that cannot be, with the sentence that says why. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Draft = Omit<ServiceDefinition, never>;
type Check = (d: Draft) => readonly Contradiction[];

const at = (path: readonly (string | number)[], message: string): Contradiction => ({ path, message });

/** Everything that contradicts itself in a definition: it is refused when it is loaded, not when a practice meets it. */
export function contradictions(definition: Draft): readonly Contradiction[] {
  return CHECKS.flatMap((check) => check(definition));
}

const CHECKS: readonly Check[] = [
  applicantFields,
  formDefects,
  kindOfWorkflow,
  assignable,
  amounts,
  moneyAfterRejection,
  phaseGraph,
  endReachable,
  destinations,
  rulesKnowTheirFields,
  entrance,
  folders,
];

function applicantFields({ form }: Draft): readonly Contradiction[] {
  const paths = questionsOf(formOf(form)).map(({ path }) => path);
  return ['applicant.givenName', 'applicant.familyName', 'applicant.taxCode', 'applicant.email']
    .filter((path) => !paths.includes(path))
    .map((path) => at(['form'], `the form lacks ${path}, needed for register and mails`));
}

function formDefects({ form }: Draft): readonly Contradiction[] {
  return checkForm(formOf(form)).map(({ path, message }) => at(['form'], `${path}: ${message}`));
}

/** Only what an office works on can be assigned, and at the planning desk whoever accepts says to whom. */
function assignable({ workflow, registration, automaticAssignment }: Draft): readonly Contradiction[] {
  if (!automaticAssignment) return [];
  if (workflow !== 'approval') return [at(['automaticAssignment'], `a "${workflow}" service is assigned to nobody`)];
  if (registration !== 'onAcceptance') return [];
  return [at(['automaticAssignment'], 'at the planning desk whoever accepts names the case officer')];
}

function kindOfWorkflow(d: Draft): readonly Contradiction[] {
  const found: Contradiction[] = [];
  if (d.workflow === 'paymentOnly' && !d.payment) {
    found.push(at(['payment'], 'a payment-only service must say what is paid'));
  }
  if (d.workflow === 'approval') return found;
  const decides = `nobody decides in a "${d.workflow}" service`;
  if (d.registration === 'onAcceptance') {
    found.push(
      at(['registration'], `${decides}: there is no case officer to accept it, register "onSubmission" or "none"`),
    );
  }
  if (d.releasePayment) found.push(at(['releasePayment'], `${decides}: nothing is ever paid after a decision`));
  if (d.stamps?.atRelease) found.push(at(['stamps', 'atRelease'], `${decides}: no stamps are needed on a decision`));
  if (d.phases) found.push(at(['phases'], `${decides}: phases lead nowhere`));
  if (d.rejectionNotice !== 'none')
    found.push(at(['rejectionNotice'], `${decides}: there is no rejection to announce`));
  for (const name of ['partialApproval', 'reopening'] as const) {
    if (d.switches[name]) found.push(at(['switches', name], `${decides}: turn it off`));
  }
  return found;
}

function amounts(d: Draft): readonly Contradiction[] {
  return (['payment', 'releasePayment'] as const).flatMap((name) => {
    const payment = d[name];
    if (!payment || (payment.amountCents === undefined) !== (payment.formula === undefined)) return [];
    return [at([name], 'say either amountCents or formula: one of them, not both and not none')];
  });
}

function moneyAfterRejection(d: Draft): readonly Contradiction[] {
  const found: Contradiction[] = [];
  if (d.releasePayment?.on.includes('rejected')) {
    found.push(at(['releasePayment', 'on'], 'a rejection releases nothing: nobody pays after it'));
  }
  if (
    d.releasePayment?.on.includes('partiallyApproved') &&
    d.releasePayment.on.length === 1 &&
    !d.switches.partialApproval
  ) {
    found.push(at(['releasePayment', 'on'], 'partial approval is turned off: this payment is never asked for'));
  }
  return found;
}

function phaseGraph({ phases = [], switches }: Draft): readonly Contradiction[] {
  const keys = phases.map(({ key }) => key);
  return phases.flatMap((phase, index) => {
    const found: Contradiction[] = [];
    if (keys.indexOf(phase.key) !== index)
      found.push(at(['phases', index, 'key'], `the phase ${phase.key} stands twice`));
    for (const next of phase.next) {
      if (!keys.includes(next)) found.push(at(['phases', index, 'next'], `there is no phase ${next}`));
    }
    if (phase.decisions.includes('partiallyApproved') && !switches.partialApproval) {
      found.push(at(['phases', index, 'decisions'], 'partial approval is turned off'));
    }
    return found;
  });
}

/** From every phase the practice must be able to end, and to end with a refusal too. */
function endReachable({ phases = [] }: Draft): readonly Contradiction[] {
  if (phases.length === 0) return [];
  const start = phases[0]?.key ?? '';
  const reachable = reach(phases, start);
  const found = phases
    .map(({ key }, index) => ({ key, index }))
    .filter(({ key }) => !reachable.has(key))
    .map(({ key, index }) => at(['phases', index], `no phase leads to ${key}`));
  const stuck = phases.findIndex(
    ({ key }) => reachable.has(key) && ![...reach(phases, key)].some((k) => decisionsOf(phases, k).length > 0),
  );
  if (stuck >= 0) {
    found.push(
      at(['phases', stuck], `a practice in ${phases[stuck]?.key} has no end: no decision can be reached from it`),
    );
  }
  const all = [...reachable].flatMap((key) => decisionsOf(phases, key));
  if (stuck < 0 && !all.includes('rejected')) {
    found.push(at(['phases'], 'no phase allows to reject: an application that must be refused could never end'));
  }
  if (stuck < 0 && !all.includes('approved')) {
    found.push(at(['phases'], 'no phase allows to approve'));
  }
  return found;
}

type Phases = NonNullable<Draft['phases']>;

function reach(phases: Phases, from: string): ReadonlySet<string> {
  const seen = new Set<string>([from]);
  for (const key of seen) for (const next of phases.find((row) => row.key === key)?.next ?? []) seen.add(next);
  return seen;
}

function decisionsOf(phases: Phases, key: string) {
  return phases.find((row) => row.key === key)?.decisions ?? [];
}

function destinations({ automaticAssignment, offices }: Draft): readonly Contradiction[] {
  if (!automaticAssignment) return [];
  const { cases, otherwise } = automaticAssignment;
  const all = [
    ...cases.map(({ to }, index) => ({ to, path: ['automaticAssignment', 'cases', index, 'to', 'office'] })),
    ...(otherwise ? [{ to: otherwise, path: ['automaticAssignment', 'otherwise', 'office'] }] : []),
  ];
  return all
    .filter(({ to }) => !offices.includes(to.office))
    .map(({ to, path }) => at(path, `the office ${to.office} does not handle this service`));
}

function rulesKnowTheirFields(d: Draft): readonly Contradiction[] {
  const rules: readonly { readonly rule: unknown; readonly path: readonly (string | number)[] }[] = [
    { rule: d.payment?.formula, path: ['payment', 'formula'] },
    ...(d.payment?.exemptions ?? []).map(({ when }, i) => ({ rule: when, path: ['payment', 'exemptions', i, 'when'] })),
    { rule: d.releasePayment?.formula, path: ['releasePayment', 'formula'] },
    ...fieldRule(d.automaticAssignment?.field, ['automaticAssignment', 'field']),
    ...fieldRule(d.areaField, ['areaField']),
  ];
  return rules.flatMap(({ rule, path }) => {
    const { variables, unknown } = partsOf(rule);
    return [
      ...variables.filter((name) => !hasField(d.form, name)).map((name) => at(path, `the form has no field ${name}`)),
      ...unknown.map((name) => at(path, `the operator ${name} is not known`)),
    ];
  });
}

function fieldRule(field: string | undefined, path: readonly string[]) {
  return field === undefined ? [] : [{ rule: { var: field }, path }];
}

function hasField(form: Draft['form'], path: string): boolean {
  return questionsOf(formOf(form)).some((row) => row.path === path && !row.inRows && row.question.type !== 'file');
}

function entrance({ access }: Draft): readonly Contradiction[] {
  if (!access.withoutLogin) return [];
  const found: Contradiction[] = [];
  if (access.minimumLevel > 0) {
    found.push(at(['access'], 'without login nobody has an identity level: minimumLevel must be 0'));
  }
  if (!access.filers.includes('citizen'))
    found.push(at(['access'], 'without login everybody is a citizen: allow citizens'));
  return found;
}

function folders({ folder }: Draft): readonly Contradiction[] {
  if ((folder.policy === 'perApplicantGroup') === (folder.group !== undefined)) return [];
  return [at(['folder'], 'a group belongs to the policy perApplicantGroup, which needs one')];
}
