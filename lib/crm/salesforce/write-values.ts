import { AppError } from '#lib/core/errors.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { derivedFields, derivedWords, masterPipeline } from './derived.ts';
import type { Describe, WireField } from './describe.ts';
import type { Row } from './select.ts';
import { sobjectByPrefix } from './subject-of.ts';
import { textOf } from './values.ts';
import { fieldOf, wordOf } from './vocabulary.ts';

type Values = Record<string, string | null>;

const byObject: Partial<Record<CrmObject, string>> = {
  contacts: 'Contact',
  leads: 'Lead',
  companies: 'Account',
  deals: 'Opportunity',
  tasks: 'Task',
  calls: 'Task',
  emails: 'EmailMessage',
  meetings: 'Event',
  notes: 'Task',
  tickets: 'Case',
};

/** Salesforce's object of a record: its id says, since one object of ours may be several of theirs. */
export function sobjectOf({ object, id }: Subject): string {
  const sobject = sobjectByPrefix[id.slice(0, 3)] ?? byObject[object];
  if (sobject === undefined)
    throw new AppError('refused', `Sidecard does not write to ${object} in Salesforce: nothing was written.`);
  return sobject;
}

/** Fields of Salesforce from which the asked words can be told. */
export const fieldsToRead = (sobject: string, words: readonly string[]): string[] => [
  ...new Set([
    ...words.filter(word => !isDerived(sobject, word)).map(word => fieldOf(sobject, word)),
    ...(words.some(word => isDerived(sobject, word)) ? neededFor(sobject) : []),
  ]),
];

const neededFor = (sobject: string): string[] =>
  ({ Lead: ['IsConverted', 'Status'], Account: ['Website', 'Type'] })[sobject] ?? [];

const isDerived = (sobject: string, word: string): boolean => derivedWords[sobject]?.includes(word) === true;

/** The asked words of a row. */
export function wordsIn(sobject: string, row: Row, words: readonly string[], described: Describe): Values {
  const types = new Map(described.fields.map(field => [field.name, field.type]));
  const worded: Values = {};
  for (const [name, value] of Object.entries(row))
    worded[wordOf(sobject, name)] = textOf(value, types.get(name));
  const derived = derivedFields(sobject, row, worded);
  return Object.fromEntries(
    words.map(word => [
      word,
      (isDerived(sobject, word) || word === 'pipeline' ? derived[word] : worded[word]) ?? null,
    ]),
  );
}

/** Our words as Salesforce's fields, with values of the types that JSON has. Throws AppError('refused') for what is derived. */
export function fieldsToWrite(sobject: string, values: Values, described: Describe): Record<string, unknown> {
  const known = new Map(described.fields.map(field => [field.name, field]));
  return Object.fromEntries(
    Object.entries(values).map(([word, value]) => {
      if (isDerived(sobject, word))
        throw new AppError(
          'refused',
          `Salesforce has no field ${word} on ${sobject}: Sidecard works it out from other fields. Change those instead; nothing was written.`,
          { word },
        );
      const name = fieldOf(sobject, word);
      return [name, wireValue(word, value, known.get(name)?.type)];
    }),
  );
}

function wireValue(word: string, value: string | null, type: WireField['type'] | undefined): unknown {
  if (value === null || (word === 'pipeline' && value === masterPipeline)) return null;
  if (type === 'boolean') return value === 'true';
  if (type === 'date') return value.slice(0, 10);
  const isNumber = type !== undefined && ['int', 'long', 'double', 'currency', 'percent'].includes(type);
  return isNumber && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}
