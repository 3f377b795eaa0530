import { AppError } from '#lib/core/errors.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { settle, takeInMissed, takeInWebhook } from '#lib/take-in.ts';
import type { Flow } from '#lib/flow.ts';
import { Killed, mortal } from '../dying.ts';
import type { Draw } from '../draw.ts';
import { signed } from './deliver.ts';
import type { Demo } from './open-demo.ts';

type Stages = NonNullable<Parameters<typeof settle>[3]>;

/** What became of the news that reached the product, over all that it lived through. */
export interface TakenIn {
  deaths: number;
  failures: number;
  delivered: number;
  /** Events that decisions were asked for, by subject: each must stand here once. */
  asked: Map<string, string[]>;
}

/** The product's side of take-in where workers die and requests fail, by seed. */
export function takeInFaultily(demo: Demo, stages: Stages, draw: Draw, secret: string) {
  const seen: TakenIn = { deaths: 0, failures: 0, delivered: 0, asked: new Map() };
  let jobs: Subject[] = [];

  /** Work by one worker, which may die. False: it died or failed, and whoever gave the work gives it again. */
  const dared = async (
    safe: boolean,
    work: (flow: Flow, s: Stages) => Promise<unknown>,
  ): Promise<boolean> => {
    const life = mortal(safe || draw.chance(0.5) ? null : draw.below(12));
    const s: Stages = {
      ...stages,
      ingest: {
        ...stages.ingest,
        openReader: session => stages.ingest.openReader(life.session(session)),
      },
    };
    try {
      await work({ ...demo.flow, db: life.db(demo.flow.db) }, s);
      return true;
    } catch (error) {
      if (error instanceof Killed) seen.deaths += 1;
      else if (error instanceof AppError && !safe) seen.failures += 1;
      else throw error;
      return false;
    }
  };

  const noteAsked = (): void => {
    jobs.push(...demo.jobs.take('settle'));
    for (const { subject, events } of demo.jobs.take('decide')) {
      const key = subjectKey(subject);
      seen.asked.set(key, [...(seen.asked.get(key) ?? []), ...events]);
    }
  };

  return {
    seen,
    /** One call of the CRM, which makes it again until it is taken. */
    deliver: async (body: string, safe = false): Promise<void> => {
      while (!(await dared(safe, (flow, s) => takeInWebhook(flow, signed(body, secret), s))))
        demo.clock.tick(1000);
      seen.delivered += 1;
      noteAsked();
    },
    /** Takes the waiting records, sometimes by two workers at once; what failed comes back, but for some that nobody brings. */
    settle: async (safe = false): Promise<void> => {
      const due = [...new Map(jobs.map(job => [subjectKey(job), job])).values()];
      jobs = [];
      if (due.length === 0) return;
      const workers = !safe && draw.chance(0.3) ? [due, due.toReversed()] : [due];
      const ends = await Promise.all(
        workers.map(batch => dared(safe, (flow, s) => settle(flow, demo.service, batch, s))),
      );
      if (ends.includes(false) && draw.chance(0.7)) jobs.push(...due);
      noteAsked();
    },
    /** Looks for what no webhook told. */
    look: async (safe = false): Promise<void> => {
      await dared(safe, (flow, s) => takeInMissed(flow, demo.service, s));
      noteAsked();
    },
    waiting: () => jobs.length,
  };
}
