import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply } from './apply.ts';
import { hold, liftHold } from './legal-hold.ts';
import { erase } from './erase.ts';
import { run } from './run.ts';
import { stages, type Stages } from './stages.ts';
import { settle, takeInAll } from './take-in.ts';
import { teach } from './teach.ts';
import { takeInEvents } from './take-in-events.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { deliver } from '#lib/platform/testing/demo/deliver.ts';
import { answerTo } from '#lib/platform/testing/demo/mixed-history.ts';
import { openDemo, scopeOf, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { verify } from '#lib/verify.ts';

const admin = scopeOf('admin');
const toContact = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 198 };
const dealToContact = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 3 };
let made = 0;

/** What of a person must be nowhere afterwards, in whatever way it is searched for. */
const words = (n: number) => [
  `zoë o'qvist${n}`,
  `oqvist${n}`,
  `zoe${n}@qvist`,
  `55501${n}`,
  `sveavägen ${n}7`,
];

/** A person who is everywhere: read, decided about, answered, written, taught, seen on a website, and talked of. */
async function somebody(demo: Demo) {
  const n = 10 + made++;
  const email = `zoe${n}@qvist.example`;
  const properties = {
    firstname: 'Zoë',
    lastname: `O'Qvist${n}`,
    email,
    phone: `+46 8 55501${n}`,
    address: `Sveavägen ${n}7`,
    company: `Halden ${n}`,
  };
  const person = await demo.newLead({
    properties,
    says: `Hello, Zoë O'Qvist${n} here. A price for 40 vans?`,
  });
  const first = await demo.decide(person);
  await answerTo(demo, first, { kind: 'approve', reason: `Zoë O'Qvist${n} asked for it` });
  await apply(demo.flow, demo.service, first.id);
  const other = await demo.newLead({ properties: { firstname: 'Bo', lastname: `Ek${n}` } });
  const mail = await demo.crm.create(
    'emails',
    {
      hs_timestamp: demo.clock.now().toISOString(),
      hs_email_subject: 'Our talk',
      hs_email_text: `Dear Zoë, dear Bo,\nZoë O'Qvist${n} (${email}, +46 8 55501${n}) will join.`,
      hs_email_direction: 'EMAIL',
      hs_email_status: 'SENT',
      hs_email_to_email: email,
    },
    [
      { to: { id: person.id }, types: [toContact] },
      { to: { id: other.id }, types: [toContact] },
    ],
  );
  const deal = await demo.crm.create(
    'deals',
    { dealname: `Zoë O'Qvist${n}: 40 vans`, amount: '1200', pipeline: 'default' },
    [
      { to: { id: person.id }, types: [dealToContact] },
      { to: { id: other.id }, types: [dealToContact] },
    ],
  );
  const news: Subject[] = [
    { crm: 'hubspot', object: 'emails', id: mail },
    { crm: 'hubspot', object: 'deals', id: deal },
  ];
  await deliver(
    demo.flow,
    news.map(ref => ({ ref })),
  );
  await settle(demo.flow, demo.service, news);
  const batch = [
    {
      id: `event-${n}`,
      type: 'form_submitted',
      occurredAt: demo.clock.now().toISOString(),
      subject: { crm: 'hubspot', object: 'contacts', id: person.id },
      properties: { email, message: `I am Zoë O'Qvist${n}` },
    },
  ];
  await takeInEvents(demo.flow, admin, batch, { ask: false, perMinute: null });
  await demo.decide(person);
  const aboutOther = await demo.decide(other);
  await demo.decide(news[1] ?? person).catch(() => null);
  const lasting = { scope: 'account', role: null, expiresAt: null } as const;
  await demo.tenant(async tx => {
    const now = demo.clock.now();
    const taught = [
      { subject: person, kind: 'preference', text: `Zoë O'Qvist${n} likes short mails` },
      { subject: other, kind: 'relation', text: `Works for Zoë O'Qvist${n} (${email})` },
    ] as const;
    for (const one of taught) await teach(tx, admin, { ...lasting, ...one }, now);
  });
  await run(demo.flow, demo.service);
  return { n, email, person, other, mail: news[0] ?? person, aboutOther };
}

/** Tables in which any of the words stands, by another way of looking than the product's. */
async function tablesWith(demo: Demo, texts: readonly string[]): Promise<string[]> {
  const owner = demo.database.db.owner;
  const tables = await rowsOf(
    owner,
    sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await rowsOf(
      owner,
      sql`select count(*)::int as n from ${sql.identifier(String(name))} t
        where ${sql.join(
          texts.map(text => sql`position(${text} in lower(t::text)) > 0`),
          sql` or `,
        )}`,
    );
    if (Number(row?.['n']) > 0) found.push(String(name));
  }
  return found;
}

const sequence = (demo: Demo) => demo.tenant(tx => stages.decisions.sequence(tx));

describe('erasing a person', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await openDemo({ people: 2 });
  });
  afterAll(() => demo.close());

  it('leaves nothing of them anywhere, and all else as it was', async () => {
    const { n, email, person, other, mail, aboutOther } = await somebody(demo);
    await sequence(demo);
    const before = await demo.tenant(tx => verify(tx));
    expect(before).toMatchObject({ ok: true });
    const otherBefore = await demo.tenant(tx =>
      stages.graph.factsAbout(tx, other, demo.clock.now().toISOString()),
    );
    const held = await tablesWith(demo, words(n));
    expect(held).toEqual(
      expect.arrayContaining([
        'decisions',
        'entities',
        'fact_sets',
        'memories',
        'touches',
        'interactions',
        'deals',
      ]),
    );

    const receipt = await erase(demo.flow, admin, subjectKey(person));
    expect(receipt.search).toMatchObject({ hits: [] });
    expect(receipt.search.before).toBeGreaterThan(10);
    expect(receipt.search.tables).toBeGreaterThan(40);
    expect(receipt).toMatchObject({ origin: 'asked', stillInCrm: true });
    expect(await tablesWith(demo, words(n))).toEqual([]);
    expect(JSON.stringify(receipt).toLowerCase()).not.toContain('qvist');

    await sequence(demo);
    const after = await demo.tenant(tx => verify(tx));
    expect(after).toMatchObject({ ok: true, problems: [] });
    expect(after.erased).toBeGreaterThan(0);
    expect(after.entries).toBeGreaterThan(before.entries);

    await demo.tenant(async tx => {
      const facts = await stages.graph.factsAbout(tx, other, demo.clock.now().toISOString());
      expect(facts.fields).toEqual(otherBefore.fields);
      const shared = facts.touches.find(touch => touch.ref.id === mail.id);
      expect(shared?.body).toBe('Dear [erased], dear Bo,\n[erased] ([erased], [erased]) will join.');
      const kept = await stages.decisions.load(tx, aboutOther.id);
      expect(kept.suggestion.outcome).toBe(aboutOther.suggestion.outcome);
    });
    expect(await demo.tenant(tx => stages.graph.recordsOf(tx, { email }))).toEqual([]);
  });

  it('waits while somebody with whom they share an activity is under legal hold', async () => {
    const { person, other } = await somebody(demo);
    const endsAt = new Date(demo.clock.now().getTime() + 86_400_000).toISOString();
    const put = await demo.tenant(tx =>
      hold(tx, admin, { who: subjectKey(other), reason: 'Lawsuit 12', endsAt }, demo.clock.now()),
    );
    await expect(erase(demo.flow, admin, subjectKey(person))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`shares an activity (${subjectKey(other)}) is under legal hold`),
    });
    await demo.tenant(tx => liftHold(tx, admin, put.id, demo.clock.now()));
    expect((await erase(demo.flow, admin, subjectKey(person))).search.hits).toEqual([]);
  });

  it('takes no event of theirs any more, by whatever address', async () => {
    const { n, email, person } = await somebody(demo);
    await erase(demo.flow, admin, subjectKey(person));
    const event = (id: string, subject: object) => ({
      id: `${id}-${n}`,
      type: 'page_viewed',
      occurredAt: demo.clock.now().toISOString(),
      subject,
      properties: { page: `Hello ${email}` },
    });
    const batch = [event('a', { email }), event('b', person)];
    const taken = await takeInEvents(demo.flow, admin, batch, { ask: true, perMinute: null });
    expect(taken).toMatchObject({ accepted: 0, parked: 0 });
    expect(taken.rejected.map(({ reason }) => reason)).toEqual(
      Array(2).fill('subject: this person’s data was erased, and nothing more is kept.'),
    );
    expect(await tablesWith(demo, words(n))).toEqual([]);
  });

  it('stays so when the CRM tells of them again', async () => {
    const { n, person, mail } = await somebody(demo);
    await erase(demo.flow, admin, subjectKey(person));
    await demo.crm.call('PATCH', `/crm/objects/2026-09/contacts/${person.id}`, {
      properties: { jobtitle: `Chief Zoë O'Qvist${n}` },
    });
    demo.clock.tick(60_000);
    const news = [person, mail];
    await deliver(
      demo.flow,
      news.map(ref => ({ ref, field: 'jobtitle' })),
    );
    await settle(demo.flow, demo.service, news);
    await demo.tenant(tx => tx.sql.execute(sql`delete from sync_states`));
    await takeInAll(demo.flow, demo.service);
    await expect(demo.decide(person)).rejects.toMatchObject({ code: 'not_found' });
    expect(await tablesWith(demo, words(n))).toEqual([]);
  });

  it('finds them by address, and says clearly where there is nobody', async () => {
    const { email, n } = await somebody(demo);
    await erase(demo.flow, admin, email.toUpperCase());
    expect(await tablesWith(demo, words(n))).toEqual([]);
    await expect(erase(demo.flow, admin, 'nobody@nowhere.example')).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(erase(demo.flow, admin, 'hubspot:deals:7')).rejects.toMatchObject({ code: 'bad_input' });
    await expect(erase(demo.flow, scopeOf('manager'), 'hubspot:contacts:7')).rejects.toMatchObject({
      code: 'forbidden',
      message: 'Only an admin may erase a person’s data.'.replace('’', "'"),
    });
  });

  const stubs: [keyof Stages, string][] = [
    ['decisions', 'decisions'],
    ['graph', 'touches'],
    ['memory', 'memories'],
    ['pipeline', 'deals'],
    ['ingest', 'record_versions'],
    ['writeback', 'writes'],
  ];
  it.each(stubs)('is refused whole and says where, should %s leave its part out', async (stage, table) => {
    const { person, n } = await somebody(demo);
    const lazy: Stages = {
      ...stages,
      [stage]: { ...stages[stage], erase: () => Promise.resolve({}) },
    };
    await expect(erase(demo.flow, admin, subjectKey(person), lazy)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`${table}.`),
    });
    expect((await tablesWith(demo, words(n))).length).toBeGreaterThan(3);
    await erase(demo.flow, admin, subjectKey(person));
    expect(await tablesWith(demo, words(n))).toEqual([]);
  });
});
