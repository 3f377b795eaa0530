/*
 * The import rules of the house. Each says why; lib/rules/import-rules.test.ts plants a violation of each and
 * sees it caught.
 * Paths are from the repository's root; `$1` is what the `from` side matched in its first parentheses.
 */
const names = [
  'agents',
  'crm',
  'decisions',
  'features',
  'graph',
  'guardrails',
  'ingest',
  'memory',
  'models',
  'pipeline',
  'policy',
  'privacy',
  'releases',
  'sign-in',
  'writeback',
];
const stage = `(?:${names.join('|')})`;
const anyStage = `^lib/${stage}/`;
const flow = '^lib/[^/]+[.]ts$';
const tests = ['[.](?:test|long)[.]tsx?$', '/testing/', '/testing[.]ts$', '^e2e/'];
const stores = ['^lib/.+/(?:store|read)[.]ts$', '^lib/.+/(?:store|read)-[^/]+[.]ts$'];
/** What others may import of a stage; the CRM's doors have rules of their own, and so do the last two. */
const doors = [
  '^lib/([^/]+)/\\1[.]ts$',
  '^lib/[^/]+/read[.]ts$',
  '^lib/crm/',
  '^lib/policy/load[.]ts$',
  '^lib/models/metrics[.]ts$',
];
/** A package by name, wherever it is installed; `@scope` stands for all of the scope. */
const packages = (...wanted) => `node_modules/(?:${wanted.join('|')})/`;

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const sound = [
  {
    name: 'resolves',
    comment: 'An import that leads nowhere passes every other rule unseen.',
    from: { path: '^(?:app|components|drizzle|e2e|lib)/' },
    to: { couldNotResolve: true },
  },
  {
    name: 'no-circles',
    comment: 'Two modules that need each other are one module, or miss a third that both could know.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'a-folder-has-its-place',
    comment:
      'A folder that no rule knows obeys none. A stage belongs among the names above; what is none belongs in a folder that is there.',
    from: { path: `^lib/(?!(?:${stage}|cli|core|edge|jobs|monitor|platform|rules|views)/)[^/]+/` },
    to: {},
  },
  {
    name: 'declared-packages',
    comment: 'A package that package.json does not name is there by luck, and gone with the next install.',
    from: { path: '^(?:app|components|drizzle|e2e|lib)/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'ships-without-tools',
    comment:
      'An installation without development packages must start: what ships imports none but their types.',
    from: { path: '^(?:app|components|lib)/', pathNot: tests },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'ships-without-tests',
    comment:
      'Test support may cut corners that the product must not: only tests, and the commands that test and measure, use it.',
    from: {
      path: '^(?:app|components|drizzle|lib)/',
      pathNot: [...tests, '^lib/cli/(?:bench|check|test)[.]ts$', '^lib/cli/bench/'],
    },
    to: { path: tests },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const strangers = [
  {
    name: 'stages-are-strangers',
    comment:
      'A stage that knows another cannot be changed, tested or trusted alone. Share words (lib/core) and meet in the flow.',
    from: { path: `^lib/(${stage})/`, pathNot: '^lib/agents/.*evals/' },
    to: { path: anyStage, pathNot: ['^lib/$1/', '^lib/crm/'] },
  },
  {
    name: 'stages-stay-below-the-flow',
    comment:
      'The flow calls the stages. A stage that calls back, or knows pages and commands, turns the house over.',
    from: { path: anyStage, pathNot: tests },
    to: { path: [flow, '^lib/(?:monitor|views|edge|cli)/', '^(?:app|components)/'] },
  },
  {
    name: 'one-front-door',
    comment:
      'Import lib/<stage>/<stage>.ts, or lib/<stage>/read.ts for pages: what lies deeper may change without asking.',
    from: { pathNot: anyStage },
    to: { path: anyStage, pathNot: doors },
  },
  {
    name: 'evals-use-front-doors',
    comment:
      'An eval judges an agent as it meets the flow, with the guardrails around it: by the doors that the flow uses.',
    from: { path: '^lib/agents/.*evals/' },
    to: { path: anyStage, pathNot: ['^lib/agents/', ...doors] },
  },
  {
    name: 'policies-are-loaded-by-the-flow',
    comment:
      'Policy files are read when a release is made, by the flow or a command: decisions use what the release holds.',
    from: { pathNot: [flow, '^lib/(?:policy|cli)/', ...tests] },
    to: { path: '^lib/policy/load[.]ts$' },
  },
  {
    name: 'metrics-are-for-the-command-line',
    comment:
      'Measures of a model serve back-tests; the product shows what a release recorded when it was trained.',
    from: { pathNot: ['^lib/(?:models|cli)/', ...tests] },
    to: { path: '^lib/models/metrics[.]ts$' },
  },
  {
    name: 'monitor-only-watches',
    comment:
      'Were anything built on the monitor, watching would change what is watched. Only pages and commands read it.',
    from: { pathNot: ['^lib/(?:monitor|views|edge|cli|jobs)/', '^app/', ...tests] },
    to: { path: '^lib/monitor/' },
  },
  {
    name: 'monitor-only-reads',
    comment: 'The monitor watches through lib/<stage>/read.ts (queries only), so that it can change nothing.',
    from: { path: '^lib/monitor/', pathNot: tests },
    to: { path: anyStage, pathNot: '^lib/[^/]+/read[.]ts$' },
  },
  {
    name: 'only-the-flow-meets-stages',
    comment: 'This is where strangers meet. Whoever else holds it could take any step out of order.',
    from: { pathNot: flow },
    to: { path: '^lib/stages[.]ts$' },
  },
  {
    name: 'sessions-are-for-those-who-let-in',
    comment:
      'Whoever makes a session is that person. Where people come in (lib/edge), the flow, and what admins see: nowhere else.',
    from: { pathNot: [flow, '^lib/(?:sign-in|edge|views)/', ...tests] },
    to: { path: '^lib/sign-in/' },
  },
  {
    name: 'plumbing-knows-no-stage',
    comment: 'The platform knows vendors, not sales: it must serve every stage and depend on none.',
    from: { path: '^lib/platform/', pathNot: tests },
    to: { path: [anyStage, '^lib/(?:jobs|monitor|views|edge|cli)/', '^(?:app|components)/'] },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const crm = [
  {
    name: 'only-ingest-reads-the-crm',
    comment: 'One reader keeps every version with its source; a second would see what no lineage shows.',
    from: { pathNot: ['^lib/(?:crm|ingest)/', ...tests] },
    to: { path: '^lib/crm/crm[.]ts$' },
  },
  {
    name: 'only-writeback-writes-the-crm',
    comment:
      'One writer is idempotent, keeps before and after, and writes only what was judged. No agent reaches it.',
    from: { pathNot: ['^lib/(?:crm|writeback)/', ...tests] },
    to: { path: '^lib/crm/writer[.]ts$' },
  },
  {
    name: 'setup-is-installing',
    comment: 'Creating our properties in a CRM account happens when it is connected, and at no other time.',
    from: { pathNot: [flow, '^lib/(?:crm|cli)/', ...tests] },
    to: { path: '^lib/crm/setup[.]ts$' },
  },
  {
    name: 'connections-are-for-those-who-talk',
    comment: 'Connections carry the secrets of a CRM account: for who reads, writes, connects or shows it.',
    from: { pathNot: [flow, '^lib/(?:crm|ingest|writeback|views|edge|cli)/', ...tests] },
    to: { path: '^lib/crm/(?:connections|session)[.]ts$' },
  },
  {
    name: 'crm-has-four-doors',
    comment:
      'Reading is crm.ts, writing writer.ts, installing setup.ts, accounts connections.ts. A vendor stays behind them.',
    from: { pathNot: ['^lib/crm/', ...tests] },
    to: {
      path: '^lib/crm/',
      pathNot: ['^lib/crm/(?:crm|writer|setup|changes|connections|session|read)[.]ts$', '^lib/crm/sandbox/'],
    },
  },
  {
    name: 'only-the-flow-writes-back',
    comment: 'Nothing but apply may change a CRM. Pages read receipts through lib/writeback/read.ts.',
    from: { pathNot: [flow, '^lib/writeback/'] },
    to: { path: '^lib/writeback/', pathNot: '^lib/writeback/read[.]ts$' },
  },
  {
    name: 'sandbox-shares-nothing',
    comment:
      'The sandbox stands for somebody else’s CRM: what it shared with us would agree with us by accident.',
    from: { path: '^lib/crm/sandbox/' },
    to: { path: '^(?:app|components|drizzle|lib)/', pathNot: '^lib/crm/sandbox/' },
  },
  {
    name: 'sandbox-is-only-started',
    comment: 'The product must not know that it talks to a sandbox: only its base URL differs.',
    from: { pathNot: ['^lib/crm/sandbox/', '^lib/cli/', ...tests] },
    to: { path: '^lib/crm/sandbox/' },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const pure = [
  {
    name: 'core-stands-alone',
    comment: 'All others share these words: what they import, everybody imports. Nothing but zod.',
    from: { path: '^lib/core/', pathNot: tests },
    to: { pathNot: ['^lib/core/', packages('zod')] },
  },
  {
    name: 'pure-stages',
    comment:
      'The same input gives the same answer, today and at replay: no files, network, database or environment.',
    from: { path: '^lib/(features|models|guardrails)/', pathNot: [...stores, ...tests] },
    // Calendars of holidays and of time zones are tables.
    to: { pathNot: ['^lib/core/', '^lib/$1/', packages('zod', 'date-holidays', 'countries-and-timezones')] },
  },
  {
    name: 'pure-policy',
    comment: 'A verdict follows from its request and the policy set alone: Cedar and hashing, no I/O.',
    from: { path: '^lib/policy/', pathNot: ['^lib/policy/load[.]ts$', ...tests] },
    to: {
      pathNot: [
        '^lib/(?:core|policy)/',
        '^lib/platform/hash[.]ts$',
        packages('zod', '@cedar-policy/cedar-wasm'),
      ],
    },
  },
  {
    name: 'pure-does-not-store',
    comment: 'What a pure stage keeps is read and written by the flow around it, never while it computes.',
    from: {
      path: '^lib/(features|models|guardrails|policy)/',
      pathNot: [...stores, ...tests, '^lib/([^/]+)/\\1[.]ts$'],
    },
    to: { path: stores },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const vendors = [
  {
    name: 'next-and-react-stop-at-the-edge',
    comment: 'Below lib/edge nothing knows that it is asked over the web; lib/cli starts Next, no more.',
    from: { path: '^(?:lib|drizzle)/', pathNot: '^lib/(?:edge|cli)/' },
    to: {
      path: packages('next', 'react', 'react-dom', '@tanstack/[^/]+', 'radix-ui', 'recharts', 'lucide-react'),
    },
  },
  {
    name: 'drizzle-stays-in-stores',
    comment:
      'Who reads a store.ts sees every query of the stage; a query elsewhere is one that nobody reviews.',
    from: {
      pathNot: [
        ...stores,
        ...tests,
        'node_modules',
        '^drizzle/',
        '^lib/platform/(?:db|open-db|migrate)[.]ts$',
        '^lib/jobs/queue[.]ts$',
      ],
    },
    to: { path: [packages('drizzle-orm', 'drizzle-kit'), '^drizzle/schema/'] },
  },
  {
    name: 'a-table-has-one-owner',
    comment: 'Tables of drizzle/schema/x.ts belong to lib/x: a second reader would freeze their shape.',
    from: { path: '^lib/([^/]+)/', pathNot: tests },
    to: { path: '^drizzle/schema/', pathNot: '^drizzle/schema/$1[.]ts$' },
  },
  {
    name: 'langchain-stays-with-agents',
    comment:
      'Everything else sees a suggestion, not how it was written: the library can be replaced in one place.',
    from: { pathNot: ['^lib/agents/', '^lib/platform/llm[^/]*[.]ts$', 'node_modules'] },
    to: { path: packages('@langchain/[^/]+', 'langchain', 'openai') },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const pages = [
  {
    name: 'components-know-views',
    comment:
      'Plain props in, events out: components take words of lib/core and shapes of lib/views, and fetch nothing.',
    from: { path: '^components/' },
    to: { path: '^(?:app|drizzle|lib)/', pathNot: '^lib/(?:core|views)/' },
  },
  {
    name: 'components-take-only-shapes-of-views',
    comment: 'Write `import type`: a value of lib/views would bring the database into the browser.',
    from: { path: '^components/' },
    to: { path: '^lib/views/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'app-is-thin',
    comment:
      'Addresses and layouts, no logic: who asks and what is shown come from lib/edge, lib/views and the flow.',
    from: { path: '^app/' },
    to: { path: ['^lib/', '^drizzle/'], pathNot: [flow, '^lib/(?:core|edge|views)/'] },
  },
  {
    name: 'nothing-imports-pages',
    comment:
      'The outermost layer, where Next finds addresses: what is worth sharing lives in components or lib.',
    from: { pathNot: '^app/' },
    to: { path: '^app/' },
  },
  {
    name: 'lib-draws-nothing',
    comment: 'Below app, answers are values: how they look is decided in components.',
    from: { path: '^(?:lib|drizzle)/' },
    to: { path: '^components/' },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...sound, ...strangers, ...crm, ...pure, ...vendors, ...pages].map(rule => ({
    severity: 'error',
    ...rule,
  })),
  options: {
    // Imports of types count: who knows another's types depends on it.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Reads `imports` of package.json (#lib/…) and `exports` of packages, as Node does.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
