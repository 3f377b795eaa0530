import { distance, type Cell, type Persona } from './cell.ts';
import { defaultPersonas, nameFor } from './persona.ts';

const MOST = 8;
/** A further kind must spare at least this share of all distance, or it is not worth a name. */
const LEAST_GAIN = 0.03;
/** Kinds that are in use give way only to ones that fit better by this share: names should not change with every run. */
const INERTIA = 0.05;
/** What this share of a kind's accounts have in common is in its name. */
const COMMON = 0.6;

type Weighed = { cell: Cell; count: number };

/**
 * Kinds of account by k-medoids (PAM, Kaufman and Rousseeuw 1990) over the cells in which accounts stand. It draws no
 * lots: the same accounts give the same kinds, and kinds in use stay unless others fit clearly better. The built-in ones
 * where there are too few accounts to tell.
 */
export function fitPersonas(cells: readonly Cell[], inUse: readonly Persona[] = []): Persona[] {
  const all = weigh(cells);
  if (cells.length < 30 || all.length < 3) return defaultPersonas;
  const [fresh, kept] = [settle(all, build(all)), settle(all, known(all, inUse))];
  const medoids = kept.length > 0 && cost(all, kept) <= cost(all, fresh) * (1 + INERTIA) ? kept : fresh;
  return name(all, medoids);
}

const keyOf = ({ size, industry, behaviour }: Cell): string => JSON.stringify([size, industry, behaviour]);

/** Cells by how many accounts stand in them, in an order of their own. */
function weigh(cells: readonly Cell[]): Weighed[] {
  const counts = new Map<string, Weighed>();
  for (const cell of cells) {
    const known = counts.get(keyOf(cell));
    if (known) known.count += 1;
    else counts.set(keyOf(cell), { cell, count: 1 });
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, weighed]) => weighed);
}

const nearest = (cell: Cell, medoids: readonly Cell[]): number =>
  medoids.reduce((least, medoid) => Math.min(least, distance(cell, medoid)), 3);

const cost = (all: readonly Weighed[], medoids: readonly Cell[]): number =>
  all.reduce((sum, { cell, count }) => sum + count * nearest(cell, medoids), 0);

/** One after the other, each time the cell that spares most; the first of equals. */
function build(all: readonly Weighed[]): Cell[] {
  const medoids: Cell[] = [];
  let whole = 0;
  for (let left = Number.POSITIVE_INFINITY; medoids.length < MOST;) {
    const best = cheapest(all, cell => [...medoids, cell]);
    if (medoids.length === 0) whole = best.cost;
    else if (left - best.cost < LEAST_GAIN * whole) break;
    medoids.push(best.cell);
    left = best.cost;
  }
  return medoids;
}

/** Exchanges a medoid for another cell while that makes all of it fit better. */
function settle(all: readonly Weighed[], start: Cell[]): Cell[] {
  let medoids = start;
  for (let improved = medoids.length > 0; improved;) {
    improved = false;
    for (let i = 0; i < medoids.length; i += 1) {
      const best = cheapest(all, cell => medoids.with(i, cell));
      if (best.cost >= cost(all, medoids) - 1e-9) continue;
      medoids = medoids.with(i, best.cell);
      improved = true;
    }
  }
  return medoids;
}

function cheapest(
  all: readonly Weighed[],
  medoidsWith: (cell: Cell) => Cell[],
): { cell: Cell; cost: number } {
  const costs = all.map(({ cell }) => ({ cell, cost: cost(all, medoidsWith(cell)) }));
  return costs.reduce((best, one) => (one.cost < best.cost - 1e-9 ? one : best));
}

/** Kinds in use whose cells still occur. */
const known = (all: readonly Weighed[], inUse: readonly Persona[]): Cell[] =>
  inUse.map(({ like }) => like).filter(like => all.some(({ cell }) => keyOf(cell) === keyOf(like)));

/** Names each kind by what most of its accounts have in common, and by all of its medoid where another has that name. */
function name(all: readonly Weighed[], medoids: readonly Cell[]): Persona[] {
  const named = medoids.map((like, i): Persona => {
    const members = all.filter(
      ({ cell }) => medoids.findIndex(other => distance(cell, other) === nearest(cell, medoids)) === i,
    );
    const size = members.reduce((sum, { count }) => sum + count, 0);
    const isCommon = (trait: keyof Cell): boolean =>
      members.reduce((sum, { cell, count }) => sum + (cell[trait] === like[trait] ? count : 0), 0) >=
      COMMON * size;
    const common = (['size', 'industry', 'behaviour'] as const).filter(isCommon);
    return { name: nameFor(Object.fromEntries(common.map(trait => [trait, like[trait]]))), like };
  });
  const taken = Map.groupBy(named, persona => persona.name);
  return named.map(persona =>
    (taken.get(persona.name)?.length ?? 0) > 1 ? { ...persona, name: nameFor(persona.like) } : persona,
  );
}
