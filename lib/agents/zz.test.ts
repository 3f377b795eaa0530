import { test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { generateDemo } from '#lib/crm/sandbox/demo/demo.ts';
import { touchOf } from '#lib/graph/touch-of.ts';
import { check, shield } from '#lib/guardrails/guardrails.ts';
import { propose } from '#lib/agents/agents.ts';
import { buildInput } from '#lib/agents/follow-up/evals/build.ts';
import type { Facts, Fact, Touch } from '#lib/core/fact.ts';
test('x', async () => {
  const now = new Date('2027-03-10T10:00:00.000Z');
  const demo = generateDemo({ seed: 7, now });
  const key = (t: string, id: string) => t + ':' + id;
  const links = new Map<string, Set<string>>();
  const link = (a: string, b: string) => {
    (links.get(a) ?? links.set(a, new Set()).get(a)!).add(b);
  };
  for (const r of demo.records)
    for (const a of r.associations ?? []) {
      link(key(r.type, r.id), key(a.type, a.id));
      link(key(a.type, a.id), key(r.type, r.id));
    }
  const by = new Map(demo.records.map(r => [key(r.type, r.id), r]));
  const fields = (r: any): Record<string, Fact> =>
    Object.fromEntries(
      Object.entries(r.properties).map(([name, value]) => [
        name,
        {
          name,
          value: value as string,
          at: r.createdAt,
          learntAt: r.createdAt,
          source: { crm: 'hubspot', object: r.type, id: r.id, field: name, version: '1' },
        },
      ]),
    );
  const out: string[] = [];
  const tally: Record<string, number> = {};
  const guard: Record<string, number> = {};
  for (const r of demo.records) {
    if (r.type !== 'contacts' && r.type !== 'deals') continue;
    const near = [...(links.get(key(r.type, r.id)) ?? [])].map(k => by.get(k)!).filter(Boolean);
    const touches = near
      .map(n =>
        touchOf({
          ref: { crm: 'hubspot', object: n.type as any, id: n.id },
          version: '1',
          createdAt: n.createdAt,
          updatedAt: n.updatedAt,
          archived: false,
          fields: n.properties,
          history: [],
          links: [],
        }),
      )
      .filter(t => t !== null)
      .map(
        t => ({ ...t!, learntAt: t!.at, ownerId: null, threadId: null, ourChange: null }) as unknown as Touch,
      )
      .sort((a, b) => b.at.localeCompare(a.at))
      .slice(0, 200);
    const company = near.find(n => n.type === 'companies');
    const owner = demo.owners.find(o => o.id === r.properties['hubspot_owner_id']);
    const facts: Facts = {
      subject: { crm: 'hubspot', object: r.type as any, id: r.id },
      asOf: now.toISOString(),
      createdAt: r.createdAt,
      fields: fields(r),
      history: [],
      account: company
        ? { subject: { crm: 'hubspot', object: 'companies', id: company.id }, fields: fields(company) }
        : null,
      deals: [],
      people: near
        .filter(n => n.type === 'contacts')
        .map(n => ({
          subject: { crm: 'hubspot' as const, object: 'contacts' as const, id: n.id },
          fields: fields(n),
        })),
      touches,
      owner: owner
        ? { id: owner.id, name: owner.firstName + ' ' + owner.lastName, email: owner.email }
        : null,
    };
    const s1 = shield(facts);
    const { suggestion: p } = await propose(buildInput(s1.facts, { now }));
    const c = check(p, s1.facts);
    for (const g of [...s1.results, ...c.results])
      if (g.outcome !== 'pass') {
        guard[g.guardrail + ' ' + g.outcome] = (guard[g.guardrail + ' ' + g.outcome] ?? 0) + 1;
        if (g.guardrail !== 'masking')
          out.push(
            'GUARD ' +
              JSON.stringify(g) +
              ' ' +
              (p.outcome === 'propose' ? JSON.stringify(p.changes[0]).slice(0, 900) : ''),
          );
      }
    const s = c.suggestion;
    const label =
      r.type +
      ' ' +
      (s.outcome === 'abstain'
        ? 'ABSTAIN ' +
          s.reason
            .replace(/“[^”]*”/g, '…')
            .replace(/\d+ [A-Z][a-z]+( \d{4})?/g, 'D')
            .replace(/^[A-Z]\S+ said/, 'X said')
        : (s.changes[0] as any).title.replace(/^.*: /, (s.changes[0] as any).channel + ' '));
    tally[label] = (tally[label] ?? 0) + 1;
    if (s.outcome === 'propose') {
      const t = s.changes[0] as any;
      out.push(
        `==== ${r.type} ${r.id} ${t.title} | ${t.dueAt} ${s.timezone?.name} ${s.confidence}\n${t.body}\n--- ${t.draft?.subject}\n${t.draft?.body}\nLAST: ${JSON.stringify(touches.slice(0, 3).map(x => [x.channel, x.direction, x.at.slice(0, 10), x.status, x.title, x.body.slice(0, 300)]))}`,
      );
    }
  }
  writeFileSync('/tmp/w/demo-out.txt', out.join('\n'));
  console.log(JSON.stringify(tally, null, 1), guard);
}, 60000);
