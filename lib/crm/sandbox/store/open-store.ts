import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SCHEMA } from './schema.ts';

type Row = Record<string, string | number | null>;

/** The sandbox's durable store: one SQLite file. Statements are prepared once and kept. */
export type Store = {
  /** The account's clock, in milliseconds. */
  now: () => number;
  /** Sets by how many milliseconds the clock is off. */
  skewClock: (ms: number) => void;
  all: (sql: string, ...values: SQLInputValue[]) => Row[];
  get: (sql: string, ...values: SQLInputValue[]) => Row | undefined;
  run: (sql: string, ...values: SQLInputValue[]) => number;
  /** Runs `work` in one transaction; an inner call joins the outer one, and undoes only itself if it throws. */
  transact: <T>(work: () => T) => T;
  /** Called after each commit that may have queued webhooks. */
  onCommit: (listener: () => void) => void;
  close: () => void;
};

/** Opens (or creates) the store in `file`; ":memory:" keeps nothing. `now` is the clock, in milliseconds. */
export function openStore(file: string, now: () => number = Date.now): Store {
  const db = new DatabaseSync(file);
  let skew = 0;
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000');
  db.exec(SCHEMA);
  const prepared = new Map<string, StatementSync>();
  const listeners: (() => void)[] = [];
  function prepare(sql: string): StatementSync {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  }
  function transact<T>(work: () => T): T {
    const outermost = !db.isTransaction;
    db.exec(outermost ? 'BEGIN IMMEDIATE' : 'SAVEPOINT inner_work');
    let result: T;
    try {
      result = work();
      db.exec(outermost ? 'COMMIT' : 'RELEASE inner_work');
    } catch (error) {
      db.exec(outermost ? 'ROLLBACK' : 'ROLLBACK TO inner_work; RELEASE inner_work');
      throw error;
    }
    if (outermost) for (const listener of listeners) listener();
    return result;
  }
  return {
    now: () => now() + skew,
    skewClock: ms => {
      skew = ms;
    },
    all: (sql, ...values) => prepare(sql).all(...values) as Row[],
    get: (sql, ...values) => prepare(sql).get(...values) as Row | undefined,
    run: (sql, ...values) => Number(prepare(sql).run(...values).changes),
    transact,
    onCommit: listener => void listeners.push(listener),
    close: () => db.close(),
  };
}
