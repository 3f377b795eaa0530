import type { CrmObject } from '#lib/core/subject.ts';
import type { ReadRecord } from '../doors.ts';
import type { Salesforce } from './api.ts';
import { readingBeside } from './beside.ts';
import { describing, readableFields, type Describe } from './describe.ts';
import { idOf, toRecord, wordsOf } from './normalise.ts';
import { selectFor, textIn, unlessHidden, type Row } from './select.ts';
import type { Source } from './sources.ts';
import { wordedFields } from './vocabulary.ts';

/** Reading of rows, from whichever interface, into records. */
export interface Rows {
  describe: (sobject: string) => Promise<Describe>;
  /** What to ask for of a source: what we have words for and the account shows, or all that it shows. */
  fieldsOf(source: Source): Promise<string[]>;
  toRecords(object: CrmObject, source: Source, rows: readonly Row[]): Promise<ReadRecord[]>;
}

const always = ['Id', 'IsDeleted', 'MasterRecordId', 'CreatedDate', 'LastModifiedDate', 'SystemModstamp'];

export function openRows(salesforce: Salesforce): Rows {
  const describe = describing(salesforce);
  const readBeside = readingBeside(salesforce, describe);

  /** Rows that are not read elsewhere. */
  const ownRows = async ({ unlessIn }: Source, rows: readonly Row[]): Promise<readonly Row[]> => {
    if (unlessIn === undefined || rows.length === 0) return rows;
    const { sobject, key } = unlessIn;
    const ids = rows.flatMap(row => textIn(row, 'Id') ?? []);
    const elsewhere = await unlessHidden(() =>
      selectFor(salesforce, { sobject, fields: [key], key, ids, doing: `reading ${sobject}` }),
    );
    const taken = new Set(elsewhere?.map(row => row[key]));
    return rows.filter(row => !taken.has(row['Id']));
  };

  return {
    describe,
    fieldsOf: async source => {
      const shown = readableFields(await describe(source.sobject)).map(field => field.name);
      if (source.fields === 'all') return shown;
      const wanted = new Set([
        ...always,
        ...wordedFields(wordsOf(source)),
        ...source.fields,
        ...Object.keys(source.links ?? {}),
        ...(source.id ? [source.id] : []),
      ]);
      return shown.filter(name => wanted.has(name));
    },
    toRecords: async (object, source, rows) => {
      const own = await ownRows(source, rows);
      if (own.length === 0) return [];
      const described = await describe(source.sobject);
      const types = new Map(described.fields.map(field => [field.name, field.type]));
      const beside = await readBeside(source, described, own);
      return own
        .filter(row => idOf(source, row) !== '')
        .map(row => toRecord(object, source, row, { types, beside: beside(row) }));
    },
  };
}
