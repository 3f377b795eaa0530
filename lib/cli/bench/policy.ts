import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { Change } from '#lib/core/proposal.ts';
import { defaultSettings } from '#lib/core/settings.ts';
import { loadPolicySet } from '#lib/policy/load.ts';
import { judge, type JudgeContext } from '#lib/policy/policy.ts';
import { figure, type Figure } from './figure.ts';
import { ratesInTurn } from './measure.ts';
import { service } from './place.ts';

const subject = { crm: 'hubspot', object: 'contacts', id: '1' } as const;
const task: Change = {
  id: 'chg_1',
  subject,
  kind: 'task',
  channel: 'email',
  title: 'Write to Ana',
  body: 'She asked for a price.',
  draft: { subject: 'Price', body: 'Hello' },
  dueAt: '2026-11-20T09:00:00.000Z',
  ownerId: '11',
};
const context: JudgeContext = {
  scope: service,
  moment: 'propose',
  settings: { ...defaultSettings, writes: { ...defaultSettings.writes, task: true } },
  confidence: 0.8,
  subjectOwnerId: '11',
  optedOut: false,
  guardrailsPassed: true,
  factsAgeHours: 0.2,
  injectionSignal: false,
  approval: null,
  touchesThisWeek: 0,
};

/** The verdict on a suggested task, which asks Cedar twice: whether it may go unattended, and whether with a yes. */
export async function benchPolicy(): Promise<Figure[]> {
  const policySet = { hash: 'bench', body: loadPolicySet() };
  cedar.preparsePolicySet('bench bare', { staticPolicies: { all: 'permit (principal, action, resource);' } });
  const bareRequest: cedar.StatefulAuthorizationCall = {
    principal: { type: 'Actor', id: 'a' },
    action: { type: 'Action', id: 'b' },
    resource: { type: 'Record', id: 'c' },
    context: {},
    entities: [],
    preparsedPolicySetId: 'bench bare',
  };
  const rates = await ratesInTurn(
    {
      ours: () => judge(task, context, policySet),
      bare: () => cedar.statefulIsAuthorized(bareRequest),
    },
    { count: 2000, lanes: 1 },
  );
  const baseline = { what: 'Cedar with one policy that permits everything', value: rates.bare };
  return [
    figure(
      'verdicts on a task',
      rates.ours,
      'per second',
      baseline,
      'each asks Cedar twice, with the shipped set',
    ),
  ];
}
