'use server';
import { cookies } from 'next/headers';
import { z } from 'zod';
import { answer } from '#lib/answer.ts';
import { ask } from '#lib/ask.ts';
import { Answer } from '#lib/core/answer.ts';
import { TenantSettings } from '#lib/core/settings.ts';
import { Subject } from '#lib/core/subject.ts';
import { act } from '#lib/edge/action.ts';
import { isDemoRole, roleCookie } from '#lib/edge/who.ts';
import { keepMoment } from '#lib/moment.ts';
import { changeSettings } from '#lib/settings.ts';
import { undo } from '#lib/undo.ts';

const decisionId = z.string().startsWith('dec_');

export async function answerAction(input: { decisionId: string; answer: Answer; idempotencyKey: string }) {
  const schema = z.object({ decisionId, answer: Answer, idempotencyKey: z.uuid() });
  return act(schema, input, async ({ flow, scope, input: given }) => {
    await answer(flow, scope, given.decisionId, given);
  });
}

export async function undoAction(input: { decisionId: string }) {
  return act(z.object({ decisionId }), input, async ({ flow, scope, input: given }) => {
    await undo(flow, scope, given.decisionId);
  });
}

export async function askAction(input: Subject) {
  return act(Subject, input, async ({ flow, scope, input: subject }) => {
    await ask(flow, scope, subject);
  });
}

export async function momentAction(input: { decisionId: string; kind: 'shown' | 'opened' }) {
  const schema = z.object({ decisionId, kind: z.enum(['shown', 'opened']) });
  return act(schema, input, ({ flow, scope, input: { decisionId: id, kind } }) =>
    keepMoment(flow, scope, id, kind),
  );
}

export async function saveSettingsAction(input: TenantSettings) {
  return act(TenantSettings, input, ({ flow, scope, input: settings }) =>
    flow.db.tenant(scope.tenantId, tx => changeSettings(tx, scope, settings, flow.now())),
  );
}

/** The demo's sign-in; for a connected CRM the cookie means nothing. */
export async function signInAction(role: string): Promise<void> {
  if (isDemoRole(role))
    (await cookies()).set(roleCookie, role, { httpOnly: true, sameSite: 'lax', path: '/' });
}
