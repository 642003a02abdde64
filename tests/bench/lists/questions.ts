import type { Sample } from './samples';
import type { SeededLists } from './seed';
import { OFFICES } from './town';

/** Who asks, and what of the town they would ask for. */
export interface Asker {
  readonly seeded: SeededLists;
  readonly official: SeededLists['officials'][number];
  readonly random: () => number;
}

export interface Question {
  readonly key: string;
  readonly title: string;
  /** A number that names one practice: its answer is expected at once. */
  readonly exact: boolean;
  /** How often it is asked, compared with the others. */
  readonly weight: number;
  /** Address below `/api/v1`. */
  readonly ask: (asker: Asker) => string;
  /** The answers measured are those of pages 2 to 5. */
  readonly paged?: true;
}

const DAY_MS = 86_400_000;

/** What a back office asks of its lists, all day long. */
export const LIST_QUESTIONS: readonly Question[] = [
  list('landing.toTake', 'to take in charge, of my offices', 10, () => ({ work: 'unassigned' })),
  list('landing.mine', 'mine, still open', 10, () => ({ work: 'mine', progress: 'open' })),
  list('landing.myOffices', 'of my offices, still open', 5, () => ({ work: 'myOffices', progress: 'open' })),
  { key: 'counts', title: 'the numbers on the tabs', exact: false, weight: 10, ask: () => '/practices/counts' },
  list('all', 'everything, last changed first', 3, () => ({})),
  list('state', 'one state', 4, ({ random }) => ({
    status: pick(['registered', 'inCharge', 'awaitingIntegration', 'integrationReceived', 'approved'], random),
  })),
  list('service', 'one service', 4, (asker) => ({ service: aService(asker) })),
  list('period.week', 'changed this week', 3, () => ({ changed: 'thisWeek' })),
  list('period.year', 'changed in the last year', 2, () => ({ changedFrom: daysAgo(365) })),
  list('period.threeYears', 'changed in three years, first changed first', 1, () => ({
    changedFrom: daysAgo(3 * 365),
    order: 'asc',
  })),
  list('office', 'one office', 3, (asker) => ({ office: anOffice(asker) })),
  list('assignee', 'in charge of a colleague', 3, (asker) => ({ assignee: aColleague(asker) })),
  list('attention', 'needs attention', 2, () => ({ attention: 'true' })),
  list('late', 'late and still open', 2, () => ({ late: 'true', progress: 'open' })),
  list('sort.deadline', 'still open, by deadline', 4, () => ({ progress: 'open', sort: 'answerBy' })),
  list('due', 'to be answered within a week, by deadline', 2, () => ({ dueBefore: daysAgo(-7), sort: 'answerBy' })),
  list('sort.arrival', 'by arrival', 2, () => ({ sort: 'receivedAt' })),
  list('sort.code', 'by code', 1, () => ({ sort: 'code' })),
  list('sort.applicant', 'still open, by applicant', 1, () => ({ progress: 'open', sort: 'applicant' })),
  list('sort.priority', 'mine, by priority', 1, () => ({ work: 'mine', progress: 'open', sort: 'priority' })),
  { ...list('pages', 'pages 2 to 5 of everything', 2, () => ({})), paged: true },
  { ...list('pages.toTake', 'pages 2 to 5 of what is to take', 1, () => ({ work: 'unassigned' })), paged: true },
  list('three.few', 'service, state and colleague', 2, (asker) => ({
    service: aService(asker),
    status: 'withdrawn',
    assignee: aColleague(asker),
  })),
  list('three.some', 'service, priority and author, which no index knows', 2, (asker) => ({
    service: aService(asker),
    priority: 'high',
    author: 'delegate',
  })),
  // Whom an operator writes down is no unverified identity: all of the service is gone through for nothing.
  list('three.none', 'service, author and identity that nothing matches', 1, (asker) => ({
    service: aService(asker),
    author: 'operator',
    identity: 'unverified',
  })),
  list('three.noneRecent', 'late, by a delegate, of a colleague, today', 1, (asker) => ({
    changed: 'today',
    late: 'true',
    author: 'delegate',
    assignee: aColleague(asker),
  })),
  list('name.common', 'a common name', 3, ({ seeded, random }) => ({ q: pick(seeded.samples.commonNames, random) })),
  list('name.family', 'a common family name alone', 2, ({ seeded, random }) => ({
    q: pick(seeded.samples.commonNames, random).replace(/ \S+$/, ''),
  })),
  list('name.rare', 'a rare name', 3, ({ seeded, random }) => ({ q: pick(seeded.samples.rareNames, random) })),
  list('name.unknown', 'a name that nobody has', 1, ({ random }) => ({
    q: `Zyx${Math.floor(random() * 1e6)} Wolfram`,
  })),
  folders('folders', 'by folder, of one service still open', 2, (asker) => ({
    service: aService(asker),
    progress: 'open',
  })),
  folders('folders.all', 'by folder, of one service', 1, (asker) => ({ service: aService(asker) })),
  exact('exact.registration', 'a registration number', 5, ({ registration }) => registration),
  exact('exact.code', 'the code of a practice', 5, ({ code }) => code),
  exact('exact.taxCode', 'a tax code', 5, ({ taxCode }) => taxCode),
  exact('exact.id', 'the id of a practice', 1, ({ id }) => id),
];

type Filters = Readonly<Record<string, string>>;

function list(key: string, title: string, weight: number, filters: (asker: Asker) => Filters): Question {
  return { key, title, exact: false, weight, ask: (asker) => address('/practices', filters(asker)) };
}

function folders(key: string, title: string, weight: number, filters: (asker: Asker) => Filters): Question {
  return { key, title, exact: false, weight, ask: (asker) => address('/practices/folders', filters(asker)) };
}

function exact(key: string, title: string, weight: number, of: (sample: Sample) => string): Question {
  return { key, title, exact: true, weight, ask: (asker) => address('/practices', { q: of(aPractice(asker)) }) };
}

function address(path: string, filters: Filters): string {
  const query = new URLSearchParams(filters).toString();
  return query === '' ? path : `${path}?${query}`;
}

function pick<T>(among: readonly T[], random: () => number): T {
  const found = among[Math.floor(random() * among.length)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}

/** Mostly the service most asked for; who oversees looks at all. */
function aService({ seeded, official, random }: Asker): string {
  const own = official.services.length > 0 ? official.services : seeded.officials.flatMap(({ services }) => services);
  return pick(own, () => random() ** 2);
}

function anOffice({ official, random }: Asker): string {
  return pick(official.offices.length > 0 ? official.offices : OFFICES, random);
}

function aColleague(asker: Asker): string {
  const office = anOffice(asker);
  const colleagues = asker.seeded.officials.filter(
    ({ role, offices }) => role === 'operator' && offices.some((code) => code === office),
  );
  return pick(colleagues, asker.random).accountId;
}

/** One that the asker may see. */
function aPractice({ seeded, official, random }: Asker): Sample {
  const { practices } = seeded.samples;
  const own = practices.filter(({ service }) => official.services.includes(service));
  return pick(own.length > 0 ? own : practices, random);
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}
