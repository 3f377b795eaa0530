import { DateEvidence, type DateOrder } from './dates.ts';
import type { Mapping } from './mapping.ts';
import type { RawRow } from './records.ts';
import { SeenKeys } from './seen-keys.ts';
import { stageSpotter, type StageSeen } from './stages-seen.ts';
import { rowReader } from './to-row.ts';

/** Lists in a report show this many entries; totals count all. */
export const mostListed = 1000;

/** What going through a whole file once tells, before anything of it is kept. */
export interface Survey {
  /** Rows that can be read; rows that cannot are counted in `rejectedTotal` alone. */
  rows: number;
  rejected: { line: number; reason: string }[];
  rejectedTotal: number;
  /** Rows that a later row of the same record replaces. */
  duplicates: { line: number; replacedBy: number }[];
  duplicatesTotal: number;
  /** Values that stay as given although their field is a date or a number: by column, with one of them. */
  flags: { column: string; count: number; why: string; line: number; value: string }[];
  /** The first rows, as the file has them. */
  first: { line: number; cells: string[] }[];
  /** The mapping with the order of days and months in each column of dates. */
  mapping: Mapping;
  /** The mapping as it was chosen: what the next file may be read by, whose dates may be written otherwise. */
  chosen: Mapping;
  /** Stages that its deals are in. */
  stages: StageSeen[];
  /** Where each record's last row is. */
  seen: SeenKeys;
}

const plainNumber = /^[+-]?\d+(?:\.\d+)?$/;

/** Gathers a survey row by row; memory grows by 24 bytes a record and not with what the rows hold. */
export function surveyor(columns: readonly string[], mapping: Mapping) {
  const reader = rowReader(columns, mapping);
  const stages = stageSpotter(columns, mapping);
  const at = (column: string) => columns.indexOf(column);
  const ofType = (...types: string[]) =>
    mapping.columns.flatMap(({ column, field, type, dates }) =>
      field && types.includes(type) ? [{ column, at: at(column), dates }] : [],
    );
  const dateColumns = ofType('date').map(one => ({ ...one, evidence: new DateEvidence(), odd: firsts() }));
  const numberColumns = ofType('number', 'money').map(one => ({ ...one, odd: firsts() }));
  const survey: Omit<Survey, 'mapping' | 'chosen' | 'flags' | 'stages'> = {
    rows: 0,
    rejected: [],
    rejectedTotal: 0,
    duplicates: [],
    duplicatesTotal: 0,
    first: [],
    seen: new SeenKeys(),
  };

  const reject = (line: number, reason: string) => {
    survey.rejectedTotal += 1;
    if (survey.rejected.length < mostListed) survey.rejected.push({ line, reason });
  };
  const take = (row: RawRow): void => {
    const { line } = row;
    if ('problem' in row) return reject(line, row.problem);
    const problem = reader.problemOf(row.cells);
    if (problem !== null) return reject(line, problem);
    survey.rows += 1;
    stages.spot(row.cells);
    if (survey.first.length < 5) survey.first.push({ line, cells: row.cells });
    const { by, key } = reader.identityOf(row.cells);
    const before = survey.seen.see(`${by}\n${key}`, line);
    if (before !== null) {
      survey.duplicatesTotal += 1;
      if (survey.duplicates.length < mostListed) survey.duplicates.push({ line: before, replacedBy: line });
    }
    for (const { at: i, evidence, odd } of dateColumns) {
      const value = row.cells[i]?.trim() ?? '';
      if (value === '') continue;
      const { other, either, dmyOnly, mdyOnly } = evidence.counts;
      evidence.add(value);
      if (evidence.counts.other > other) odd.other ??= { line, value };
      if (evidence.counts.either > either) odd.either ??= { line, value };
      if (evidence.counts.dmyOnly > dmyOnly) odd.dmyOnly ??= { line, value };
      if (evidence.counts.mdyOnly > mdyOnly) odd.mdyOnly ??= { line, value };
    }
    for (const { at: i, odd } of numberColumns) {
      const value = row.cells[i]?.trim() ?? '';
      if (value === '' || plainNumber.test(value)) continue;
      odd.other ??= { line, value };
      odd.count += 1;
    }
  };

  const finish = (): Survey => {
    const flags: Survey['flags'] = [];
    const orders = new Map<string, DateOrder>();
    for (const { column, evidence, odd, dates } of dateColumns) {
      // Only an order of days and months is an order; the others say no more than the values do.
      const order = dates === undefined || dates === 'iso' || dates === 'unclear' ? evidence.order : dates;
      orders.set(column, order);
      const { other, either } = evidence.counts;
      if (odd.other) flags.push({ column, count: other, why: 'no date that can be read', ...odd.other });
      const against = order === 'dmy' ? 'mdyOnly' : order === 'mdy' ? 'dmyOnly' : null;
      if (against && odd[against])
        flags.push({
          column,
          count: evidence.counts[against],
          why: 'day and month the other way round than the mapping says',
          ...odd[against],
        });
      if (order === 'unclear' && odd.either)
        flags.push({ column, count: either, why: 'day and month may be exchanged', ...odd.either });
    }
    for (const { column, odd } of numberColumns)
      if (odd.other)
        flags.push({ column, count: odd.count, why: 'not a plain number such as 1234.5', ...odd.other });
    const mapped = mapping.columns.map(column => {
      const dates = orders.get(column.column);
      return dates ? { ...column, dates } : column;
    });
    return {
      ...survey,
      flags,
      stages: stages.stages(),
      chosen: mapping,
      mapping: { ...mapping, columns: mapped },
    };
  };
  return { take, finish };
}

type Example = { line: number; value: string };
const firsts = (): { count: number } & Partial<
  Record<'other' | 'either' | 'dmyOnly' | 'mdyOnly', Example>
> => ({
  count: 0,
});
