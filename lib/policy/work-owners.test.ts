import { describe, expect, it } from 'vitest';
import { defaultSettings, TenantSettings } from '#lib/core/settings.ts';
import { allOn, approvedBy, assignment, body, note, shipped, task, usual } from './examples.ts';
import { judge } from './policy.ts';

const withOwners = (owners: Partial<TenantSettings>) => ({ settings: { ...allOn, ...owners } });

describe('one owner for each kind of work', () => {
  it('routing that belongs to the CRM denies another owner, whoever approves', () => {
    const crm = withOwners({ routingOwner: 'crm' });
    const denied = judge(assignment, { ...usual, ...crm }, shipped);
    expect(denied).toMatchObject({ effect: 'deny', policies: ['routing-belongs-to-the-crm'] });
    expect(denied.reason).toContain("The CRM's own rules choose who owns a record");
    expect(judge(assignment, { ...usual, ...crm, ...approvedBy('admin') }, shipped).effect).toBe('deny');
    expect(judge(assignment, { ...usual, ...withOwners({ routingOwner: 'sidecard' }) }, shipped).effect).toBe(
      'ask',
    );
    expect(judge(note, { ...usual, ...crm }, shipped).effect).toBe('ask');
  });

  it('what Sidecard assigned can be taken back after routing went to the CRM', () => {
    const undo = { ...usual, ...withOwners({ routingOwner: 'crm' }), ...approvedBy('manager') };
    expect(judge(assignment, { ...undo, moment: 'undo' }, shipped).effect).toBe('allow');
  });

  it('outreach that belongs to the CRM leaves people in a sequence alone, and nobody else', () => {
    const crm = withOwners({ outreachOwner: 'crm' });
    const effect = (more: object) => judge(task, { ...usual, ...crm, ...more }, shipped).effect;
    expect(effect({ inSequence: true })).toBe('deny');
    expect(effect({ inSequence: true, ...approvedBy('admin') })).toBe('deny');
    expect(effect({ inSequence: false })).toBe('ask');
    expect(effect({})).toBe('ask');
    expect(effect({ inSequence: true, ...withOwners({ outreachOwner: 'sidecard' }) })).toBe('ask');
    expect(effect({ inSequence: true, ...approvedBy('manager'), moment: 'undo' })).toBe('allow');
    const inner = { ...task, channel: 'task' as const, draft: null };
    expect(judge(inner, { ...usual, ...crm, inSequence: true }, shipped).effect).toBe('ask');
  });

  it('settings of before mean the careful choice', () => {
    const { routingOwner: _, outreachOwner: __, ...before } = defaultSettings;
    expect(TenantSettings.parse(before)).toEqual(defaultSettings);
    expect(defaultSettings).toMatchObject({ routingOwner: 'crm', outreachOwner: 'crm' });
  });

  it('a policy set that was made before these words is asked without them', () => {
    const schema = body.schema.replaceAll(/^.*"(routingOwner|outreachOwner|inSequence)".*$/gm, '');
    const safety = body.files['2-safety.cedar'] ?? '';
    const older = {
      hash: 'older',
      body: {
        ...body,
        schema,
        files: {
          ...body.files,
          '2-safety.cedar': safety
            .replace(/@id\("routing-belongs-to-the-crm"\)[\s\S]*?;\n/, '')
            .replace(/@id\("sequence-writes-to-this-person"\)[\s\S]*?;\n/, ''),
        },
      },
    };
    expect(judge(task, { ...usual, inSequence: true }, older).effect).toBe('ask');
  });
});
