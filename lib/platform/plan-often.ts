/** A text that came so often is planned once for each connection, and not again each time. */
const OFTEN = 5;
/** So many at most: a connection keeps each plan for as long as it lives. */
const MOST_PLANS = 300;
/** Texts that are counted at a time; those that hold a list of parameters each are many, and come seldom. */
const MOST_COUNTED = 2000;

interface Client {
  unsafe: (text: string, parameters?: never[], options?: { prepare?: boolean }) => unknown;
}

/**
 * Lets statements that come often be prepared, which Drizzle does not: planning a query over the graph takes longer than
 * running it, and one that is not prepared goes to the database twice. Returns what to call with each connection's client.
 */
export function planOften(): <T extends Client>(client: T) => T {
  const counts = new Map<string, number>();
  const planned = new Set<string>();
  const isOften = (text: string): boolean => {
    if (planned.has(text)) return true;
    if (planned.size >= MOST_PLANS) return false;
    if (counts.size >= MOST_COUNTED) counts.clear();
    const count = (counts.get(text) ?? 0) + 1;
    counts.set(text, count);
    if (count < OFTEN) return false;
    counts.delete(text);
    planned.add(text);
    return true;
  };
  return client => {
    const { unsafe } = client;
    client.unsafe = (text, parameters, options) =>
      unsafe(
        text,
        parameters,
        parameters && parameters.length > 0 && isOften(text) ? { ...options, prepare: true } : options,
      );
    return client;
  };
}
