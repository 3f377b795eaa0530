import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { PeopleView } from '#lib/views/people-roles.ts';
import { PeopleRoles } from './people-roles.tsx';

const view: PeopleView = {
  people: [
    { userId: '1', name: 'Ana', email: 'ana@us.example', role: 'admin', isSelf: true },
    { userId: '2', name: 'Ben', email: null, role: 'rep', isSelf: false },
  ],
  sessions: [
    {
      id: 'sig_1',
      name: 'Ben',
      from: 'HubSpot card',
      lastUsedAt: '2026-11-02T09:00:00.000Z',
      expiresAt: '2026-11-03T09:00:00.000Z',
    },
  ],
  launchKey: null,
};
const nothing = () => undefined;
const draw = (over: Partial<PeopleView> = {}, more = {}) =>
  renderToStaticMarkup(
    <PeopleRoles
      view={{ ...view, ...over }}
      onRole={nothing}
      onSignOut={nothing}
      onNewKey={nothing}
      onEndKey={nothing}
      {...more}
    />,
  );

describe('people and roles', () => {
  it('shows everybody with the role they have, and says which one is oneself', () => {
    const page = draw();
    expect(page).toContain('Ana (you)');
    expect(page).toMatch(/Role of Ben<\/label>.*?<option value="rep" selected="">/);
    expect(page).toContain('aria-label="Sign Ben out"');
    expect(page).not.toContain('Launch key');
  });

  it('says when nobody is known or signed in', () => {
    const page = draw({ people: [], sessions: [] });
    expect(page).toContain('have not been read yet');
    expect(page).toContain('Nobody is signed in.');
  });

  it('shows a new key of Salesforce this once', () => {
    expect(draw({ launchKey: { madeAt: null, lastUsedAt: null } })).toContain('There is none');
    const page = draw(
      { launchKey: { madeAt: '2026-11-02T09:00:00.000Z', lastUsedAt: null } },
      { newKey: 'key.a.b', problem: 'No.' },
    );
    expect(page).toContain('key.a.b');
    expect(page).toContain('it is not shown again');
    expect(page).toContain('Replace the key');
    expect(page).toContain('role="alert"');
  });
});
