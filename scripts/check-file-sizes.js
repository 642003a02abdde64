/**
 * What a reader can hold in mind: `node scripts/check-file-sizes.js [project folder]` fails for files of `src` above 250
 * lines and for functions of workflow code above 150.
 */
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join, relative, resolve, sep } = require('node:path');
const ts = require('typescript');

const MAX_FILE = 250;
const MAX_WORKFLOW_FUNCTION = 150;
/** Made by tools, or mostly data that is read by searching. */
const EXEMPT = [join('src', 'generated')];

/** Every file and function that is too long, one sentence each. */
function checkFileSizes(root) {
  return typescriptFiles(join(root, 'src')).flatMap((file) => {
    const path = relative(root, file);
    if (EXEMPT.some((exempt) => path === exempt || path.startsWith(exempt + sep))) return [];
    const text = readFileSync(file, 'utf8');
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    return [
      ...(lines > MAX_FILE ? [`${path} has ${lines} lines: at most ${MAX_FILE}`] : []),
      ...(path.startsWith(join('src', 'workflows') + sep) ? longFunctions(path, text) : []),
    ];
  });
}

function longFunctions(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body) {
      const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
      const lines = source.getLineAndCharacterOfPosition(node.end).line - first + 1;
      if (lines > MAX_WORKFLOW_FUNCTION) {
        const name = node.name?.getText(source) ?? 'a function';
        found.push(`${path}:${first + 1} ${name} has ${lines} lines: at most ${MAX_WORKFLOW_FUNCTION}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function typescriptFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .sort();
}

module.exports = { checkFileSizes };

if (require.main === module) {
  const problems = checkFileSizes(resolve(process.argv[2] ?? join(__dirname, '..')));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exit(problems.length > 0 ? 1 : 0);
}
