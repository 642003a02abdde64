import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A change of workflow code that open practices would not survive. */
export interface Mutation {
  readonly name: string;
  /** The file that it changes, as a path in the project. */
  readonly file: string;
  /** What the file becomes. */
  readonly text: string;
}

const PROJECT = join(__dirname, '..', '..');
const FOLDER = 'src/workflows/practice';

/** Calls that give the engine an activity to schedule. */
const ACTIVITY = /^(?:(?:this\.)?(?:a|ports)\.(\w+)(?:\.executeWithOptions)?|(ask))$/;
const TIMER = "import { sleep as waitFirst } from '@temporalio/workflow';\n";

/** Every change that can be made by rule, and those made by hand. */
export function mutations(): readonly Mutation[] {
  return [...mutationsByRule(), ...byHand()];
}

/** Each activity renamed, exchanged with its neighbour, done twice, done after a timer, left out; each other command too. */
export function mutationsByRule(): readonly Mutation[] {
  return sources().flatMap(byRule);
}

function sources(): readonly (readonly [string, string])[] {
  return readdirSync(join(PROJECT, FOLDER), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => [`${FOLDER}/${name}`, readFileSync(join(PROJECT, FOLDER, name), 'utf8')] as const);
}

function byRule([file, source]: readonly [string, string]): Mutation[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: Mutation[] = [];
  const put = (what: string, node: ts.Node, text: string, head = '') => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
    const changed = `${head}${source.slice(0, node.getStart())}${text}${source.slice(node.getEnd())}`;
    found.push({ name: `${file.slice(FOLDER.length + 1)}:${line + 1} ${what}`, file, text: changed });
  };
  const visit = (node: ts.Node): void => {
    activityCalls(node, put);
    proxied(node, put);
    commands(node, put);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

type Put = (what: string, node: ts.Node, text: string, head?: string) => void;

function activityCalls(node: ts.Node, put: Put): void {
  if (!ts.isAwaitExpression(node) || !ts.isCallExpression(node.expression)) return;
  const [, name, ask] = ACTIVITY.exec(node.expression.expression.getText()) ?? [];
  const activity = name ?? ask;
  if (activity === undefined) return;
  const text = node.getText();
  put(`${activity} twice`, node, `(${text}, ${text})`);
  put(`${activity} after a timer`, node, `(await waitFirst(1), ${text})`, TIMER);
  // What gives nothing can be left out and the code still runs.
  if (ts.isExpressionStatement(node.parent)) put(`no ${activity}`, node, 'undefined');
}

function proxied(node: ts.Node, put: Put): void {
  if (!ts.isVariableDeclaration(node) || !ts.isObjectBindingPattern(node.name)) return;
  if (!node.initializer?.getText().startsWith('proxyActivities')) return;
  const names = node.name.elements.map((element) => element.name.getText());
  for (const [index, name] of names.entries()) {
    const renamed = names.map((other) => (other === name ? `${other}Renamed: ${other}` : other));
    put(`${name} renamed`, node.name, `{ ${renamed.join(', ')} }`, '// @ts-nocheck\n');
    const next = names[index + 1];
    if (next === undefined) continue;
    const exchanged = names.map((other) =>
      other === name ? `${next}: ${name}` : other === next ? `${name}: ${next}` : other,
    );
    put(`${name} exchanged with ${next}`, node.name, `{ ${exchanged.join(', ')} }`);
  }
}

/** Commands that are no activities: timers of their own and the index. */
function commands(node: ts.Node, put: Put): void {
  if (!ts.isExpressionStatement(node)) return;
  const [, name] = /^(?:await )?(sleep|upsertSearchAttributes)\(/.exec(node.getText()) ?? [];
  if (name === undefined) return;
  put(`no ${name}`, node, ';');
  put(`${name} twice`, node, `${node.getText()} ${node.getText()}`);
}

/** Changes of order and of who is asked, which no rule finds: a name, a file, what is replaced by what. */
const BY_HAND: readonly (readonly [string, string, string | RegExp, string])[] = [
  [
    'an act waits a moment',
    'handlers.ts',
    'return await CancellationScope.nonCancellable(act);',
    'await condition(() => false, 1);\nreturn await act();',
  ],
  [
    'a receipt waits a moment',
    'handlers.ts',
    'await CancellationScope.nonCancellable(hear);',
    'await condition(() => false, 1);\nawait hear();',
  ],
  ['receipts are not heard', 'handlers.ts', 'heard(p, () => p.receive(news))', 'undefined'],
  ['resuming is not heard', 'handlers.ts', 'p.parked = null;', ''],
  ['nobody can park it', 'handlers.ts', 'p.parked ??= reason;', 'void reason;'],
  ['renewing is not heard', 'handlers.ts', 'p.renewWanted = true;', ''],
  ['it never continues as new', 'workflow.ts', 'return (long || p.renewWanted) &&', 'return long === undefined &&'],
  [
    'it has no timer for deadlines',
    'workflow.ts',
    /\(await condition\(happened, ms, .*?\}\)\)\) return;/,
    '(await condition(happened), true)) return;',
  ],
  [
    'it does not look before a deadline has its effect',
    'workflow.ts',
    /for \(const item of await a\.inboxBefore.*\n/,
    '\n',
  ],
  ['brought back, it does not wait for its act', 'workflow.ts', /if \(input\.snapshot && ended\(\)\) await .*\n/, '\n'],
  ['it ends before its documents are complete', 'workflow.ts', '&& !hasOpenDocuments(p.state)', ''],
  ['what was staged is not shown when it resumes', 'parking.ts', 'if (wasParked !== null) await p.flush();', ''],
  [
    'documents come before money',
    'steps/next-step.ts',
    'if (money) return money;',
    'if (money && !documentWork(state)) return money;',
  ],
  [
    'what is staged is shown at once',
    'entity.ts',
    'this.lock.run(async () => this.fold(cause, drafts(this.state)));',
    'this.record(cause, drafts);',
  ],
  ['news that have no effect get no outcome', 'entity.ts', 'drafts.length === 0 ? [id] : []', '[]'],
  [
    'an uncertain number is asked for again without looking',
    'steps/registration.ts',
    'const found = await reconcile(input, a);',
    "const found = { kind: 'repeat' as string, fact: undefined as never };",
  ],
  [
    'the number is looked for before it is asked for',
    'steps/registration.ts',
    'const result = await attemptRegistration(input, a);',
    'await reconcile(input, a);\nconst result = await attemptRegistration(input, a);',
  ],
  [
    'a pause that an outage has outlasted is waited for',
    'steps/registration.ts',
    'if (left > 0) await sleep(left,',
    'await sleep(Math.max(left, 1),',
  ],
];

function byHand(): Mutation[] {
  return BY_HAND.map(([name, short, from, to]) => {
    const file = `${FOLDER}/${short}`;
    return { name, file, text: replaced(readFileSync(join(PROJECT, file), 'utf8'), from, to) };
  });
}

/**
 * Source with one thing in place of another.
 * @throws when it is not there any more: the mutation must be adapted to the code, or it would prove nothing
 */
export function replaced(source: string, from: string | RegExp, to: string): string {
  const text = source.replace(from, () => to);
  if (text === source)
    throw new Error(`nothing to mutate any more: ${from} is not in the code, adapt the mutation to it`);
  return text;
}
