import type { MapNode, MapRelation } from '#lib/views/account-graph-types.ts';

/** All that stands between two nodes of the map, as one line of the drawing. */
export interface Tie {
  id: string;
  from: string;
  to: string;
  /** How they know each other first, then the strongest. */
  relations: MapRelation[];
  /** Of the first; null where it has no more or less. */
  strength: number | null;
  /** When it last showed. */
  lastAt: string | null;
}

const column = { user: 0, person: 1, deal: 2 } satisfies Record<MapNode['kind'], number>;

/**
 * What the drawing draws between nodes: one line a pair, from left to right. Between one of us and a deal nothing is
 * drawn, since the line would pass behind the people: the panel of either says it.
 */
export function tiesOf(nodes: readonly MapNode[], relations: readonly MapRelation[]): Tie[] {
  const columns = new Map(nodes.map(node => [node.key, column[node.kind]]));
  const byPair = new Map<string, MapRelation[]>();
  for (const relation of relations) {
    const from = columns.get(relation.from);
    const to = columns.get(relation.to);
    if (from === undefined || to === undefined || Math.abs(to - from) > 1 || relation.from === relation.to)
      continue;
    if (from === to && from !== column.person) continue;
    const ends = to < from ? [relation.to, relation.from] : [relation.from, relation.to];
    const id = (from === to ? ends.toSorted() : ends).join(' | ');
    byPair.set(id, [...(byPair.get(id) ?? []), relation]);
  }
  return [...byPair]
    .map(([id, found]) => tieOf(id, found, columns))
    .sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
}

function tieOf(id: string, found: readonly MapRelation[], columns: ReadonlyMap<string, number>): Tie {
  const isMain = ({ kind }: MapRelation) => Number(kind === 'knows');
  const sorted = strongestFirst(found).sort((a, b) => isMain(b) - isMain(a));
  const [first] = sorted;
  const ends = [first?.from ?? '', first?.to ?? ''];
  const backwards = (columns.get(ends[1] ?? '') ?? 0) < (columns.get(ends[0] ?? '') ?? 0);
  const [from = '', to = ''] = backwards ? ends.toReversed() : ends;
  return { id, from, to, relations: sorted, strength: first?.strength ?? null, lastAt: newest(sorted) };
}

/** Strength falling, then what showed last, then by kind: an order that does not depend on that of the rows. */
export const strongestFirst = (relations: readonly MapRelation[]): MapRelation[] =>
  relations.toSorted(
    (a, b) =>
      (b.strength ?? -1) - (a.strength ?? -1) ||
      (b.lastAt ?? b.at).localeCompare(a.lastAt ?? a.at) ||
      `${a.kind} ${a.from} ${a.to}`.localeCompare(`${b.kind} ${b.from} ${b.to}`),
  );

const newest = (relations: readonly MapRelation[]): string | null =>
  relations.reduce<string | null>(
    (last, { lastAt }) => (lastAt !== null && (last === null || lastAt > last) ? lastAt : last),
    null,
  );
