import type { Scope } from '#lib/core/scope.ts';
import type { WorkOwner } from '#lib/core/settings.ts';
import { countLive, liveRecords, syncStates } from '#lib/ingest/read.ts';
import { mayDo } from '#lib/may.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import { settingsInForce } from '#lib/settings.ts';

/** Something that the CRM does by itself. */
export interface AutomationLine {
  id: string;
  name: string;
  /** Workflow, sequence, assignment rule: the CRM's word. */
  kind: string;
  active: boolean;
  /** What it works on, in the house's word for the object; null: not said. */
  object: string | null;
}

export interface AutomationsView {
  routingOwner: WorkOwner;
  outreachOwner: WorkOwner;
  /** What chooses owners, what writes to people, and the rest. One that does both stands in both. */
  routing: AutomationLine[];
  outreach: AutomationLine[];
  others: number;
  /** People who are in a sequence now. */
  enrolled: number;
  /** Why the CRM's automations, or who is in a sequence, cannot be shown. */
  problems: string[];
}

/** What the CRM does by itself, and who does routing and outreach. Throws AppError('forbidden'). */
export async function automationsView(
  tx: TenantTx,
  scope: Scope,
  sealingKey: SealingKey,
): Promise<AutomationsView> {
  await mayDo(tx, scope, 'view_pipeline');
  const { routingOwner, outreachOwner } = await settingsInForce(tx);
  const found = (await liveRecords(tx, 'automations', sealingKey)).map(({ ref, fields }) => ({
    concerns: (fields['concerns'] ?? '').split(' '),
    line: {
      id: ref.id,
      name: fields['name'] ?? ref.id,
      kind: fields['kind'] ?? 'automation',
      active: fields['active'] === 'true',
      object: fields['object'] ?? null,
    },
  }));
  const concerned = (word: string) =>
    found.filter(({ concerns }) => concerns.includes(word)).map(({ line }) => line);
  const states = await syncStates(tx);
  return {
    routingOwner,
    outreachOwner,
    routing: activeFirst(concerned('routing')),
    outreach: activeFirst(concerned('outreach')),
    others: found.filter(({ concerns }) => concerns.every(word => word === '')).length,
    enrolled: await countLive(tx, 'enrolments'),
    problems: states
      .filter(({ object }) => object === 'automations' || object === 'enrolments')
      .flatMap(({ problem }) => problem ?? []),
  };
}

const activeFirst = (lines: AutomationLine[]): AutomationLine[] =>
  lines.sort((a, b) => Number(b.active) - Number(a.active));
