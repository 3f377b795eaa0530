import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { startFollowing } from '#lib/follow-changes.ts';
import type { Flow } from '#lib/flow.ts';
import { env } from '#lib/platform/env.ts';
import { hasOwnCrm } from './connect-configured.ts';

const Stats = z.object({ salesforce: z.object({ pubSubPort: z.number() }) });

/** The sandbox takes a free port for its event bus at each start, and tells which. */
async function sandboxEndpoint(): Promise<string> {
  const address = `http://127.0.0.1:${env().SANDBOX_PORT}/sandbox/stats`;
  try {
    const answer = await fetch(address);
    return `localhost:${Stats.parse(await answer.json()).salesforce.pubSubPort}`;
  } catch (error) {
    throw new AppError('unavailable', 'The sandbox CRM does not answer.', {}, error);
  }
}

/** Follows the served tenant's changes: of the sandbox in the demo, else of Salesforce. */
export const followChanges = (flow: Flow, tenantId: string): { stop: () => Promise<void> } =>
  startFollowing(flow, tenantId, hasOwnCrm() ? {} : { endpoint: sandboxEndpoint });
