import { compare } from '#lib/core/compare.ts';
import { evidenceOfFact } from '#lib/core/evidence-of.ts';
import type { Fact } from '#lib/core/fact.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { GraphChange } from './graph-shapes.ts';
import { ARCHIVED } from './learn-record.ts';
import { readScene, type ReadScene } from './read-scene.ts';
import { streamOf } from './relate/describe.ts';
import { evidenceOfLink, nodeOf } from './relate/scene.ts';
import { listLinkChanges, listTold, type Span, type ToldThen } from './store-changes.ts';
import { readNewest } from './store-values.ts';

const MOST_CHANGES = 100;
const MOST_OF_A_RECORD = 50;

/** Fields whose changes people follow, by what they call them; the many others change without anybody's doing. */
const followed: Readonly<Record<string, string>> = {
  dealstage: 'Stage',
  amount: 'Amount',
  closedate: 'Close date',
  dealname: 'Name',
  hubspot_owner_id: 'Owner',
  lifecyclestage: 'Lifecycle stage',
  hs_lead_status: 'Lead status',
  jobtitle: 'Job title',
  hs_buying_role: 'Buying role',
  email: 'E-mail',
  phone: 'Phone',
  company: 'Company',
  industry: 'Industry',
  numberofemployees: 'Employees',
  annualrevenue: 'Annual revenue',
  hs_manual_forecast_category: 'Forecast category',
  hs_next_step: 'Next step',
};

/**
 * What we learnt of an account, its people and opportunities after a time and by another: fields that changed, records that
 * appeared or went, links that began or ended, and activities. The newest 100, the newest first. Throws AppError('not_found').
 */
export const changedSince = async (
  tx: TenantTx,
  account: Subject,
  since: Instant,
  asOf: Instant,
): Promise<GraphChange[]> => changesIn(tx, await readScene(tx, account, asOf), since);

/** `changedSince` of a scene that has been read. */
export async function changesIn(tx: TenantTx, scene: ReadScene, since: Instant): Promise<GraphChange[]> {
  const { asOf } = scene;
  const members = [...(scene.account ? [scene.account] : []), ...scene.people, ...scene.deals];
  const span: Span = { since, until: asOf };
  const told = await listTold(tx, members, span, MOST_OF_A_RECORD);
  const before = await readNewest(tx, members, { asOf: since, view: 'as-learnt' });
  const links = await listLinkChanges(tx, members, span, MOST_OF_A_RECORD);
  return [
    ...changesOfFields(scene, told, before),
    ...links.flatMap((link): GraphChange[] => {
      if (!scene.known.has(subjectKey(link.to))) return [];
      const { at, learntAt, began } = link;
      const node = nodeOf(scene, link.from);
      const other = nodeOf(scene, link.to).name;
      const text = began ? `Now linked to ${other}` : `No longer linked to ${other}`;
      return [
        {
          kind: began ? 'relation-began' : 'relation-ended',
          node,
          text,
          at,
          learntAt,
          evidence: evidenceOfLink(link),
        },
      ];
    }),
    ...touchesSince(scene, since),
  ]
    .sort((a, b) => compare(b.learntAt, a.learntAt) || compare(b.at, a.at) || compare(a.text, b.text))
    .slice(0, MOST_CHANGES);
}

type Before = ReadonlyMap<string, Readonly<Record<string, Fact>>>;

function changesOfFields(scene: ReadScene, told: readonly ToldThen[], before: Before): GraphChange[] {
  const last = new Map<string, string | null>();
  const appeared = new Set<string>();
  return told.flatMap((one): GraphChange[] => {
    const { subject, name, value, at, learntAt, version } = one;
    const key = subjectKey(subject);
    const evidence = evidenceOfFact({
      name,
      value,
      at,
      learntAt,
      source: { ...subject, field: name, version },
    });
    const node = nodeOf(scene, subject);
    const known = before.get(key);
    if (!known) {
      if (appeared.has(key)) return [];
      appeared.add(key);
      const { crm, object, id } = subject;
      const record = { name: '', value: '', at, learntAt, source: { crm, object, id, field: null, version } };
      return [
        {
          kind: 'appeared',
          node,
          text: `${node.name} is new here`,
          at,
          learntAt,
          evidence: evidenceOfFact(record),
        },
      ];
    }
    const was = last.get(`${key}\n${name}`) ?? known[name]?.value ?? null;
    last.set(`${key}\n${name}`, value);
    if (name === ARCHIVED)
      return [
        {
          kind: 'archived',
          node,
          text: value === 'true' ? 'Archived in the CRM' : 'Back in the CRM',
          at,
          learntAt,
          evidence,
        },
      ];
    const label = followed[name];
    if (label === undefined || was === value) return [];
    return [
      {
        kind: 'field',
        node,
        text: `${label}: ${shown(scene, name, subject, was)} → ${shown(scene, name, subject, value)}`,
        at,
        learntAt,
        evidence,
      },
    ];
  });
}

function shown(scene: ReadScene, field: string, { crm }: Subject, value: string | null): string {
  if (value === null || value === '') return 'empty';
  const user = field === 'hubspot_owner_id' ? { crm, object: 'owners' as const, id: value } : null;
  return user && scene.known.has(subjectKey(user))
    ? nodeOf(scene, user).name
    : value.slice(0, 100).toWellFormed();
}

function touchesSince(scene: ReadScene, since: Instant): GraphChange[] {
  const recent = scene.touches.filter(({ touch }) => touch.learntAt > since);
  return recent.slice(0, MOST_CHANGES).flatMap(one => {
    const [item] = streamOf([one], 1);
    const who = one.about.find(isPerson) ?? one.about[0];
    if (!item || !who) return [];
    const { title, channel, at, learntAt, evidence } = item;
    const text = title === '' ? channelNames[channel] : `${channelNames[channel]}: ${title}`;
    return [{ kind: 'touch' as const, node: nodeOf(scene, who), text, at, learntAt, evidence }];
  });
}

const channelNames = { email: 'E-mail', call: 'Call', meeting: 'Meeting', note: 'Note', task: 'Task' };
