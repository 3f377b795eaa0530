import { z } from 'zod';
import type { Subject } from './subject.ts';

/** Something by which a text tells that it speaks of a person. */
export interface Mark {
  kind: 'email' | 'phone' | 'name' | 'value';
  text: string;
}

/** Whom an erasure is about, and what else goes or is redacted with them. */
export interface Whom {
  /** Every record that the person is or was. */
  subjects: readonly Subject[];
  /** Activities with nobody else from outside: they go whole. */
  activities: readonly Subject[];
  /** Activities with others too: what names the person is taken out of them. */
  shared: readonly Subject[];
  /** What tells the person apart, wherever it stands. */
  marks: readonly Mark[];
  /** Parts of the name: of the person only where it is known that the text speaks of them. */
  nameParts: readonly string[];
}

/** What stands where something was erased. */
export const erasedText = '[erased]';

/** Rows that were removed or changed, by table. */
export type Erased = Record<string, number>;

/** Where something was still found: a place, and in how many rows. */
export const Hit = z.object({ table: z.string(), column: z.string(), rows: z.number().int() });
export type Hit = z.infer<typeof Hit>;

/** What an erasure did, without a word of whom it was about. */
export const ErasureReceipt = z.object({
  id: z.string(),
  at: z.string(),
  /** SHA-256 over tenant and record: tells whether it was this person, to who knows the record. */
  personHash: z.string(),
  origin: z.enum(['asked', 'crm']),
  /** Rows removed or changed, by table. */
  erased: z.record(z.string(), z.number().int()),
  search: z.object({
    tables: z.number().int(),
    columns: z.number().int(),
    rows: z.number().int(),
    /** Names, addresses, numbers and values that were looked for. */
    marks: z.number().int(),
    /** Rows with one of them before. */
    before: z.number().int(),
    hits: z.array(Hit),
  }),
  /** Marks that others have too, so that finding them says nothing; they were not looked for. */
  sharedMarks: z.number().int(),
  /** The CRM has the record still: nothing of it is read any more, and it should be deleted there too. */
  stillInCrm: z.boolean(),
  /** In words, for whoever asked. */
  notes: z.array(z.string()),
});
export type ErasureReceipt = z.infer<typeof ErasureReceipt>;
