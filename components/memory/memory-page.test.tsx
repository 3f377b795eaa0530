import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { MemoryLine, MemoryPageView } from '#lib/views/memory-types.ts';
import { CardMemory } from '#components/card/card-memory.tsx';
import { LearnedBlock } from '#components/card/learned-block.tsx';
import { dayOf, endOfDay } from './expiry-field.tsx';
import { MemoryPage } from './memory-page.tsx';

const subject = { crm: 'hubspot', object: 'contacts', id: '7' } as const;
const place = { subject, name: 'Maria Lopez', url: 'http://crm.test/contacts/7' };
const line: MemoryLine = {
  id: 'mem_1',
  version: 1,
  state: 'confirmed',
  scope: 'account',
  kind: 'preference',
  text: 'Prefers <b>calls</b>',
  about: place,
  role: null,
  by: 'Ana Reyes',
  isOwn: false,
  at: '2026-11-02T09:00:00.000Z',
  expiresAt: null,
  confidence: 1,
  from: 'typed',
  decisionId: null,
  can: true,
};
const view: MemoryPageView = {
  words: '',
  scope: null,
  about: null,
  suggested: [],
  inForce: [line],
  may: { account: false, team: false, own: true, role: false },
  ownsRecords: true,
};
const nothing = () => undefined;
const draw = (over: Partial<MemoryPageView> = {}, problem: string | null = null) =>
  renderToStaticMarkup(
    <MemoryPage view={{ ...view, ...over }} problem={problem} onTeach={nothing} onSearch={nothing} />,
  );

describe('the page of memories', () => {
  it('says what is known of whom, by whom and for whom, as text', () => {
    const page = draw();
    expect(page).toContain('Prefers &lt;b&gt;calls&lt;/b&gt;');
    expect(page).toContain('Maria Lopez');
    expect(page).toContain('Ana Reyes');
    expect(page).toContain('About records, for everybody (1)');
    expect(page).toMatch(/aria-label="Forget: Prefers/);
  });

  it('offers to change only what the viewer may, and a rest only to end', () => {
    expect(draw({ inForce: [{ ...line, can: false }] })).not.toMatch(/Forget: /);
    const rest = draw({ inForce: [{ ...line, kind: 'snoozed', text: '' }] });
    expect(rest).toContain('No reason was given.');
    expect(rest).not.toMatch(/Edit: /);
    expect(rest).toMatch(/Forget: /);
  });

  it('asks about what answers suggest: for everybody, for oneself, or not at all', () => {
    const page = draw({ suggested: [{ ...line, state: 'suggested', text: 'Do not call', kind: 'do-not' }] });
    expect(page).toContain('Remember for next time about Maria Lopez? (do not)');
    expect(page).toMatch(/For everybody.*Only for me.*No</s);
    const own = draw({ suggested: [{ ...line, state: 'suggested', scope: 'private', about: null }] });
    expect(own).not.toContain('For everybody');
    expect(own).not.toContain('For the team');
  });

  it('lets people teach what they may', () => {
    expect(draw()).not.toContain('>The team</label>');
    const manager = draw({
      may: { account: true, team: true, own: true, role: true },
      about: place,
      ownsRecords: false,
    });
    expect(manager).toMatch(/About Maria Lopez.*The team.*Only me.*All reps/s);
    expect(draw({ may: { account: false, team: false, own: false, role: false } })).not.toContain(
      'Teach something',
    );
  });

  it('says when there is nothing, or nothing fits, and what went wrong', () => {
    expect(draw({ inForce: [] })).toContain('Nobody has taught anything yet');
    expect(draw({ inForce: [], words: 'x' })).toContain('fits this search');
    expect(draw({}, 'Somebody else was faster.')).toContain('role="alert"');
  });
});

describe('on the card', () => {
  it('tells what is known, and leads to where more is taught', () => {
    const memory = { known: [line], suggested: [], mayTeach: true };
    const html = renderToStaticMarkup(
      <CardMemory memory={memory} subject={subject} busy={false} onTeach={nothing} onOpened={nothing} />,
    );
    expect(html).toContain('What I know (1)');
    expect(html).toContain('/memory?about=hubspot%3Acontacts%3A7');
  });

  it('asks nothing where an answer taught nothing', () => {
    expect(renderToStaticMarkup(<LearnedBlock suggested={[]} busy={false} onTeach={nothing} />)).toBe('');
  });
});

it('a day is its whole day, and back', () => {
  expect(endOfDay('')).toBeNull();
  expect(endOfDay('nonsense')).toBeNull();
  expect(dayOf(endOfDay('2026-11-30'))).toBe('2026-11-30');
  expect(dayOf(null)).toBe('');
});
