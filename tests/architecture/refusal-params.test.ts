import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { REFUSALS, type RefusalCode, type RefusalParams } from '../../src/domain/errors';
import { ROOT } from './support';

/** The parameters that a sentence and a remedy read. */
function paramsOf(code: RefusalCode): Set<string> {
  const read = new Set<string>();
  const spy = new Proxy({} as RefusalParams, {
    get: (_target, name) => {
      read.add(String(name));
      return 'x';
    },
  });
  REFUSALS[code].sentence(spy);
  REFUSALS[code].remedy(spy);
  return read;
}

function filesThatRefuse(): string[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('generated'))
    .map((name) => join(ROOT, 'src', name))
    .filter((file) => /\brefus(e|al)\(/.test(readFileSync(file, 'utf8')));
}

/** Every `refuse('CODE', params)` whose params lack something that the sentence says. */
function lacking(): { calls: number; problems: string[] } {
  const files = filesThatRefuse();
  const {
    incremental: _incremental,
    tsBuildInfoFile: _file,
    ...options
  } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    ROOT,
  ).options;
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const problems: string[] = [];
  let calls = 0;
  for (const file of files) {
    const source = program.getSourceFile(file);
    const visit = (node: ts.Node): void => {
      ts.forEachChild(node, visit);
      if (!ts.isCallExpression(node) || !/^refus(e|al)$/.test(node.expression.getText())) return;
      const [code, params] = node.arguments;
      if (!code || !ts.isStringLiteral(code) || !(code.text in REFUSALS)) return;
      calls += 1;
      const given = params ? checker.getTypeAtLocation(params).getProperties() : [];
      const sure = given.filter((property) => (property.flags & ts.SymbolFlags.Optional) === 0).map(({ name }) => name);
      const missing = [...paramsOf(code.text as RefusalCode)].filter((name) => !sure.includes(name));
      if (missing.length > 0) problems.push(`${relative(ROOT, file)}: ${code.text} without ${missing.join(', ')}`);
    };
    if (source) visit(source);
  }
  return { calls, problems };
}

test('whoever refuses gives every parameter that the sentence and the remedy say', () => {
  const { calls, problems } = lacking();
  expect(problems).toEqual([]);
  expect(calls).toBeGreaterThan(40);
});
