import type { SeedRecord, SeedValue } from '#lib/crm/sandbox/seed.ts';
import { iso } from './calendar.ts';

type Draft = Omit<SeedRecord, 'id' | 'createdAt' | 'updatedAt'> & { at: number; id?: string };

/** Where the story is written down. Nothing that happens after `now` enters, whoever tells it. */
export type Book = {
  now: number;
  /** Adds a record created at `at` (ms) and returns its id, or undefined where `at` lies after now. */
  add: (draft: Draft) => string | undefined;
  /** An id for a record that others refer to before it is written. */
  reserve: (type: string) => string;
  records: SeedRecord[];
};

const FIRST_ID = {
  contacts: 10_451,
  companies: 2_210,
  deals: 31_704,
  tasks: 610_020,
  notes: 710_035,
  calls: 810_050,
  emails: 910_065,
  meetings: 510_080,
  tickets: 410_010,
  products: 1_101,
  line_items: 210_020,
  goal_targets: 88_010,
  forecasts: 99_010,
} as Record<string, number>;

export function createBook(now: number): Book {
  const records: SeedRecord[] = [];
  const used = new Map<string, number>();
  const reserve = (type: string): string => {
    const count = used.get(type) ?? 0;
    used.set(type, count + 1);
    return String((FIRST_ID[type] ?? 1_000) + count * 7);
  };
  return {
    now,
    records,
    reserve,
    add({ at, ...draft }) {
      if (at > now) return undefined;
      const id = draft.id ?? reserve(draft.type);
      records.push({ ...draft, id, createdAt: iso(at), updatedAt: iso(latest(draft.history, at)) });
      return id;
    },
  };
}

function latest(history: Record<string, SeedValue[]> | undefined, at: number): number {
  return Object.values(history ?? {})
    .flat()
    .reduce((newest, entry) => Math.max(newest, Date.parse(entry.at)), at);
}
