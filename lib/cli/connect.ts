import { AppError } from '#lib/core/errors.ts';
import { connectConfigured } from './connect-configured.ts';
import type { CommandContext } from './io.ts';
import { isJson } from './json.ts';

/** Connects what the environment names, also where an admin disconnected it before. */
export async function connectNow(argv: string[], { io, open }: CommandContext): Promise<void> {
  const json = isJson(argv);
  const { tenantId, connected, text } = await connectConfigured(await open(), { again: true });
  if (!connected) throw new AppError('refused', 'This CRM is connected in the browser: open Sidecard there.');
  io.out(json ? JSON.stringify({ tenant: tenantId, connected }) : `Connected: ${text}.`);
}
