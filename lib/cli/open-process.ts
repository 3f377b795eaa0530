import { join } from 'node:path';
import type { PgBoss } from 'pg-boss';
import { AppError } from '#lib/core/errors.ts';
import type { Flow } from '#lib/flow.ts';
import { openQueue } from '#lib/jobs/queue.ts';
import { folderHeld, takeDataFolder, type DataLock, type Holder } from '#lib/platform/data-lock.ts';
import { env } from '#lib/platform/env.ts';
import { connectModel } from '#lib/platform/llm.ts';
import { migrate } from '#lib/platform/migrate.ts';
import { openEmbedded, openPostgres, type Opened } from '#lib/platform/open-db.ts';
import { setRunning } from '#lib/platform/running.ts';
import { loadPolicySet } from '#lib/policy/load.ts';
import { keyRing, sealingKeyFrom, sealingKeyInFile } from '#lib/platform/secrets.ts';

export interface OpenProcess {
  opened: Opened;
  flow: Flow;
  boss: PgBoss;
  /** The embedded database's folder, while this process holds it. */
  lock: DataLock | null;
  close(): Promise<void>;
}

/** Thrown to a command line that finds the data folder taken: the holder can carry the command out. */
export class FolderHeld extends AppError {
  readonly holder: Holder | null;
  constructor(holder: Holder | null) {
    super('conflict', folderHeld(env().DATA_DIR, holder).message);
    this.holder = holder;
  }
}

/** Opens database, queue and language model as the environment says, and makes them this process's. */
export async function openProcess(): Promise<OpenProcess> {
  const settings = env();
  const lock = settings.DATABASE_URL ? null : takeDataFolder(settings.DATA_DIR);
  if (lock && 'heldBy' in lock) throw new FolderHeld(lock.heldBy);
  const opened = settings.DATABASE_URL
    ? await openPostgres(settings.DATABASE_URL)
    : await openEmbedded(settings.DATA_DIR);
  await migrate(opened);
  const boss = await openQueue(opened);
  const flow: Flow = {
    db: opened.db,
    now: () => new Date(),
    model: connectModel({
      ...(settings.OPENAI_API_KEY ? { apiKey: settings.OPENAI_API_KEY } : {}),
      ...(settings.OPENAI_BASE_URL ? { baseUrl: settings.OPENAI_BASE_URL } : {}),
      model: settings.OPENAI_MODEL,
    }),
    sealingKey: keyRing(
      settings.SIDECARD_KEY
        ? sealingKeyFrom(settings.SIDECARD_KEY)
        : sealingKeyInFile(join(settings.DATA_DIR, 'sealing.key')),
      settings.SIDECARD_OLD_KEYS ?? [],
    ),
    settleMs: settings.SIDECARD_SETTLE_MS,
  };
  setRunning({ opened, flow, shipped: { policySet: loadPolicySet() } });
  return {
    opened,
    flow,
    boss,
    lock,
    close: async () => {
      await boss.stop({ graceful: true, timeout: 10_000 });
      await opened.db.close();
      lock?.release();
    },
  };
}
