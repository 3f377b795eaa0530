/** Something of the column that wants to stand at a height. */
export interface Wish {
  key: string;
  /** Where its middle would be best. */
  at: number;
}

/**
 * Places equally tall boxes in a column, each as near to where it wants to be as the others let it, none above 0: those
 * that are too near share the shift (isotonic regression by pooling adjacent violators; Barlow et al. 1972). Equal wishes
 * are in the order of their keys. Returns the top of each box by key.
 */
export function settle(wishes: readonly Wish[], height: number, gap: number): Map<string, number> {
  const step = height + gap;
  const sorted = wishes.toSorted((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
  const blocks: { sum: number; count: number }[] = [];
  for (const [i, { at }] of sorted.entries()) {
    let block = { sum: at - i * step, count: 1 };
    for (let last = blocks.at(-1); last && mean(last) > mean(block); last = blocks.at(-1)) {
      block = { sum: block.sum + last.sum, count: block.count + last.count };
      blocks.pop();
    }
    blocks.push(block);
  }
  const places = blocks.flatMap(block => Array.from({ length: block.count }, () => mean(block)));
  return new Map(
    sorted.map(({ key }, i) => [key, Math.max(0, Math.round((places[i] ?? 0) - height / 2)) + i * step]),
  );
}

const mean = ({ sum, count }: { sum: number; count: number }): number => sum / count;
