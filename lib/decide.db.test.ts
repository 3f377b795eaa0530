import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '#lib/ask.ts';
import type { Trigger } from '#lib/core/decision.ts';
import { toInstant } from '#lib/core/time.ts';
import { auditOf } from '#lib/decisions/read.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { openDemo, owner, otherRep, scopeOf, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { failing, saying, startModel } from '#lib/platform/testing/demo/stub-model.ts';
import { decide } from './decide.ts';
import { stages } from './stages.ts';

describe('decide', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await openDemo();
  });
  afterAll(() => demo.close());

  const triggerFor = (subject: Trigger['subject'], more: Partial<Trigger> = {}): Trigger => ({
    kind: 'record-changed',
    task: 'follow-up',
    subject,
    events: ['an event'],
    at: toInstant(demo.clock.now()),
    ...more,
  });

  const count = async (what: ReturnType<typeof sql>): Promise<number> => {
    const [row] = await demo.tenant(tx => rowsOf(tx.sql, what));
    return Number(row?.['n']);
  };

  it('records everything that influenced it', async () => {
    const lead = await demo.newLead();
    const decision = await demo.decide(lead);
    const { lineage } = decision;
    const inForce = await demo.tenant(tx => stages.releases.current(tx));
    expect(decision.status).toBe('open');
    expect(lineage.release).toEqual(inForce.release);
    const { artifacts } = lineage.release;
    expect(Object.keys(artifacts).sort()).toEqual([
      'cadence',
      'feature-schema',
      'lead-model',
      'policy-set',
      'prompt',
      'runtime-config',
    ]);
    expect(lineage.score?.model).toBe(artifacts['lead-model']);
    expect([lineage.reading, ...lineage.verdicts].map(verdict => verdict.policySet)).toEqual([
      artifacts['policy-set'],
      artifacts['policy-set'],
    ]);
    expect(lineage.modelCalls.map(call => call.prompt)).toEqual([artifacts['prompt']]);
    expect(lineage.trigger.subject).toEqual(lead);
    expect(lineage.suggestion).toEqual(decision.suggestion);
    expect(lineage.touchesThisWeek).toBe(0);
  });

  it('names every fact with a version of a record that is kept', async () => {
    const { lineage } = await demo.decide(await demo.newLead());
    const facts = await demo.tenant(tx => stages.graph.factsAbout(tx, lineage.trigger.subject, lineage.asOf));
    const used = (ref: { object: string; id: string }) =>
      lineage.facts.filter(fact => fact.object === ref.object && fact.id === ref.id);
    expect(new Set(used(facts.subject).map(fact => fact.field))).toEqual(new Set(Object.keys(facts.fields)));
    expect(used({ object: 'owners', id: owner }).map(fact => fact.field)).toContain('firstname');
    expect(lineage.facts.some(fact => fact.object === 'emails')).toBe(true);
    for (const { object, id, version } of new Map(
      lineage.facts.map(fact => [`${fact.object}/${fact.id}/${fact.version}`, fact]),
    ).values())
      expect(
        await count(
          sql`select count(*)::int as n from record_versions
              where object = ${object} and record_id = ${id} and version = ${version}`,
        ),
        `${object} ${id} ${version}`,
      ).toBe(1);
    const quoted = lineage.suggestion.outcome === 'propose' ? lineage.suggestion.claims : [];
    for (const { evidence } of quoted)
      for (const { object, id, version } of evidence)
        expect(used({ object, id }).map(fact => fact.version)).toContain(version);
  });

  it('decides once for one trigger, however often and however nearly at once it comes', async () => {
    const lead = await demo.newLead();
    const trigger = triggerFor(lead);
    const decisions = await Promise.all(
      Array.from({ length: 3 }, () => decide(demo.flow, demo.service, trigger)),
    );
    decisions.push(await decide(demo.flow, demo.service, trigger));
    expect(new Set(decisions.map(decision => decision.id)).size).toBe(1);
    expect(await count(sql`select count(*)::int as n from decisions where record_id = ${lead.id}`)).toBe(1);
  });

  it('leaves one open proposal when two triggers come at once, the other superseded', async () => {
    const lead = await demo.newLead();
    await Promise.all(
      ['one', 'two', 'three'].map(event =>
        decide(demo.flow, demo.service, triggerFor(lead, { events: [event] })),
      ),
    );
    const statuses = await demo.tenant(tx =>
      rowsOf(tx.sql, sql`select status from decisions where record_id = ${lead.id}`),
    );
    expect(statuses.map(row => String(row['status'])).sort()).toEqual(['open', 'superseded', 'superseded']);
  });

  it('supersedes the open proposal on the record', async () => {
    const lead = await demo.newLead();
    const old = await demo.decide(lead);
    const next = await demo.decide(lead);
    expect(next.status).toBe('open');
    await demo.tenant(async tx => {
      expect(await stages.decisions.load(tx, old.id)).toMatchObject({ status: 'superseded' });
      const [last] = (await auditOf(tx, old.id)).filter(entry => entry.kind === 'status-changed');
      expect(last?.entry).toMatchObject({ from: 'open', to: 'superseded', decisionId: old.id });
      const [recorded] = await auditOf(tx, next.id);
      expect(recorded?.entry).toMatchObject({ kind: 'decision-recorded', supersedes: [old.id] });
    });
  });

  it('records that it has nothing to propose, and why', async () => {
    const lead = await demo.newLead({ properties: { hs_email_optout: 'true' } });
    const decision = await demo.decide(lead);
    expect(decision).toMatchObject({
      status: 'abstained',
      statusReason: 'This person has opted out of e-mail.',
      changesHash: null,
      suggestion: { outcome: 'abstain' },
    });
    const [entry] = await demo.tenant(tx => auditOf(tx, decision.id));
    expect(entry?.entry).toMatchObject({ kind: 'decision-recorded', status: 'abstained', effects: [] });
  });

  it('shows a rep nothing of another rep’s record, and records nothing', async () => {
    const lead = await demo.newLead();
    const stranger = decide(demo.flow, scopeOf('rep', otherRep), triggerFor(lead));
    await expect(stranger).rejects.toMatchObject({
      code: 'forbidden',
      message: 'This record belongs to another rep.',
    });
    await expect(ask(demo.flow, scopeOf('rep', otherRep), lead)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await count(sql`select count(*)::int as n from decisions where record_id = ${lead.id}`)).toBe(0);
    expect((await ask(demo.flow, scopeOf('rep', owner), lead)).status).toBe('open');
  });

  it('knows nothing of a record that the CRM does not have', async () => {
    const nobody = triggerFor({ crm: 'hubspot', object: 'contacts', id: '404' });
    await expect(decide(demo.flow, demo.service, nobody)).rejects.toMatchObject({ code: 'not_found' });
  });

  describe('with a language model that does not behave', () => {
    const decideWith = async (answer: Parameters<typeof startModel>[0]) => {
      const lead = await demo.newLead();
      const { model, stop } = await startModel(answer);
      try {
        return await decide({ ...demo.flow, model }, demo.service, triggerFor(lead));
      } finally {
        await stop();
      }
    };
    const letter = (body: string) =>
      JSON.stringify({ subject: 'Your question', body, claims: [], whyNow: 'Ada asked.' });

    it.each([
      ['is down', failing, 0],
      ['replies with no JSON', saying('I would rather write a poem.'), 2],
      ['adds what the form has no place for', saying('{"subject":"x","send_to":"eve@evil.example"}'), 2],
    ])('%s: the rules write instead, and say so', async (_, answer, calls) => {
      const { status, suggestion, lineage } = await decideWith(answer);
      expect(status).toBe('open');
      expect(suggestion).toMatchObject({ outcome: 'propose', writtenBy: 'rules' });
      expect(suggestion.why.map(claim => claim.text).join(' ')).toContain('Written by rule. ');
      expect(lineage.modelCalls).toHaveLength(calls);
    });

    it('writes a link and a promise: neither reaches the draft', async () => {
      const hostile = letter(
        'Hi Ada,\n\nThank you for your message of 10 March. Pay at https://evil.example/pay today. You get 90% off. Would Thursday suit you for a short call?\n\nBest regards,\nMarco',
      );
      const { suggestion, lineage } = await decideWith(saying(hostile));
      const text = JSON.stringify(suggestion);
      expect(text).not.toContain('evil.example');
      expect(text).not.toContain('90%');
      expect(lineage.checks.some(check => check.outcome !== 'pass')).toBe(true);
      expect(JSON.stringify(lineage.proposed)).toContain('evil.example');
    });

    it('sends characters that no database keeps: they are stored cleaned, and the ledger agrees', async () => {
      const { suggestion, id } = await decideWith(
        saying(
          letter(
            'Hi Ada,\n\nThank you for your message\u0000 of 10 March.\ud83d Would Thursday suit you for a short call?\n\nBest regards,\nMarco',
          ),
        ),
      );
      expect(suggestion.outcome).toBe('propose');
      const stored = await demo.tenant(tx => stages.decisions.load(tx, id));
      expect(stored.suggestion).toEqual(suggestion);
    });
  });

  it('leaves a ledger that proves all of this', async () => {
    await demo.tenant(tx => stages.decisions.sequence(tx));
    expect(await demo.tenant(tx => stages.decisions.verify(tx))).toMatchObject({
      ok: true,
      problems: [],
      unsequenced: 0,
    });
  });
});
