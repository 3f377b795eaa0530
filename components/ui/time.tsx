'use client';
import { Tip } from './tip.tsx';
import { formatAppointment, formatDay, formatMoment, formatRelative, viewerZone } from './time-format.ts';
import { useNow } from './use-now.ts';

/**
 * A moment. The server writes UTC and says so; the browser then writes the viewer's zone.
 * `as`: `moment` date and time, `appointment` day of the week and time, `day` the date alone, `relative` such as "3 hours ago" with the full time in the title.
 * `explain` shows the full time on keyboard focus too, at the price of a tab stop: not for long tables.
 */
export function Time({
  at,
  as = 'moment',
  explain = false,
}: {
  at: string;
  as?: 'moment' | 'appointment' | 'day' | 'relative';
  explain?: boolean;
}) {
  const now = useNow();
  const full = now === null ? `${formatMoment(at, 'UTC')} UTC` : formatMoment(at, viewerZone());
  let text = full;
  const zone = now === null ? 'UTC' : viewerZone();
  if (as === 'day') text = formatDay(at, zone);
  else if (as === 'appointment') text = formatAppointment(at, zone) + (now === null ? ' UTC' : '');
  else if (as === 'relative' && now !== null) text = formatRelative(at, now);
  const time = (
    <time dateTime={at} title={explain ? undefined : `${full} (${formatMoment(at, 'UTC')} UTC)`}>
      {text}
    </time>
  );
  return explain ? <Tip text={`${full} (${formatMoment(at, 'UTC')} UTC)`}>{time}</Tip> : time;
}
