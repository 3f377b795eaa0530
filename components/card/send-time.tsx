'use client';
import type { SuggestionView } from '#lib/views/types.ts';
import { formatAppointment, isZone, viewerZone } from '#components/ui/time-format.ts';
import { useMounted } from '#components/ui/use-now.ts';

/** When to act, on the recipient's clock and how its zone is known, and on the viewer's where that differs. */
export function SendTime({ at, timezone }: { at: string; timezone: SuggestionView['timezone'] }) {
  const mounted = useMounted();
  const mine = mounted ? viewerZone() : 'UTC';
  const known = timezone !== null && isZone(timezone.name) ? timezone : null;
  const there = formatAppointment(at, known?.name ?? mine);
  const here = formatAppointment(at, mine);
  return (
    <>
      <time dateTime={at} className="font-medium">
        {there}
      </time>{' '}
      {known ? (
        <span className="text-muted">
          {known.name}, from {known.from}
          {there !== here && ` · ${here} ${mounted ? 'for you' : 'UTC'}`}
        </span>
      ) : (
        <span className="text-muted">
          {mounted ? 'your time' : 'UTC'} · <span className="font-medium text-warn">time zone unknown</span>:
          ask, or check before you write
        </span>
      )}
    </>
  );
}
