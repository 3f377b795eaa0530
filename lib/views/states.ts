import type { Connection } from '#lib/crm/read.ts';
import { isOptional, syncStates } from '#lib/ingest/read.ts';
import { settingsInForce } from '#lib/settings.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { StateNotice } from './types.ts';

/** What a person should know before believing what they see: CRM unreachable, reading unfinished, writing off. */
export async function statesOf(tx: TenantTx, connection: Connection | null): Promise<StateNotice[]> {
  const notices: StateNotice[] = [];
  const add = (name: string, level: StateNotice['level'], text: string) =>
    notices.push({ name, level, text });
  if (connection?.state.status === 'failing')
    add('crm', 'problem', `The CRM cannot be reached: ${connection.state.text}`);
  if (connection?.state.status === 'disconnected')
    add('crm', 'warning', `${connection.name} is disconnected: what is shown is as it was then.`);
  const sync = await syncStates(tx);
  const unread = sync.filter(state => !state.done && state.problem === null);
  if (unread.length > 0)
    add('reading', 'info', `Still reading from the CRM: ${unread.map(state => state.object).join(', ')}.`);
  for (const { object, problem } of sync)
    // What an account may lack concerns operations, not everybody who opens a record.
    if (problem !== null && !isOptional(object))
      add(`reading-${object}`, 'warning', `The CRM's ${object} cannot be read: ${problem}`);
  const settings = await settingsInForce(tx);
  if (settings.killSwitch) add('kill-switch', 'warning', 'All writing to the CRM is stopped by an admin.');
  else if (!settings.writes.task)
    add('writing-off', 'info', 'Writing tasks is turned off: suggestions can be read, not approved.');
  return notices;
}
