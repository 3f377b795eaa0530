import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { wordsOf } from './similar.ts';

/** What a column of a file of events says; `property` is one of the event's own, under `name`. */
const says = [
  'id',
  'type',
  'occurredAt',
  'source',
  'email',
  'crm',
  'object',
  'recordId',
  'subject',
  'property',
] as const;
export type EventWord = (typeof says)[number];

export interface EventColumn {
  column: string;
  says: EventWord | null;
  /** Of the property; else the column's own. */
  name: string;
  /** How the file's dates are written, where somebody said so. */
  dates?: 'dmy' | 'mdy';
}

/** Names of columns, as words run together. */
const names: Readonly<Record<Exclude<EventWord, 'property'>, readonly string[]>> = {
  id: ['id', 'eventid', 'eventuuid', 'messageid', 'uuid'],
  type: ['type', 'event', 'eventtype', 'eventname', 'action'],
  occurredAt: [
    'occurredat',
    'timestamp',
    'time',
    'at',
    'date',
    'datetime',
    'eventtime',
    'eventdate',
    'happenedat',
  ],
  source: ['source'],
  email: ['email', 'emailaddress', 'mail', 'useremail', 'contactemail', 'leademail'],
  crm: ['crm'],
  object: ['object', 'recordtype'],
  recordId: ['recordid', 'subjectid', 'crmid', 'contactid', 'leadid', 'companyid', 'dealid'],
  subject: ['subject'],
};

/** Guesses by their names what columns say: the first of a kind counts, and all others are properties. */
export function guessEventColumns(columns: readonly string[]): EventColumn[] {
  const taken = new Set<EventWord>();
  return columns.map(column => {
    const joined = wordsOf(column).join('');
    const found = says.find(word => word !== 'property' && names[word].includes(joined) && !taken.has(word));
    if (found) taken.add(found);
    return { column, says: found ?? 'property', name: column };
  });
}

const Given = z.record(z.string(), z.string().min(1).max(200).nullable());

/**
 * A mapping as somebody wrote it: `{"Mail": "email", "When": "occurredAt:dmy", "Plan": "plan", "Intern": null}`. What is none
 * of an event's own words is the name of a property; columns that it does not name are left out. Throws
 * AppError('bad_input').
 */
export function readEventColumns(given: unknown, columns: readonly string[], path: string): EventColumn[] {
  const parsed = Given.safeParse(given);
  if (!parsed.success)
    throw new AppError(
      'bad_input',
      `The mapping ${path} must be an object of columns, such as {"Mail": "email"}.`,
    );
  const unknown = Object.keys(parsed.data).filter(column => !columns.includes(column));
  if (unknown.length > 0)
    throw new AppError(
      'bad_input',
      `The mapping ${path} names columns that the file does not have: ${unknown.join(', ')}. It has ${columns.join(', ')}.`,
    );
  return columns.map(column => {
    const word = Object.hasOwn(parsed.data, column) ? (parsed.data[column] ?? null) : null;
    if (word === null) return { column, says: null, name: column };
    const [, dates] = /^occurredAt:(dmy|mdy)$/.exec(word) ?? [];
    if (dates === 'dmy' || dates === 'mdy') return { column, says: 'occurredAt', name: column, dates };
    const found = says.find(one => one === word && one !== 'property');
    return found ? { column, says: found, name: column } : { column, says: 'property', name: word };
  });
}
