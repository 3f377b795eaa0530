import type { TenantSettings } from '#lib/core/settings.ts';
import { isZone } from '#components/ui/time-format.ts';

type Part = 'touchesPerWeek' | 'sendHours' | 'timezone';

const isWhole = (n: number, from: number, to: number) => Number.isInteger(n) && n >= from && n <= to;

/** What keeps settings from being saved, in words, by the part that is wrong. */
export function findSettingsProblems(settings: TenantSettings): Partial<Record<Part, string>> {
  const { from, to } = settings.sendHours;
  const hours = isWhole(from, 0, 23) && isWhole(to, 1, 24) && from < to;
  return {
    ...(!isWhole(settings.touchesPerWeek, 0, 50) && { touchesPerWeek: 'A whole number from 0 to 50.' }),
    ...(!hours && { sendHours: 'Whole hours, the first before the last, from 0 to 24.' }),
    ...((settings.timezone === '' || !isZone(settings.timezone)) && {
      timezone: 'Not a known time zone. Write it like Europe/Berlin.',
    }),
  };
}
