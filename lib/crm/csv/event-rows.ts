import { parseSubjectKey, type Crm, type Subject } from '#lib/core/subject.ts';
import { hashOf } from '#lib/platform/hash.ts';
import { rowsOfFile, type CsvFile } from './csv.ts';
import { DateEvidence, readDate, type DateOrder } from './dates.ts';
import type { EventColumn, EventWord } from './event-columns.ts';
import type { RawRow } from './records.ts';
import { wordsOf } from './similar.ts';

/** A row as an event to be sent, or why it is none. */
export type CsvEvent = { line: number; event: object } | { line: number; problem: string };

/** What going through a file of events once tells. */
export interface EventSurvey {
  rows: number;
  /** How its times are written. */
  dates: DateOrder;
}

const cellsOf = (columns: readonly EventColumn[], word: EventWord) =>
  columns.flatMap((column, at) => (column.says === word ? [{ at, column }] : []));

/** Counts the rows, and finds out how times are written from all of them. Writes nothing. */
export async function surveyEvents(
  file: CsvFile,
  columns: readonly EventColumn[],
  onProgress: (bytes: number) => void = () => undefined,
): Promise<EventSurvey> {
  const [time] = cellsOf(columns, 'occurredAt');
  const evidence = new DateEvidence();
  let [rows, bytes, header] = [0, 0, true];
  for await (const some of rowsOfFile(file.path, file.encoding, file.shape, read => (bytes = read))) {
    for (const row of header ? some.slice(1) : some) {
      if ('problem' in row) continue;
      rows += 1;
      const value = time === undefined ? '' : (row.cells[time.at]?.trim() ?? '');
      if (value !== '') evidence.add(value);
    }
    header = false;
    onProgress(bytes);
  }
  return { rows, dates: time?.column.dates ?? evidence.order };
}

/** The rows as events, in batches of `size`; `crm` is where records are, when the file does not say. */
export async function* csvEvents(
  file: CsvFile,
  columns: readonly EventColumn[],
  { dates, crm, size = 1000 }: { dates: DateOrder; crm: Crm; size?: number },
): AsyncGenerator<CsvEvent[]> {
  let batch: CsvEvent[] = [];
  let header = true;
  for await (const some of rowsOfFile(file.path, file.encoding, file.shape)) {
    for (const row of header ? some.slice(1) : some) {
      batch.push(eventOf(row, columns, { dates, crm }));
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
    header = false;
  }
  if (batch.length > 0) yield batch;
}

function eventOf(
  row: RawRow,
  columns: readonly EventColumn[],
  how: { dates: DateOrder; crm: Crm },
): CsvEvent {
  const { line } = row;
  if ('problem' in row) return { line, problem: row.problem };
  const { cells } = row;
  if (cells.length !== columns.length)
    return { line, problem: `It has ${cells.length} cells where the header has ${columns.length}.` };
  const first = (word: EventWord): string | undefined =>
    cellsOf(columns, word)
      .map(({ at }) => cells[at]?.trim() ?? '')
      .find(value => value !== '');
  const subject = subjectOf(columns, first, how.crm);
  if (typeof subject === 'string') return { line, problem: subject };
  const time = first('occurredAt') ?? '';
  const at = readDate(time, how.dates);
  if (at === null)
    return {
      line,
      problem:
        time === ''
          ? 'It does not say when it happened.'
          : `“${time.slice(0, 60)}” is no certain time: say how dates are written with "occurredAt:dmy" or "occurredAt:mdy" in a mapping.`,
    };
  const properties = Object.fromEntries(
    cellsOf(columns, 'property').flatMap(({ at: i, column: { name } }) => {
      const value = cells[i] ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
  const source = first('source');
  const event = {
    type: first('type'),
    occurredAt: at.length === 10 ? `${at}T00:00:00.000Z` : at,
    subject,
    ...(source === undefined ? {} : { source }),
    properties,
  };
  // The same row in another file is the same event.
  return { line, event: { id: first('id') ?? `csv:${hashOf(told(columns, cells)).slice(0, 32)}`, ...event } };
}

const told = (columns: readonly EventColumn[], cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(columns.map(({ column }, i) => [column, (cells[i] ?? '').toWellFormed()]));

/** Whom a row is about: a record by its id, else a person by e-mail address; or why nobody. */
function subjectOf(
  columns: readonly EventColumn[],
  first: (word: EventWord) => string | undefined,
  crm: Crm,
): object | string {
  const key = first('subject');
  if (key !== undefined) return keyed(key);
  const id = first('recordId');
  if (id !== undefined)
    return { crm: first('crm') ?? crm, object: first('object') ?? objectNamed(columns), id };
  const email = first('email');
  return email === undefined
    ? 'It does not say whom it is about: it needs an e-mail address, or a record’s id.'
    : { email };
}

function keyed(key: string): Subject | string {
  try {
    return parseSubjectKey(key);
  } catch {
    return `“${key.slice(0, 60)}” names no record: write it as hubspot:contacts:123.`;
  }
}

/** "Deal ID" is the id of a deal; a column that does not say is about contacts. */
function objectNamed(columns: readonly EventColumn[]): string {
  const [first = ''] = wordsOf(cellsOf(columns, 'recordId')[0]?.column.column ?? '');
  const objects: Readonly<Record<string, string>> = { lead: 'leads', company: 'companies', deal: 'deals' };
  return Object.hasOwn(objects, first) ? (objects[first] ?? 'contacts') : 'contacts';
}
