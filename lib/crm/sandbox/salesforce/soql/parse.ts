import type { Condition, Literal, Operator, Order, Path, Query, Selected } from './ast.ts';
import { malformed, tokenise, type Token } from './tokens.ts';

const DEEPEST = 60;
const MOST_OFFSET = 2_000;
const RESERVED = new Set(
  'and as asc desc from group having in like limit not nulls null offset or order select where with using for'.split(
    ' ',
  ),
);

type Reader = {
  peek: () => Token;
  take: () => Token;
  /** Takes the next token if it is this word or sign. */
  eat: (text: string) => boolean;
  expect: (text: string) => Token;
  fail: () => never;
  text: string;
  depth: number;
};

function readerOf(soql: string): Reader {
  const tokens = tokenise(soql);
  let at = 0;
  const peek = () => tokens[at] ?? tokens.at(-1)!;
  const is = (text: string) => {
    const token = peek();
    return (token.kind === 'name' || token.kind === 'sign') && token.text.toLowerCase() === text;
  };
  const fail = (): never => {
    const { text, kind } = peek();
    throw malformed(kind === 'end' ? "unexpected token: '<EOF>'" : `unexpected token: '${text}'`);
  };
  const take = () => {
    const token = peek();
    if (token.kind !== 'end') at += 1;
    return token;
  };
  const eat = (text: string) => is(text) && Boolean(take());
  return { peek, take, eat, expect: text => (is(text) ? take() : fail()), fail, text: soql, depth: 0 };
}

function deeper<T>(r: Reader, work: () => T): T {
  r.depth += 1;
  if (r.depth > DEEPEST) throw malformed('Query is nested too deeply');
  const result = work();
  r.depth -= 1;
  return result;
}

/** Objects whose names are reserved words elsewhere. */
const OBJECTS = new Set(['group', 'order']);

function readPath(r: Reader, allowed: ReadonlySet<string> = new Set()): Path {
  const { kind, text, at } = r.peek();
  const word = text.toLowerCase();
  if (kind !== 'name' || text.includes(':') || (RESERVED.has(word) && !allowed.has(word))) return r.fail();
  r.take();
  return { names: text.split('.'), at };
}

function readLiteral(r: Reader): Literal {
  const token = r.peek();
  if (token.kind === 'sign' || token.kind === 'end') return r.fail();
  r.take();
  if (token.kind === 'string') return { kind: 'string', text: token.text, like: token.like };
  if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
  if (token.kind !== 'name') return { kind: token.kind, text: token.text };
  const word = token.text.toLowerCase();
  if (word === 'null') return { kind: 'null' };
  if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true' };
  const [name = '', n] = token.text.toUpperCase().split(':');
  const isPeriod =
    /^(TODAY|YESTERDAY|TOMORROW|(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR|90_DAYS)|(LAST|NEXT)_N_(DAYS|WEEKS|MONTHS|QUARTERS|YEARS)|N_(DAYS|WEEKS|MONTHS|YEARS)_AGO)$/.test(
      name,
    );
  const counted = name.includes('N_');
  if (!isPeriod || counted !== (n !== undefined)) {
    throw malformed(`Bind variables only allowed in Apex code, or unexpected token: '${token.text}'`);
  }
  return { kind: 'period', name, n: Number(n ?? 0) };
}

function readList(r: Reader): Literal[] | Query {
  r.expect('(');
  if (r.peek().text.toLowerCase() === 'select') {
    const query = deeper(r, () => readQuery(r));
    r.expect(')');
    return query;
  }
  const values = [readLiteral(r)];
  while (r.eat(',')) values.push(readLiteral(r));
  r.expect(')');
  return values;
}

function readComparison(r: Reader): Condition {
  const path = readPath(r);
  const negated = r.eat('not');
  if (r.eat('in')) return { kind: 'in', path, negated, values: readList(r) };
  if (negated) return r.fail();
  const sign = r.take().text.toLowerCase();
  const operator = sign === '<>' ? '!=' : sign;
  if (!['=', '!=', '<', '<=', '>', '>=', 'like'].includes(operator)) {
    throw malformed(`unexpected token: '${sign}'`);
  }
  return { kind: 'compare', path, operator: operator as Operator, value: readLiteral(r) };
}

function readTerm(r: Reader): Condition {
  if (r.eat('not')) return { kind: 'not', part: deeper(r, () => readTerm(r)) };
  if (!r.eat('(')) return readComparison(r);
  const inner = deeper(r, () => readCondition(r));
  r.expect(')');
  return inner;
}

/** AND and OR do not mix without parentheses. */
function readCondition(r: Reader): Condition {
  const first = readTerm(r);
  for (const kind of ['and', 'or'] as const) {
    if (!r.eat(kind)) continue;
    const parts = [first, readTerm(r)];
    while (r.eat(kind)) parts.push(readTerm(r));
    const other = r.peek().text.toLowerCase();
    if (other === 'and' || other === 'or') return r.fail();
    return { kind, parts };
  }
  return first;
}

function readSelected(r: Reader): Selected {
  if (r.eat('(')) {
    const query = deeper(r, () => readQuery(r));
    r.expect(')');
    return { kind: 'children', query };
  }
  const path = readPath(r);
  if (path.names.join().toLowerCase() !== 'fields' || !r.eat('(')) return { kind: 'field', path };
  const which = r.take().text.toUpperCase();
  if (which !== 'ALL' && which !== 'STANDARD' && which !== 'CUSTOM') return r.fail();
  r.expect(')');
  return { kind: 'all', which };
}

function readSelect(r: Reader): { select: Selected[]; count: boolean } {
  if (r.peek().text.toLowerCase() === 'count') {
    r.take();
    r.expect('(');
    r.expect(')'); // COUNT(Field) is an aggregate; only the plain count is offered.
    return { select: [], count: true };
  }
  const select = [readSelected(r)];
  while (r.eat(',')) select.push(readSelected(r));
  return { select, count: false };
}

function readOrder(r: Reader): Order[] {
  if (!r.eat('order')) return [];
  r.expect('by');
  const list: Order[] = [];
  do {
    const path = readPath(r);
    const descending = r.eat('desc');
    if (!descending) r.eat('asc');
    let nullsLast = false;
    if (r.eat('nulls')) {
      nullsLast = r.eat('last');
      if (!nullsLast) r.expect('first');
    }
    list.push({ path, descending, nullsLast });
  } while (r.eat(','));
  return list;
}

function readCount(r: Reader, word: string): number | undefined {
  if (!r.eat(word)) return undefined;
  const { kind, text } = r.peek();
  if (kind !== 'number' || !/^\d{1,9}$/.test(text)) return r.fail();
  r.take();
  return Number(text);
}

function readQuery(r: Reader): Query {
  const start = r.expect('select').at;
  const selected = readSelect(r);
  r.expect('from');
  const from = readPath(r, OBJECTS);
  const where = r.eat('where') ? readCondition(r) : undefined;
  const orderBy = readOrder(r);
  const limit = readCount(r, 'limit');
  const offset = readCount(r, 'offset') ?? 0;
  if (offset > MOST_OFFSET) {
    throw malformed('Maximum SOQL offset allowed is 2000');
  }
  const text = start === 0 ? r.text : r.text.slice(start);
  return { ...selected, from: from.names.join('.'), fromAt: from.at, where, orderBy, limit, offset, text };
}

/** Parses a query; everything that it cannot read is refused as MALFORMED_QUERY. */
export function parseQuery(soql: string): Query {
  const r = readerOf(soql);
  const query = readQuery(r);
  if (r.peek().kind !== 'end') r.fail();
  return query;
}

/** Parses what may stand after WHERE. */
export function parseCondition(soql: string): Condition {
  const r = readerOf(soql);
  const condition = readCondition(r);
  if (r.peek().kind !== 'end') r.fail();
  return condition;
}
