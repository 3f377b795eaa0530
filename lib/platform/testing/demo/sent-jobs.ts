import type { JobInput, JobName } from '#lib/jobs/define.ts';
import type { Db, EnqueueOptions, Sql } from '#lib/platform/db.ts';

interface Job {
  name: string;
  tenantId: string;
  input: unknown;
  options: EnqueueOptions;
}

/**
 * A queue that delivers to the test: jobs appear when their transaction commits and vanish when it does not, and a
 * waiting job takes in the next one with its key. `db` is the database to hand to the flow.
 */
export function collectJobs(inner: Db) {
  const waiting: Job[] = [];
  const pending = new WeakMap<Sql, Job[]>();
  inner.setEnqueue((tx, name, data, options) => {
    const { tenantId, input } = data as { tenantId: string; input: unknown };
    pending.set(tx, [...(pending.get(tx) ?? []), { name, tenantId, input, options }]);
    return Promise.resolve();
  });
  const isWaiting = ({ name, options: { key } }: Job) =>
    key !== undefined && waiting.some(job => job.name === name && job.options.key === key);
  const collecting =
    (transaction: Db['tenant']): Db['tenant'] =>
    async (tenantId, work) => {
      const sent: Job[] = [];
      const result = await transaction(tenantId, async tx => {
        const value = await work(tx);
        sent.push(...(pending.get(tx.sql) ?? []));
        return value;
      });
      for (const job of sent) if (!isWaiting(job)) waiting.push(job);
      return result;
    };
  const db: Db = {
    ...inner,
    tenant: collecting((tenantId, work) => inner.tenant(tenantId, work)),
    erasing: collecting((tenantId, work) => inner.erasing(tenantId, work)),
  };
  return {
    db,
    /** The inputs of the waiting jobs of one kind, which then wait no longer. */
    take: <N extends JobName>(name: N): JobInput<N>[] => {
      const taken = waiting.filter(job => job.name === name);
      for (const job of taken) waiting.splice(waiting.indexOf(job), 1);
      return taken.map(job => job.input as JobInput<N>);
    },
    waiting,
  };
}
