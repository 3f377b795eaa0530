'use server';
import { z } from 'zod';
import { accessRequest } from '#lib/access-request.ts';
import { act } from '#lib/edge/action.ts';
import { erase } from '#lib/erase.ts';
import { hold, liftHold } from '#lib/legal-hold.ts';
import { object, withdrawObjection } from '#lib/objection.ts';

const key = z.string().min(1).max(300);
const reason = z.string().trim().min(1).max(1000);

export async function eraseAction(input: { who: string }) {
  return act(z.object({ who: key }), input, ({ flow, scope, input: { who } }) => erase(flow, scope, who));
}

export async function accessAction(input: { who: string }) {
  // As text: what is downloaded is exactly what was handed out.
  return act(z.object({ who: key }), input, async ({ flow, scope, input: { who } }) =>
    JSON.stringify(await accessRequest(flow, scope, who), null, 2),
  );
}

export async function objectAction(input: { who: string; reason: string }) {
  return act(z.object({ who: key, reason }), input, ({ flow, scope, input: given }) =>
    flow.db.tenant(scope.tenantId, tx => object(tx, scope, given, flow.now())),
  );
}

export async function withdrawAction(input: { id: string }) {
  return act(z.object({ id: key }), input, ({ flow, scope, input: { id } }) =>
    flow.db.tenant(scope.tenantId, tx => withdrawObjection(tx, scope, id, flow.now())),
  );
}

export async function holdAction(input: { who: string; reason: string; endsAt: string }) {
  const schema = z.object({ who: key, reason, endsAt: z.iso.datetime() });
  return act(schema, input, ({ flow, scope, input: given }) =>
    flow.db.tenant(scope.tenantId, tx => hold(tx, scope, given, flow.now())),
  );
}

export async function liftAction(input: { id: string }) {
  return act(z.object({ id: key }), input, ({ flow, scope, input: { id } }) =>
    flow.db.tenant(scope.tenantId, tx => liftHold(tx, scope, id, flow.now())),
  );
}
