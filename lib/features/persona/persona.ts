import { distance, type Cell, type Persona } from './cell.ts';

/** The persona nearest to a cell, the first of equals. Throws where there is none to choose from. */
export function personaOf(cell: Cell, personas: readonly Persona[]): Persona {
  const [first, ...others] = personas;
  if (!first) throw new RangeError('no personas');
  let nearest = first;
  for (const other of others) if (distance(cell, other.like) < distance(cell, nearest.like)) nearest = other;
  return nearest;
}

const BEHAVIOUR: Record<string, string> = {
  'trying it out': 'that use the product',
  talking: 'that talk to us',
  reading: 'that read our pages',
  silent: 'that do not answer',
  quiet: 'where nothing happens',
};

/** "Small technology companies that read our pages": only what is given is said. */
export function nameFor(traits: Partial<Cell>): string {
  const size = traits.size ? `${traits.size} ` : '';
  const industry = traits.industry && traits.industry !== 'other' ? `${traits.industry} ` : '';
  const words = `${size}${industry}companies ${traits.behaviour ? (BEHAVIOUR[traits.behaviour] ?? '') : 'of all kinds'}`;
  const name = words.trim();
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Before a tenant's own accounts were looked at: by size and way of buying alone. */
export const defaultPersonas: Persona[] = [
  ...['small', 'mid-size', 'large'].flatMap(size =>
    ['trying it out', 'talking', 'reading'].map(behaviour => ({ size, industry: null, behaviour })),
  ),
  { size: null, industry: null, behaviour: 'silent' },
  { size: null, industry: null, behaviour: 'quiet' },
].map(like => ({ name: nameFor(like), like }));
