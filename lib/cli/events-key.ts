import { parseArgs } from 'node:util';
import { addEventsKey, dropEventsKey, listEventsKeys } from '#lib/events-keys.ts';
import { UsageError, type CommandContext } from './io.ts';
import { operatorScope } from './operator-scope.ts';

const usage = `Usage: npm run -s sidecard -- events-key --name WEBSITE | --list | --end ID [--json]
  --name WEBSITE  makes a key for what sends the events, and shows it this once
  --list          the keys in force
  --end ID        ends one`;

/** Makes, lists or ends the keys with which websites and products send events. */
export async function eventsKey(argv: string[], { io, open }: CommandContext): Promise<void> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({ args: argv, options: { name: text, list: flag, end: text, json: flag } });
  const asked = [values.name, values.list, values.end].filter(one => one !== undefined);
  const name = values.name?.trim();
  if (asked.length !== 1 || name === '' || (name?.length ?? 0) > 60) throw new UsageError(usage);
  const { db, now } = await open();
  const scope = operatorScope();
  await db.tenant(scope.tenantId, async tx => {
    if (name !== undefined) {
      const made = await addEventsKey(tx, scope, name, now());
      io.out(
        values.json
          ? JSON.stringify({ ...made, name })
          : `${made.key}\nIt is not shown again. Its id is ${made.id}.`,
      );
    } else if (values.end !== undefined) {
      await dropEventsKey(tx, scope, values.end, now());
      io.out(values.json ? JSON.stringify({ ended: values.end }) : 'The key is ended.');
    } else {
      const keys = await listEventsKeys(tx, scope);
      if (values.json) io.out(JSON.stringify({ keys }));
      else if (keys.length === 0) io.out('There is no events key.');
      else
        for (const key of keys)
          io.out(
            `${key.id}  ${key.name ?? ''}  made ${key.madeAt}, ${key.lastUsedAt === null ? 'not used yet' : `last used ${key.lastUsedAt}`}`,
          );
    }
  });
}
