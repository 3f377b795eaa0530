/** The part of a syntax tree node that the rule looks at. */
interface Node {
  type: string;
  name?: string;
  arguments?: Node[];
  callee?: Node;
  object?: Node;
  property?: Node;
}
interface Context {
  report(problem: { node: Node; message: string }): void;
}

const message =
  'Takes the time from the clock. Let the caller hand it in (`now`): only then can a decision be replayed and a test be sure.';

/** `new Date()`, `Date()`, `Date.now()` and `performance.now()`; a date made of a value is none of them. */
const readsClock = (node: Node): boolean => {
  const { callee } = node;
  if (callee?.type === 'Identifier') return callee.name === 'Date' && node.arguments?.length === 0;
  const [object, property] = [callee?.object?.name, callee?.property?.name];
  return property === 'now' && (object === 'Date' || object === 'performance');
};

const check = (context: Context) => (node: Node) => {
  if (readsClock(node)) context.report({ node, message });
};

/** Our own linter rules, for what no stock rule says. Loaded by `.oxlintrc.json`. */
export default {
  meta: { name: 'house' },
  rules: {
    'no-clock': {
      create: (context: Context) => ({ NewExpression: check(context), CallExpression: check(context) }),
    },
  },
};
