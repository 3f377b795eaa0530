/** What the server was asked since it started. */
export type Stats = {
  requests: number;
  byMethod: Record<string, number>;
  byStatus: Record<string, number>;
  /** Paths nobody serves, as "METHOD path", with how often each was asked for; the first 200 of them. */
  unknownPaths: Record<string, number>;
};

const MOST_PATHS = 200;

export function newStats(): Stats {
  return { requests: 0, byMethod: {}, byStatus: {}, unknownPaths: {} };
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

export function countRequest(stats: Stats, method: string, status: number): void {
  stats.requests += 1;
  count(stats.byMethod, method);
  count(stats.byStatus, String(status));
}

export function countUnknownPath(stats: Stats, method: string, path: string): void {
  const key = `${method} ${path}`;
  if (key in stats.unknownPaths || Object.keys(stats.unknownPaths).length < MOST_PATHS) {
    count(stats.unknownPaths, key);
  }
}
