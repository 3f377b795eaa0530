import { validate } from '@cedar-policy/cedar-wasm/nodejs';
import { describe, expect, it } from 'vitest';
import { Role } from '#lib/core/scope.ts';
import { body, scopeOf, shipped, subject } from './examples.ts';
import { mayDo, mayRead, type OwnedRecord, policyNames } from './policy.ts';

describe('the shipped policy set', () => {
  it('validates against its schema, without warnings', () => {
    const answer = validate({
      schema: body.schema,
      policies: { staticPolicies: Object.values(body.files).join('\n') },
    });
    expect(answer).toMatchObject({ type: 'success', validationErrors: [], validationWarnings: [] });
  });

  it('names every policy, the tenant-wide stops first', () => {
    const names = policyNames(shipped).map(policy => policy.name);
    expect(names.slice(0, 2)).toEqual(['kill-switch', 'writing-tasks-off']);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('mayRead and mayDo', () => {
  const own: OwnedRecord = { subject, ownerId: '11' };
  const others: OwnedRecord = { subject, ownerId: '12' };
  const nobodys: OwnedRecord = { subject, ownerId: null };
  const account: OwnedRecord = { subject: { crm: 'hubspot', object: 'companies', id: '3' }, ownerId: '12' };
  const rep = scopeOf('rep', '11');

  it('lets a rep read own and unowned records and the accounts', () => {
    const effects = [own, nobodys, account, others].map(record => mayRead(rep, record, shipped).effect);
    expect(effects).toEqual(['allow', 'allow', 'allow', 'deny']);
    expect(mayRead(rep, others, shipped).reason).toBe('This record belongs to another rep.');
    expect(mayRead(scopeOf('rep'), others, shipped).effect).toBe('deny');
  });

  it.each(Role.options.filter(role => role !== 'rep'))('lets %s read every record', role => {
    expect(mayRead(scopeOf(role), others, shipped)).toMatchObject({ changeId: '', effect: 'allow' });
  });

  it.each<[Role, string]>([
    ['rep', 'answer undo ask_for_suggestion'],
    ['manager', 'answer undo ask_for_suggestion object view_pipeline view_privacy'],
    ['operations', 'view_pipeline view_ops send_events'],
    [
      'admin',
      'answer undo ask_for_suggestion erase object hold access view_pipeline view_ops change_settings send_events view_privacy',
    ],
    ['auditor', 'access view_pipeline view_ops view_privacy'],
    ['service', 'erase'],
  ])('lets %s do: %s', (role, expected) => {
    const scope = scopeOf(role, '11');
    const onRecord = (
      ['answer', 'undo', 'ask_for_suggestion', 'erase', 'object', 'hold', 'access'] as const
    ).filter(action => mayDo(scope, action, own, shipped).effect === 'allow');
    const onTenant = (
      ['view_pipeline', 'view_ops', 'change_settings', 'send_events', 'view_privacy'] as const
    ).filter(action => mayDo(scope, action, 'tenant', shipped).effect === 'allow');
    expect([...onRecord, ...onTenant].join(' ')).toBe(expected);
  });

  it("keeps a rep from acting on another rep's record, in words", () => {
    const verdict = mayDo(rep, 'answer', others, shipped);
    expect(verdict.effect).toBe('deny');
    expect(verdict.reason).toContain('own records');
    expect(mayDo(rep, 'change_settings', 'tenant', shipped).reason).toBe(
      "Only an admin may change the tenant's settings.",
    );
  });
});
