import { existsSync } from 'node:fs';
import { listTenants } from '#lib/crm/connections.ts';
import { AppError } from '#lib/core/errors.ts';
import { readMonitor } from '#lib/monitor/monitor.ts';
import { FolderHeld } from './open-process.ts';
import type { CommandContext } from './io.ts';
import { isJson } from './json.ts';

interface Check {
  name: string;
  ok: boolean;
  message: string;
}

/** Looks at everything that the product stands on, and says what to do about what is wrong. */
export async function doctor(argv: string[], { io, open }: CommandContext): Promise<void> {
  const json = isJson(argv);
  const major = Number(process.versions.node.split('.')[0]);
  const checks: Check[] = [
    {
      name: 'node',
      ok: major >= 22,
      message:
        major >= 22
          ? `Node ${process.versions.node}`
          : `Node ${process.versions.node} is too old: run npm ci, and start by npm scripts.`,
    },
    {
      name: 'build',
      ok: true,
      message: existsSync('.next/BUILD_ID')
        ? 'The pages are built.'
        : 'The pages are built at the next start.',
    },
    ...(await productChecks(open)),
  ];
  const ok = checks.every(check => check.ok);
  if (json) io.out(JSON.stringify({ ok, checks }));
  else
    for (const check of checks)
      io.out(`${check.ok ? 'ok  ' : 'FAIL'} ${check.name.padEnd(10)} ${check.message}`);
  if (!ok) throw new AppError('unavailable', 'Not all is well: see above.');
}

async function productChecks(open: CommandContext['open']): Promise<Check[]> {
  try {
    const flow = await open();
    const model = flow.model
      ? 'A language model is connected.'
      : 'No language model: drafts are written by rules.';
    const checks: Check[] = [{ name: 'model', ok: true, message: model }];
    const tenants = await flow.db.system('list tenants', listTenants);
    if (tenants.length === 0)
      checks.push({ name: 'crm', ok: true, message: 'No CRM is connected yet: npm start does it.' });
    for (const { tenantId } of tenants) {
      const { parts } = await flow.db.tenant(tenantId, tx => readMonitor(tx, flow.now()));
      checks.push(...parts.map(({ name, status, text }) => ({ name, ok: status === 'ok', message: text })));
    }
    return checks;
  } catch (error) {
    if (error instanceof FolderHeld && error.holder) throw error; // the holder answers for it
    if (!(error instanceof AppError) && !(error instanceof FolderHeld)) throw error;
    return [{ name: 'database', ok: false, message: error.message }];
  }
}
