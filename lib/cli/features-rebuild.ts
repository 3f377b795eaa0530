import { listTenants } from '#lib/crm/connections.ts';
import { rebuildFeatures, type Rebuilt } from '#lib/rebuild-features.ts';
import type { CommandContext } from './io.ts';
import { isJson } from './json.ts';

/** Derives everybody's features anew from the facts and stores them; one that is cut off goes on when called again. */
export async function rebuildAllFeatures(argv: string[], { io, open }: CommandContext): Promise<void> {
  const json = isJson(argv);
  const flow = await open();
  const done: ({ tenantId: string; seconds: number } & Rebuilt)[] = [];
  for (const { tenantId } of await flow.db.system('list tenants', listTenants)) {
    const began = performance.now();
    const seconds = () => Math.round((performance.now() - began) / 100) / 10;
    const rebuilt = await rebuildFeatures(flow, tenantId, {
      onProgress: rows => io.err(`${tenantId}: ${rows} people, ${seconds()} s`),
    });
    done.push({ tenantId, ...rebuilt, seconds: seconds() });
  }
  io.out(json ? JSON.stringify({ tenants: done }) : done.map(lineOf).join('\n') || 'There is no tenant yet.');
}

const lineOf = ({
  tenantId,
  rows,
  resumed,
  seconds,
}: { tenantId: string; seconds: number } & Rebuilt): string =>
  `${tenantId}: the features of ${rows} people in ${seconds} s` +
  (resumed > 0 ? `, after ${resumed} of a rebuild that was cut off.` : '.');
