import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeSettings, policiesInForce, settingsInForce } from './settings.ts';
import { stages } from './stages.ts';
import { defaultSettings } from '#lib/core/settings.ts';
import { openDemo, owner, scopeOf, type Demo } from '#lib/platform/testing/demo/open-demo.ts';

describe('settings', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await openDemo({ people: 1, readIt: false });
  });
  afterAll(() => demo.close());

  const inForce = () => demo.tenant(tx => settingsInForce(tx));
  const change = (settings: object, scope = scopeOf('admin')) =>
    demo.tenant(tx => changeSettings(tx, scope, { ...defaultSettings, ...settings }, demo.clock.now()));

  it('of the demo let tasks, notes and scores be written, and nothing else', async () => {
    expect((await inForce()).writes).toEqual({
      task: true,
      note: true,
      field: false,
      assignment: false,
      score: true,
    });
  });

  it('are a release, in force with the next decision, on the record', async () => {
    const before = await demo.tenant(tx => stages.releases.current(tx));
    await change({ killSwitch: true });
    expect((await inForce()).killSwitch).toBe(true);
    const { release } = await demo.tenant(tx => stages.releases.current(tx));
    expect(release).toMatchObject({ name: 'settings by Test admin' });
    expect({ ...release.artifacts, 'runtime-config': '' }).toEqual({
      ...before.release.artifacts,
      'runtime-config': '',
    });
    const decision = await demo.decide(await demo.newLead());
    expect(decision.status).toBe('denied');
    expect(decision.lineage.release.id).toBe(release.id);
    expect(decision.statusReason).toContain('kill switch');
  });

  it('that are the same again change nothing', async () => {
    await change({ touchesPerWeek: 5 });
    const { release } = await demo.tenant(tx => stages.releases.current(tx));
    await change({ touchesPerWeek: 5 });
    expect((await demo.tenant(tx => stages.releases.current(tx))).release.id).toBe(release.id);
  });

  it.each([scopeOf('rep', owner), scopeOf('manager'), scopeOf('operations'), scopeOf('auditor')])(
    'are not changed by $actor.role',
    async scope => {
      const before = await inForce();
      await expect(change({ touchesPerWeek: 50 }, scope)).rejects.toMatchObject({ code: 'forbidden' });
      expect(await inForce()).toEqual(before);
    },
  );

  it('that make no sense are refused', async () => {
    for (const wrong of [{ touchesPerWeek: -1 }, { touchesPerWeek: 1.5 }, { sendHours: { from: 30, to: 2 } }])
      await expect(change(wrong)).rejects.toThrow();
  });

  it('show every policy in force with what it says', async () => {
    const policies = await demo.tenant(tx => policiesInForce(tx));
    expect(policies.length).toBeGreaterThan(20);
    expect(policies.every(({ name, reason }) => name && reason)).toBe(true);
  });
});
