import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { EventsKeys } from './events-keys.tsx';
import { ParkedEvents } from './parked-events.tsx';

const nothing = () => undefined;
const draw = (keys: { id: string; name: string; madeAt: string; lastUsedAt: string | null }[], more = {}) =>
  renderToStaticMarkup(<EventsKeys view={{ keys }} onNew={nothing} onEnd={nothing} {...more} />);

describe('events keys', () => {
  it('lists them with whether they are used, and says when there is none', () => {
    const page = draw([
      { id: 'sig_1', name: 'Website', madeAt: '2026-11-02T09:00:00.000Z', lastUsedAt: null },
    ]);
    expect(page).toContain('Website');
    expect(page).toContain('not yet');
    expect(page).toContain('aria-label="End the key for Website"');
    expect(draw([])).toContain('nothing outside the CRM can send events');
  });

  it('shows a new key once, with what to do with it', () => {
    const page = draw([], { made: { id: 'sig_1', key: 'evt.x.y' } });
    expect(page).toContain('evt.x.y');
    expect(page).toContain('it is not shown again');
    expect(draw([])).not.toContain('evt.');
  });
});

describe('events that wait', () => {
  it('are shown by what they wait for, with how many there are', () => {
    const since = '2026-11-02T09:00:00.000Z';
    const page = renderToStaticMarkup(
      <ParkedEvents
        parked={{
          events: 1200,
          since,
          groups: [
            { waitsFor: 'email:ada@fleet.example', events: 7, since },
            { waitsFor: 'csv:contacts:a:b', events: 3, since },
          ],
        }}
      />,
    );
    expect(page).toContain('ada@fleet.example');
    expect(page).toContain('contacts a:b in csv');
    expect(page).toContain('1,190 more');
  });
});
