'use server';
import { z } from 'zod';
import { disconnect } from '#lib/disconnect.ts';
import { act } from '#lib/edge/action.ts';

export async function disconnectAction() {
  return act(z.object({}), {}, ({ flow, scope }) => disconnect(flow, scope));
}
