import postgres from 'postgres';

/** The driver and nothing of ours around it: no tenant, no row-level security, no row that is not asked for. */
export type Bare = ReturnType<typeof openBare>;

export const openBare = (url: string, connections: number) =>
  postgres(url, { max: connections, onnotice: () => undefined });

/** An empty table with the columns and indexes of another; without its row-level security. */
export async function emptyCopy(bare: Bare, table: string): Promise<string> {
  const copy = `bench_${table}`;
  await bare.unsafe(`drop table if exists ${copy}; create table ${copy} (like ${table} including all)`);
  return copy;
}

/** A table that keeps JSON by key, for writes that need no more. */
export async function jsonTable(bare: Bare): Promise<void> {
  await bare`create table if not exists bench_json (key text primary key, body jsonb not null)`;
}
