import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAhead } from './read-ahead.ts';

const pageOf = (i: number, count: number) => ({ records: [], next: i + 1 < count ? String(i + 1) : null });

const recordWith = (note: string) => ({
  record: {
    ref: { crm: 'hubspot', object: 'notes', id: '1' } as const,
    version: '1',
    createdAt: '',
    updatedAt: '',
    archived: false,
    history: [],
    links: [],
    fields: { hs_note_body: note },
  },
  raw: {},
});
const plenty = { pages: 8, characters: 1000 };

describe('reading ahead', () => {
  it('gives every page once and in order, and never holds more than it may', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 5 }),
        fc.scheduler(),
        async (count, most, s) => {
          let read = 0;
          let taken = 0;
          let held = 0;
          const nexts: (string | null)[] = [];
          const take = async () => {
            const pages = readAhead(
              null,
              async after => {
                await s.schedule(Promise.resolve());
                read += 1;
                held = Math.max(held, read - taken);
                return pageOf(Number(after ?? 0), count);
              },
              { pages: most, characters: Infinity },
            );
            for await (const group of pages) {
              taken += group.length;
              nexts.push(...group.map(page => page.next));
              await s.schedule(Promise.resolve());
            }
          };
          await s.waitFor(take());
          expect(nexts).toEqual(Array.from({ length: count }, (_, i) => pageOf(i, count).next));
          // One more may be on its way when the last place is taken.
          expect(held).toBeLessThanOrEqual(most + 1);
        },
      ),
    );
  });

  it('throws a failure after what was read before it', async () => {
    const seen: unknown[] = [];
    const pages = readAhead(
      null,
      after =>
        after === '2' ? Promise.reject(new Error('down')) : Promise.resolve(pageOf(Number(after), 9)),
      plenty,
    );
    const take = async () => {
      for await (const group of pages) seen.push(...group);
    };
    await expect(take()).rejects.toThrow('down');
    expect(seen).toHaveLength(2);
  });

  it('stops reading when nobody takes any more', async () => {
    let read = 0;
    for await (const _ of readAhead(
      null,
      after => {
        read += 1;
        return Promise.resolve(pageOf(Number(after), 1000));
      },
      { ...plenty, pages: 2 },
    ))
      break;
    expect(read).toBeLessThanOrEqual(4);
  });

  it('waits too when what it has read is long, however few pages that is', async () => {
    let read = 0;
    const long = 'x'.repeat(plenty.characters);
    for await (const _ of readAhead(
      null,
      after => {
        read += 1;
        return Promise.resolve({ ...pageOf(Number(after), 1000), records: [recordWith(long)] });
      },
      plenty,
    ))
      break;
    expect(read).toBeLessThanOrEqual(3);
  });
});
