import { describe, expect, it } from 'vitest';
import { TenantSettings, defaultSettings } from '#lib/core/settings.ts';
import { findSettingsProblems } from './settings-problems.ts';

describe('findSettingsProblems', () => {
  it('finds none in the defaults', () => {
    expect(findSettingsProblems(defaultSettings)).toEqual({});
  });

  it('names each part that cannot be saved', () => {
    const bad = {
      ...defaultSettings,
      touchesPerWeek: Number.NaN,
      sendHours: { from: 18, to: 8 },
      timezone: 'Mars/Phobos',
    };
    expect(Object.keys(findSettingsProblems(bad))).toEqual(['touchesPerWeek', 'sendHours', 'timezone']);
  });

  it('lets nothing through that the settings themselves refuse', () => {
    for (const part of [
      { touchesPerWeek: 51 },
      { touchesPerWeek: 1.5 },
      { sendHours: { from: 0, to: 25 } },
    ]) {
      const settings = { ...defaultSettings, ...part };
      expect(TenantSettings.safeParse(settings).success).toBe(false);
      expect(findSettingsProblems(settings)).not.toEqual({});
    }
  });
});
