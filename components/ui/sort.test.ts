import { describe, expect, it } from 'vitest';
import { sortRows } from './sort.tsx';

const rows = [{ n: 2 }, { n: null }, { n: 10 }, { n: 1 }];
const order = (down: boolean) => sortRows(rows, row => row.n, down).map(row => row.n);

describe('sortRows', () => {
  it('sorts numbers as numbers and keeps unknown values last either way', () => {
    expect(order(false)).toEqual([1, 2, 10, null]);
    expect(order(true)).toEqual([10, 2, 1, null]);
  });

  it('leaves the rows it was given and the order of equal ones alone', () => {
    const equal = [{ id: 'b' }, { id: 'a' }];
    expect(sortRows(equal, () => 1, true)).toEqual(equal);
    order(true);
    expect(rows[0]).toEqual({ n: 2 });
  });
});
