'use server';
import { z } from 'zod';
import { act } from '#lib/edge/action.ts';
import { endAllLaunchKeys, GivenRole, giveRole, renewLaunchKey, signOutOthers } from '#lib/people.ts';

export async function giveRoleAction(input: { userId: string; role: GivenRole }) {
  const schema = z.object({ userId: z.string().min(1).max(128), role: GivenRole });
  return act(schema, input, ({ flow, scope, input: given }) =>
    flow.db.tenant(scope.tenantId, tx => giveRole(tx, scope, given, flow.now())),
  );
}

export async function signOutAction(input: { id: string }) {
  return act(z.object({ id: z.string().startsWith('sig_') }), input, ({ flow, scope, input: which }) =>
    flow.db.tenant(scope.tenantId, tx => signOutOthers(tx, scope, which, flow.now())),
  );
}

export async function newKeyAction() {
  return act(z.object({}), {}, ({ flow, scope }) =>
    flow.db.tenant(scope.tenantId, tx => renewLaunchKey(tx, scope, flow.now())),
  );
}

export async function endKeyAction() {
  return act(z.object({}), {}, ({ flow, scope }) =>
    flow.db.tenant(scope.tenantId, tx => endAllLaunchKeys(tx, scope, flow.now())),
  );
}
