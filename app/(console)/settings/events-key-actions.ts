'use server';
import { z } from 'zod';
import { act } from '#lib/edge/action.ts';
import { addEventsKey, dropEventsKey } from '#lib/events-keys.ts';

export async function newEventsKeyAction(input: { name: string }) {
  const schema = z.object({ name: z.string().trim().min(1, 'must not be empty').max(60) });
  return act(schema, input, ({ flow, scope, input: { name } }) =>
    flow.db.tenant(scope.tenantId, tx => addEventsKey(tx, scope, name, flow.now())),
  );
}

export async function endEventsKeyAction(input: { id: string }) {
  return act(z.object({ id: z.string().startsWith('sig_') }), input, ({ flow, scope, input: { id } }) =>
    flow.db.tenant(scope.tenantId, tx => dropEventsKey(tx, scope, id, flow.now())),
  );
}
