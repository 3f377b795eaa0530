import { describe, expect, it } from 'vitest';
import { Purpose } from '#lib/core/privacy.ts';
import { approvedBy, scopeOf, shipped, subject, task, usual } from './examples.ts';
import { classesFor, judge, mayProfile } from './policy.ts';

describe('classes of values', () => {
  it.each(Purpose.options)('sensitive and secret ones are for nothing: %s', purpose => {
    const classes = classesFor(purpose, shipped);
    expect(classes.has('sensitive') || classes.has('secret')).toBe(false);
    expect(classes.has('business')).toBe(true);
  });

  it('personal ones are for work on a person', () => {
    const personal = Purpose.options.filter(purpose => classesFor(purpose, shipped).has('personal'));
    expect(personal).toEqual(['follow-up', 'meeting-notes', 'scoring', 'training']);
  });

  it('none are for a purpose of which no policy speaks', () => {
    const { '8-privacy.cedar': _, ...files } = shipped.body.files;
    const silent = { hash: 'silent', body: { ...shipped.body, files } };
    expect([...classesFor('scoring', silent)]).toEqual([]);
  });

  it('a permit for a sensitive one does not get round the forbid', () => {
    const files = {
      ...shipped.body.files,
      '9-more.cedar': `@id("all") @reason("All.") permit (principal is Purpose, action == Action::"use_class", resource);`,
    };
    const more = { hash: 'more', body: { ...shipped.body, files } };
    expect([...classesFor('scoring', more)]).toEqual(['public', 'business', 'personal']);
  });
});

describe('an objection to profiling', () => {
  const record = { subject, ownerId: '11' };

  it('forbids the score and says why', () => {
    expect(mayProfile(scopeOf('service'), record, false, shipped).effect).toBe('allow');
    expect(mayProfile(scopeOf('service'), record, true, shipped)).toMatchObject({
      effect: 'deny',
      policies: ['objected-to-profiling'],
      reason: 'This person objected to profiling.',
    });
  });

  it('forbids follow-ups, approved ones too; what was written before may be taken back', () => {
    expect(judge(task, { ...usual, objected: true }, shipped)).toMatchObject({
      effect: 'deny',
      policies: ['no-follow-up-for-who-objected'],
    });
    const approved = { ...usual, ...approvedBy('admin') };
    expect(judge(task, approved, shipped).effect).toBe('allow');
    expect(judge(task, { ...approved, objected: true }, shipped).effect).toBe('deny');
    expect(judge(task, { ...approved, objected: true, moment: 'undo' }, shipped).effect).toBe('allow');
  });
});
