const longest = 20_000;
const deepest = 8;

/** Why the properties of an event cannot be kept; null when they can. Walks no deeper than it allows, so any JSON may come. */
export function problemWithProperties(properties: Record<string, unknown>): string | null {
  const problem = problemWithin(properties, 1);
  if (problem !== null) return `properties: ${problem}.`;
  const length = JSON.stringify(properties).length;
  return length > longest
    ? `properties: they have ${length.toLocaleString('en-GB')} characters as JSON, and at most ${longest.toLocaleString('en-GB')} are kept.`
    : null;
}

function problemWithin(value: unknown, depth: number): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'a number is too large to be kept';
  if (typeof value !== 'object' || value === null) return null;
  if (depth > deepest) return `they are nested more than ${deepest} levels deep`;
  for (const inner of Object.values(value)) {
    const problem = problemWithin(inner, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}
