/** A text as SOQL writes it, in quotes. */
export const quoted = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;

export const inList = (field: string, values: readonly string[]): string =>
  `${field} IN (${values.map(quoted).join(',')})`;

/** Conditions that must all hold; those that are empty are left out. */
export const allOf = (...conditions: (string | undefined)[]): string =>
  conditions
    .filter((condition): condition is string => condition !== undefined && condition !== '')
    .map(condition => (/ (?:AND|OR) /.test(condition) ? `(${condition})` : condition))
    .join(' AND ');

export interface Selection {
  sobject: string;
  fields: readonly string[];
  where?: string;
  order?: string;
  limit?: number;
}

export const soqlOf = ({ sobject, fields, where, order, limit }: Selection): string =>
  [
    `SELECT ${fields.join(',')} FROM ${sobject}`,
    ...(where ? [`WHERE ${where}`] : []),
    ...(order ? [`ORDER BY ${order}`] : []),
    ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
  ].join(' ');

/** Salesforce refuses addresses beyond 16,000 characters; a query that is written in one stays well below. */
const longestList = 6000;

/** Field lists that fit into one query each, every one with the Id. */
export function fieldChunks(fields: readonly string[]): string[][] {
  const chunks: string[][] = [['Id']];
  let length = 0;
  for (const field of fields.filter(name => name !== 'Id')) {
    length += field.length + 3;
    if (length > longestList) {
      chunks.push(['Id']);
      length = field.length;
    }
    chunks.at(-1)?.push(field);
  }
  return chunks;
}
