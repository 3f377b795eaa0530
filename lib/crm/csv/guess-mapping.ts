import { sha256 } from '#lib/platform/hash.ts';
import type { HouseField, Importable } from './house-field.ts';
import { houseFields, recognisedBy } from './house-fields.ts';
import type { ColumnMapping, Mapping } from './mapping.ts';
import { similarity, wordsOf } from './similar.ts';
import { judgeValues, type Evidence, type ValueType } from './value-evidence.ts';

/** Below this a likeness is chance. */
const leastConfidence = 0.6;

interface Candidate {
  column: string;
  house: HouseField;
  rank: number;
  confidence: number;
  reason: string;
}

/**
 * Guesses what each column means, from its name and from what its cells look like. The order of the columns has no say.
 * A column that no field of the product resembles is kept under its own name: nothing of the file is lost.
 */
export function guessMapping(
  object: Importable,
  columns: readonly string[],
  sample: readonly (readonly string[])[],
): Mapping {
  const evidence = new Map(
    columns.map((column, i) => [column, judgeValues(sample.map(row => row[i] ?? ''))]),
  );
  const chosen = new Map<string, ColumnMapping>();
  const taken = new Set<HouseField>();
  const take = ({ column, house, confidence, reason }: Candidate) => {
    if (chosen.has(column) || taken.has(house)) return;
    taken.add(house);
    chosen.set(column, { column, ...house.target, type: house.type, confidence, reason });
  };
  const byName = columns.flatMap(column => candidatesOf(object, column, evidence.get(column)));
  byName
    .sort((a, b) => b.confidence - a.confidence || a.rank - b.rank || (a.column < b.column ? -1 : 1))
    .forEach(take);
  byValues(
    object,
    columns.filter(column => !chosen.has(column)),
    evidence,
  ).forEach(take);
  const names = new Set([...chosen.values()].flatMap(one => one.field ?? []));
  for (const column of columns.filter(one => !chosen.has(one)).toSorted())
    chosen.set(column, ownName(column, evidence.get(column)?.type ?? 'text', names));
  const mapped = columns.flatMap(column => chosen.get(column) ?? []);
  return { version: 1, object, columns: mapped, key: keyOf(object, mapped) };
}

function candidatesOf(object: Importable, column: string, evidence: Evidence | undefined): Candidate[] {
  const words = wordsOf(column);
  return houseFields[object].flatMap((house, rank) => {
    const [likeness, name] = house.names
      .map(known => [similarity(words, wordsOf(known)), known] as const)
      .reduce((a, b) => (b[0] > a[0] ? b : a));
    const { factor, says } = agreement(house, evidence);
    const confidence = Math.round(Math.min(0.99, likeness * factor) * 100) / 100;
    if (likeness < 0.75 || confidence < leastConfidence) return [];
    const how = likeness === 1 ? `is called “${name}”` : `is called much like “${name}”`;
    return [{ column, house, rank, confidence, reason: says ? `${how}; ${says}` : how }];
  });
}

const alsoLooksLike: Readonly<Record<ValueType, readonly ValueType[]>> = {
  text: [...(['email', 'url', 'phone', 'date', 'number', 'money', 'boolean', 'text'] as const)],
  email: ['email'],
  url: ['url', 'email'],
  phone: ['phone', 'number', 'text'],
  date: ['date'],
  number: ['number', 'money', 'boolean'],
  money: ['money', 'number', 'boolean'],
  boolean: ['boolean', 'number', 'text'],
};

function agreement(
  { type, target }: HouseField,
  evidence: Evidence | undefined,
): { factor: number; says: string } {
  if (!evidence || evidence.filled === 0) return { factor: 0.9, says: 'its cells are empty' };
  // Neighbours come as names with an address behind, or several in a cell.
  if (target.link) return { factor: 1, says: '' };
  const serial = type === 'date' && (evidence.dates === 'excel' || evidence.dates === 'unix');
  if (!alsoLooksLike[type].includes(evidence.type) && !serial)
    return { factor: 0.7, says: `but few of its cells look like ${describe[type]}` };
  if (type === 'text' || evidence.type !== type) return { factor: 1, says: '' };
  return {
    factor: 1,
    says: `${Math.round(evidence.share * 100)} % of its cells look like ${describe[type]}`,
  };
}

const describe: Readonly<Record<ValueType, string>> = {
  text: 'text',
  email: 'e-mail addresses',
  url: 'web addresses',
  phone: 'phone numbers',
  date: 'dates',
  number: 'numbers',
  money: 'amounts of money',
  boolean: 'yes or no',
};

/** Where no name helped: the only column of e-mail addresses is the e-mail address, and so on. */
function byValues(
  object: Importable,
  columns: readonly string[],
  evidence: ReadonlyMap<string, Evidence>,
): Candidate[] {
  return (['email', 'phone'] as const).flatMap(type => {
    const alike = columns.filter(column => evidence.get(column)?.type === type);
    const rank = houseFields[object].findIndex(house => house.type === type);
    const [column, house] = [alike[0], houseFields[object][rank]];
    if (alike.length !== 1 || column === undefined || !house) return [];
    const reason = `the only column left whose cells look like ${describe[type]}`;
    return [{ column, house, rank, confidence: leastConfidence, reason }];
  });
}

function ownName(column: string, type: ValueType, names: Set<string>): ColumnMapping {
  const words = wordsOf(column).join('_').slice(0, 100) || `column_${sha256(column).slice(0, 6)}`;
  const base = words.startsWith('sidecard') ? `file_${words}` : words;
  let field = base;
  for (let n = 2; names.has(field); n++) field = `${base}_${n}`;
  names.add(field);
  return { column, field, type, confidence: 0.5, reason: 'kept under its own name' };
}

/** The columns that tell rows apart where there is no id, as far as the file has them. */
export function keyOf(object: Importable, columns: readonly ColumnMapping[]): string[] {
  const columnOf = (field: string) => columns.find(one => one.field === field)?.column;
  for (const fields of recognisedBy[object]) {
    const key = fields.map(columnOf);
    if (key.every(column => column !== undefined)) return key;
  }
  return [];
}
