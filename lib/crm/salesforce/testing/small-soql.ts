type Row = Record<string, unknown>;
type Test = (row: Row) => boolean;

const token = /\s*('(?:[^'\\]|\\.)*'|[(),]|!=|>=|<=|=|<|>|[\w.:+-]+)/gy;

const tokensOf = (text: string): string[] => [...text.matchAll(token)].map(match => match[1] ?? '');

const valueOf = (word: string): string | null =>
  word === 'null' ? null : word.startsWith("'") ? word.slice(1, -1).replaceAll(/\\(.)/g, '$1') : word;

/** A condition of the few forms that the connector sends, as a test of a row. */
function conditionOf(text: string): Test {
  const tokens = tokensOf(text);
  const next = () => tokens.shift() ?? '';
  const either = (): Test => {
    let left = both();
    while (tokens[0] === 'OR') {
      next();
      const [a, b] = [left, both()];
      left = row => a(row) || b(row);
    }
    return left;
  };
  const both = (): Test => {
    let left = one();
    while (tokens[0] === 'AND') {
      next();
      const [a, b] = [left, one()];
      left = row => a(row) && b(row);
    }
    return left;
  };
  const one = (): Test => {
    const field = next();
    if (field === '(') {
      const inner = either();
      next();
      return inner;
    }
    const operator = next();
    if (operator === 'IN') {
      const list = new Set<string | null>();
      for (let word = next(); word !== ')' && word !== ''; word = next())
        if (word !== '(' && word !== ',') list.add(valueOf(word));
      return row => list.has(textOf(row[field]));
    }
    const wanted = valueOf(next());
    return row => compare(textOf(row[field]), operator, wanted);
  };
  return either();
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

function compare(value: string | null, operator: string, wanted: string | null): boolean {
  if (operator === '=') return value === wanted;
  if (operator === '!=') return value !== wanted;
  const [a, b] = [value ?? '', wanted ?? ''];
  return operator === '>' ? a > b : operator === '>=' ? a >= b : operator === '<' ? a < b : a <= b;
}

/** Runs a query over tables; throws the name of Salesforce's error for what a table lacks. */
export function runSoql(q: string, tables: Record<string, Row[]>, fieldsOf: (table: string) => Set<string>) {
  const read = /^SELECT (.+?) FROM (\w+)(?: WHERE (.+?))?(?: ORDER BY (\w+))?(?: LIMIT (\d+))?$/.exec(q);
  const [, list = '', table = '', where, order, limit] = read ?? [];
  if (tables[table] === undefined) throw new Error('INVALID_TYPE');
  const test = where === undefined ? () => true : conditionOf(where);
  const found = tables[table].filter(test);
  if (list === 'COUNT()') return { count: found.length, rows: [] };
  const fields = list.split(',');
  if (fields.some(field => !fieldsOf(table).has(field))) throw new Error('INVALID_FIELD');
  const sorted = order ? found.toSorted((a, b) => (String(a[order]) < String(b[order]) ? -1 : 1)) : found;
  const rows = sorted
    .slice(0, limit === undefined ? undefined : Number(limit))
    .map(row => Object.fromEntries(fields.map(field => [field, row[field] ?? null])));
  return { count: rows.length, rows };
}
