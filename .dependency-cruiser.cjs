/**
 * Who may import whom (docs/design, section 3), as lint. Each layer lists what it may see; anything else in `src` is a
 * violation, so that a new folder is closed until somebody opens it. Two doors are wider than the rest:
 * - `src/activities/ports` holds only interfaces and error classes, so every layer outside `domain` and `workflows` may
 *   import it by value;
 * - `src/activities/contract` is what workflows, activities and application agree on, and is imported as types.
 */
const PORTS = '^src/activities/ports/';
const CONTRACT = '^src/activities/contract\\.ts$';
const PRISMA = '^src/generated/prisma/client\\.ts$';
const temporal = (...names) => `^node_modules/@temporalio/(${names.join('|')})/`;
const within = (...folders) => `^src/(${folders.join('|')})/`;

/** A layer may depend, inside `src`, only on the given paths; `types` are reachable by `import type` alone. */
function layer(name, comment, { values, types = [] }) {
  const from = { path: within(name) };
  return [
    {
      name: `${name}-sees-only`,
      comment,
      severity: 'error',
      from,
      to: { path: '^src/', pathNot: [...values, ...types] },
    },
    ...(types.length === 0
      ? []
      : [
          {
            name: `${name}-types-only`,
            comment: `${comment} These come as types: use \`import type\`.`,
            severity: 'error',
            from,
            to: { path: types, pathNot: values, dependencyTypesNot: ['type-only'] },
          },
        ]),
  ];
}

/** Packages and Node modules a layer may use; everything else outside `src` is a violation. */
function packages(name, allowed) {
  return {
    name: `${name}-packages`,
    comment: `src/${name} may use only: ${allowed.join(', ') || 'nothing outside src'}.`,
    severity: 'error',
    from: { path: within(name) },
    to: { pathNot: ['^src/', ...allowed] },
  };
}

module.exports = {
  forbidden: [
    ...layer('domain', 'The domain is pure: it imports nothing outside itself.', { values: [within('domain')] }),
    packages('domain', []),

    ...layer('workflows', 'Workflow code runs in the sandbox: domain by value, the activities contract as types.', {
      values: [within('workflows', 'domain')],
      types: [CONTRACT],
    }),
    packages('workflows', [temporal('workflow', 'common')]),

    ...layer('locales', 'Texts are data: they import nothing outside themselves.', { values: [within('locales')] }),
    packages('locales', []),

    ...layer('forms', 'Forms know the domain and texts, not who uses them.', {
      values: [within('forms', 'domain', 'locales')],
    }),
    packages('forms', [
      '^node_modules/zod/',
      '^node_modules/json-logic-engine/',
      '^node_modules/@formio/core/',
      '^node_modules/(acorn|ibantools|re2js)/',
    ]),

    ...layer('activities', 'Activities call use cases and ports; adapters are handed to them.', {
      values: [
        within('activities', 'application', 'domain', 'forms'),
        '^src/platform/digest\\.ts$',
        // Values of the client (JSON null, error classes), not a connection: that comes with the dependencies.
        PRISMA,
      ],
      types: ['^src/platform/database\\.ts$'],
    }),

    ...layer('adapters', 'An adapter implements a port: it never knows use cases, HTTP or workflows.', {
      values: [within('adapters', 'domain'), PORTS, '^src/platform/(database|counters|digest)\\.ts$'],
      types: [PRISMA],
    }),

    ...layer('application', 'Use cases know the domain and ports, never adapters, HTTP, or how workflows run.', {
      values: [
        within('application', 'domain', 'forms', 'locales'),
        PORTS,
        PRISMA,
        '^src/platform/(bell|database|digest|counters|listener)\\.ts$',
      ],
      types: [CONTRACT, within('workflows')],
    }),
    {
      name: 'application-temporal-client',
      comment: 'Use cases talk to Temporal as clients; worker, workflow and activity libraries belong elsewhere.',
      severity: 'error',
      from: { path: within('application') },
      to: { path: temporal('worker', 'workflow', 'activity', 'testing') },
    },

    ...layer('api', 'The API speaks HTTP and calls use cases; it never touches database or outside systems.', {
      values: [within('api', 'application', 'domain', 'forms'), PORTS, '^src/platform/(digest|version)\\.ts$'],
      types: [PRISMA],
    }),

    ...layer(
      'sandbox',
      'The doubles of outside systems share nothing with us but the domain, or they would agree with our mistakes.',
      {
        values: [within('sandbox', 'domain')],
      },
    ),

    ...layer('platform', 'The platform is below everything but the domain.', {
      values: [within('platform', 'domain', 'generated'), PORTS],
    }),

    {
      name: 'no-circular',
      comment: 'A circle, of types too, means that two files are one or that a third is missing.',
      severity: 'error',
      from: { pathNot: '^src/generated/' },
      to: { circular: true },
    },
    {
      name: 'no-unreachable',
      comment: 'No program starts from here, not even through others: delete the file, or use it.',
      severity: 'error',
      // The bundler is given workflows and their interceptor by path.
      from: { path: '^src/(cli/main|workflows/index|workflows/practice/unreadable)\\.ts$' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/(cli/main|workflows/index|workflows/practice/unreadable)\\.ts$',
          '\\.d\\.ts$',
          '^src/generated/',
        ],
        reachable: false,
      },
    },
    {
      name: 'no-orphans',
      comment: 'Nobody imports this file and it imports nobody: delete it, or use it.',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/generated/'] },
      to: {},
    },
    {
      name: 'no-dev-dependencies',
      comment: 'What runs in production is installed in production: move the package to "dependencies".',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.d\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'The package is not in package.json: it would vanish with whoever brings it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    {
      name: 'no-unresolved',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/generated/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-tests-in-src',
      comment: 'What runs in production does not depend on tests or scripts.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^src/generated/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
};
