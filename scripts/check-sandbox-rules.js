/**
 * Rules of workflow code that Biome cannot express: `node scripts/check-sandbox-rules.js [project folder]`. What runs in
 * the sandbox, and the domain with it, must give the same result on every host and on every replay.
 */
const { existsSync, readdirSync } = require('node:fs');
const { join, relative, resolve } = require('node:path');
const ts = require('typescript');

const LOCALE = /^(toLocale\w*|localeCompare)$/;
const LOCAL_TIME =
  /^(getFullYear|getMonth|getDate|getDay|getHours|getMinutes|getSeconds|getMilliseconds|getTimezoneOffset|set(FullYear|Month|Date|Hours|Minutes|Seconds|Milliseconds)|toDateString|toTimeString)$/;

/** Every breach under `<root>/src/domain` and `<root>/src/workflows`, as `file:line message`. */
function checkSandboxRules(root) {
  const files = ['src/domain', 'src/workflows'].flatMap((folder) => typescriptFiles(join(root, folder)));
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const program = ts.createProgram(files, { ...options, incremental: false, tsBuildInfoFile: undefined, noEmit: true });
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const breaches = [];
    const visit = (node) => {
      const message = breachOf(node, file.includes('/domain/'), checker);
      if (message) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
        breaches.push(`${relative(root, file)}:${line + 1} ${message}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return breaches;
  });
}

function breachOf(node, inDomain, checker) {
  if (ts.isPropertyAccessExpression(node)) return member(node, inDomain);
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date')
    return dateOf(node.arguments?.length ?? 0, inDomain);
  if (ts.isVariableStatement(node) && ts.isSourceFile(node.parent)) return moduleState(node);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return 'import() loads while the workflow runs: import at the top';
  }
  if (node.name?.getText?.() === 'validator' && isMember(node)) return asyncValidator(node, checker);
  return undefined;
}

function member(node, inDomain) {
  const name = node.name.text;
  const on = node.expression.getText();
  if (on === 'Math' && name === 'random') return 'Math.random(): nothing is random here, derive it from the practice';
  if (LOCALE.test(name)) return `${name}() reads the language data of the host: write the text by hand`;
  if (LOCAL_TIME.test(name)) return `${name}() reads the time zone of the host: use src/domain/terms/rome or UTC`;
  if (inDomain && on === 'Date' && name === 'now') return 'Date.now(): the domain is told instants, it has no clock';
  return undefined;
}

function dateOf(count, inDomain) {
  if (count > 1) return 'new Date(year, month, …) reads the time zone of the host: use Date.UTC';
  if (count === 0 && inDomain) return 'new Date(): the domain is told instants, it has no clock';
  return undefined;
}

/** Module state outlives a run: it is shared by whatever the cache holds, and does not replay. */
function moduleState(statement) {
  if ((statement.declarationList.flags & ts.NodeFlags.Const) === 0) {
    return 'a variable of the module outlives the run: keep it in the state or in a class';
  }
  const mutable = statement.declarationList.declarations.find(
    ({ initializer, type }) =>
      initializer &&
      ts.isNewExpression(initializer) &&
      /^(Weak)?(Map|Set)$/.test(initializer.expression.getText()) &&
      !type?.getText().startsWith('Readonly'),
  );
  return mutable && `${mutable.name.getText()} can be changed and outlives the run: type it as Readonly`;
}

function isMember(node) {
  return ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node) || ts.isShorthandPropertyAssignment(node);
}

/** The SDK does not await a validator: one that answers a promise never refuses, and its rejection blocks the workflow. */
function asyncValidator(node, checker) {
  const value = ts.isPropertyAssignment(node) ? node.initializer : node.name;
  const type = checker.getTypeAtLocation(value);
  const promises = type
    .getCallSignatures()
    .some((signature) => checker.getReturnTypeOfSignature(signature).getProperty('then') !== undefined);
  return promises ? 'a validator must be synchronous: the SDK ignores a promise' : undefined;
}

function typescriptFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

module.exports = { checkSandboxRules };

if (require.main === module) {
  const breaches = checkSandboxRules(resolve(process.argv[2] ?? join(__dirname, '..')));
  for (const breach of breaches) process.stderr.write(`${breach}\n`);
  process.exit(breaches.length > 0 ? 1 : 0);
}
