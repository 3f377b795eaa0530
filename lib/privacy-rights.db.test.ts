import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessRequest } from './access-request.ts';
import { apply } from './apply.ts';
import { ask } from './ask.ts';
import { erase, eraseDue } from './erase.ts';
import { hold, liftHold } from './legal-hold.ts';
import { object, withdrawObjection } from './objection.ts';
import { run } from './run.ts';
import { changeSettings, settingsInForce } from './settings.ts';
import { stages } from './stages.ts';
import { settle } from './take-in.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { auditOf } from '#lib/decisions/read.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { deliver } from '#lib/platform/testing/demo/deliver.ts';
import { answerTo } from '#lib/platform/testing/demo/mixed-history.ts';
import { openDemo, scopeOf, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { dueErasures } from '#lib/privacy/privacy.ts';
import { listErasures, listHolds } from '#lib/privacy/read.ts';
import { verify } from '#lib/verify.ts';

const admin = scopeOf('admin');
const manager = scopeOf('manager');
let demo: Demo;
beforeAll(async () => {
  demo = await openDemo({ people: 2 });
});
afterAll(() => demo.close());

const inTenant = <T>(work: Parameters<Demo['tenant']>[0]) => demo.tenant(work) as Promise<T>;
const day = 86_400_000;
const later = (days: number) => new Date(demo.clock.now().getTime() + days * day).toISOString();
const rowsAbout = async (table: string, { id }: Subject): Promise<number> => {
  const [row] = await demo.tenant(tx =>
    rowsOf(tx.sql, sql`select count(*)::int as n from ${sql.identifier(table)} where record_id = ${id}`),
  );
  return Number(row?.['n']);
};

/** Deletes a person for good in the CRM, and brings the news. */
async function eraseInCrm(person: Subject): Promise<void> {
  await demo.crm.call('POST', '/crm/objects/2026-09/contacts/gdpr-delete', { objectId: person.id });
  demo.clock.tick(60_000);
  await deliver(demo.flow, [{ ref: person, field: 'email' }]);
  await settle(demo.flow, demo.service, [person]);
}

describe('an objection to profiling', () => {
  it('ends score and follow-ups, with its date and policy, until it is withdrawn', async () => {
    const person = await demo.newLead();
    const open = await demo.decide(person);
    expect(open).toMatchObject({ status: 'open', lineage: { score: expect.anything() } });
    await run(demo.flow, demo.service);
    expect(await rowsAbout('latest_scores', person)).toBe(1);
    expect(await rowsAbout('written_scores', person)).toBe(1);

    const objection = await demo.tenant(tx =>
      object(tx, manager, { who: subjectKey(person), reason: 'By mail' }, demo.clock.now()),
    );
    for (const table of ['latest_scores', 'written_scores', 'feature_rows'])
      expect(await rowsAbout(table, person), table).toBe(0);
    expect(await inTenant(tx => stages.decisions.load(tx, open.id))).toMatchObject({
      status: 'expired',
      statusReason: 'This person objected to profiling.',
    });

    const abstained = await demo.decide(person);
    const words = `This person objected to profiling on ${objection.at.slice(0, 10)}, so there is no score and nothing is suggested.`;
    expect(abstained).toMatchObject({ status: 'abstained', statusReason: words });
    expect(abstained.lineage).toMatchObject({
      score: null,
      facts: [],
      verdicts: [{ effect: 'deny', policies: ['objected-to-profiling'] }],
    });
    await run(demo.flow, demo.service);
    expect(await rowsAbout('latest_scores', person)).toBe(0);
    expect(await rowsAbout('written_scores', person)).toBe(0);

    await demo.tenant(tx => withdrawObjection(tx, manager, objection.id, demo.clock.now()));
    demo.clock.tick(60_000);
    await run(demo.flow, demo.service);
    expect(await rowsAbout('latest_scores', person)).toBe(1);
    expect((await ask(demo.flow, manager, person)).lineage.score).not.toBeNull();
    await expect(
      demo.tenant(tx => withdrawObjection(tx, manager, objection.id, demo.clock.now())),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('stops what was approved before it, and is for managers and admins to note', async () => {
    const person = await demo.newLead();
    const decision = await demo.decide(person);
    await answerTo(demo, decision, { kind: 'approve' });
    const given = { who: subjectKey(person), reason: 'On the phone' };
    await expect(
      demo.tenant(tx => object(tx, scopeOf('rep', '70015'), given, demo.clock.now())),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await demo.tenant(tx => object(tx, admin, given, demo.clock.now()));
    expect(await apply(demo.flow, demo.service, decision.id)).toMatchObject({
      status: 'parked',
      statusReason: 'This person objected to profiling, so nothing is suggested to them.',
    });
  });
});

describe('a legal hold', () => {
  it('keeps a person from being erased, in words, until it is lifted', async () => {
    const person = await demo.newLead();
    const who = subjectKey(person);
    const endsAt = later(30);
    const put = await demo.tenant(tx =>
      hold(tx, admin, { who, reason: 'Lawsuit 12', endsAt }, demo.clock.now()),
    );
    await expect(erase(demo.flow, admin, who)).rejects.toMatchObject({
      code: 'conflict',
      message: `This person is under legal hold until ${endsAt.slice(0, 10)} (put by Test admin: Lawsuit 12). Nothing was erased: wait until it ends, or let an admin lift it.`,
    });
    await expect(
      demo.tenant(tx => hold(tx, manager, { who, reason: 'x', endsAt }, demo.clock.now())),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      demo.tenant(tx => hold(tx, admin, { who, reason: 'x', endsAt: later(-1) }, demo.clock.now())),
    ).rejects.toMatchObject({ code: 'bad_input' });
    await demo.tenant(tx => liftHold(tx, admin, put.id, demo.clock.now()));
    expect((await erase(demo.flow, admin, who)).search.hits).toEqual([]);
    const [listed] = await demo.tenant(tx => listHolds(tx, 10));
    expect(listed).toMatchObject({ reason: '[erased]' });
    expect(listed?.liftedAt).not.toBeNull();
  });

  it('makes the CRM’s own deletion wait until it ends', async () => {
    const person = await demo.newLead();
    await demo.decide(person);
    await demo.tenant(tx =>
      hold(tx, admin, { who: subjectKey(person), reason: 'Lawsuit', endsAt: later(2) }, demo.clock.now()),
    );
    await eraseInCrm(person);
    expect(demo.jobs.take('erase')).toHaveLength(1);
    expect(await eraseDue(demo.flow, demo.service)).toEqual({ erased: 0, waiting: 1 });
    expect(await demo.tenant(tx => dueErasures(tx))).toMatchObject([{ subject: person, origin: 'crm' }]);
    expect(await rowsAbout('record_versions', person)).toBeGreaterThan(0);
    demo.clock.tick(3 * day);
    expect(await eraseDue(demo.flow, demo.service)).toEqual({ erased: 1, waiting: 0 });
    expect(await rowsAbout('record_versions', person)).toBe(0);
    expect(await demo.tenant(tx => dueErasures(tx))).toEqual([]);
  });
});

describe('the CRM’s own deletion', () => {
  it('erases the person here too, with a receipt, and the ledger stays whole', async () => {
    const person = await demo.newLead({ properties: { lastname: 'Vanishing' } });
    const decision = await demo.decide(person);
    await answerTo(demo, decision, { kind: 'reject', reason: 'Vanishing said no' });
    await eraseInCrm(person);
    expect(await eraseDue(demo.flow, demo.service)).toEqual({ erased: 1, waiting: 0 });
    const [row] = await demo.tenant(tx =>
      rowsOf(
        tx.sql,
        sql`select count(*)::int as n from decisions where suggestion::text ilike '%vanishing%' or lineage::text ilike '%vanishing%'`,
      ),
    );
    expect(row).toEqual({ n: 0 });
    const [erasure] = await demo.tenant(tx => listErasures(tx, 1));
    expect(erasure).toMatchObject({ origin: 'crm', state: 'done', subject: null });
    expect(erasure?.receipt).toMatchObject({ stillInCrm: false, search: { hits: [] } });
    await demo.tenant(tx => stages.decisions.sequence(tx));
    expect(await demo.tenant(tx => verify(tx))).toMatchObject({ ok: true, problems: [] });
  });
});

describe('an access request', () => {
  it('hands out everything that is held, with where from, why and for how long, and is on the record', async () => {
    const person = await demo.newLead({ properties: { lastname: 'Curious' } });
    const decision = await demo.decide(person);
    await answerTo(demo, decision, { kind: 'reject', reason: 'Too early' });
    await run(demo.flow, demo.service);
    const { parts, person: keys } = await accessRequest(demo.flow, admin, subjectKey(person));
    expect(keys).toEqual([subjectKey(person)]);
    const text = JSON.stringify(parts);
    for (const words of ['Curious', 'Fleet manager', '40 vans', 'Too early', 'up', 'lineage'])
      expect(text).toContain(words);
    for (const part of parts) expect([part.from, part.why, part.kept].every(Boolean), part.what).toBe(true);
    expect(parts.map(part => part.what)).toEqual(
      expect.arrayContaining([
        'Values of the record, with their history',
        'E-mails, calls, meetings, notes and tasks',
        'Versions of the record, as read',
        'Suggestions, with all that they rest on',
        'Scores, with their reasons',
        'What people taught Sidecard',
      ]),
    );
    const [entry] = await demo.tenant(tx =>
      rowsOf(tx.sql, sql`select entry from audit_log where kind = 'person-accessed'`),
    );
    expect(JSON.stringify(entry)).not.toContain(person.id);
    await expect(accessRequest(demo.flow, manager, subjectKey(person))).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await demo.tenant(tx => auditOf(tx, decision.id))).not.toEqual([]);
  });
});

describe('classes of fields', () => {
  beforeAll(async () => {
    await demo.crm.call('POST', '/crm/properties/2026-09/contacts', {
      name: 'date_of_birth',
      label: 'Date of birth',
      type: 'string',
      fieldType: 'text',
      groupName: 'contactinformation',
    });
  });

  it('keep sensitive and secret values from score and agent, and the lineage says which', async () => {
    const person = await demo.newLead({ properties: { date_of_birth: '1984-02-03' } });
    const { lineage } = await demo.decide(person);
    expect(lineage.withheld).toEqual([
      { object: 'contacts', field: 'date_of_birth', privacyClass: 'sensitive' },
    ]);
    expect(lineage.facts.some(({ field }) => field === 'date_of_birth')).toBe(false);
    expect(JSON.stringify([lineage.features, lineage.proposed])).not.toContain('1984-02-03');
  });

  it('are as the tenant says', async () => {
    await demo.tenant(async tx => {
      const settings = await settingsInForce(tx);
      const privacyClasses = { jobtitle: 'sensitive', date_of_birth: 'business' } as const;
      await changeSettings(tx, admin, { ...settings, privacyClasses }, demo.clock.now());
    });
    const person = await demo.newLead({ properties: { date_of_birth: '1984-02-03' } });
    const { lineage } = await demo.decide(person);
    expect(lineage.withheld).toContainEqual({
      object: 'contacts',
      field: 'jobtitle',
      privacyClass: 'sensitive',
    });
    expect(lineage.withheld?.some(({ field }) => field === 'date_of_birth')).toBe(false);
  });
});
