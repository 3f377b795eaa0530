import type { Connection, TrafficView } from '#lib/crm/read.ts';
import type { feedState } from '#lib/ingest/read.ts';

export type PartStatus = 'ok' | 'degraded' | 'down';
export interface Part {
  name: string;
  status: PartStatus;
  text: string;
}

const count = new Intl.NumberFormat('en');

/** Whether the CRM answers, and how much of the day's requests is used where the CRM counts them. */
export function crmParts(
  connection: Connection | null,
  { day, pausedUntil, limitedUntil }: TrafficView,
): Part[] {
  const crm = (status: PartStatus, text: string): Part => ({ name: 'crm', status, text });
  if (!connection) return [crm('down', 'No CRM is connected.')];
  const { name, state } = connection;
  const clock = (at: string): string => `${at.slice(11, 19)} UTC`;
  const part =
    state.status === 'disconnected'
      ? crm('degraded', state.text)
      : pausedUntil !== null
        ? crm('degraded', `${name} does not answer. It is left alone until ${clock(pausedUntil)}.`)
        : state.status === 'failing'
          ? crm('degraded', state.text)
          : limitedUntil !== null
            ? crm('ok', `${name} answers, and takes no requests until ${clock(limitedUntil)}.`)
            : crm('ok', `${name} answers.`);
  return day === null ? [part] : [part, dayPart(day)];
}

/** Whether changes are heard of as they happen. An account that tells of none is as it is: nothing is wrong. */
export function feedParts(
  connection: Connection | null,
  state: Awaited<ReturnType<typeof feedState>>,
): Part[] {
  if (state === null || connection === null || connection.state.status === 'disconnected') return [];
  return [{ name: 'crm changes', status: state.status === 'failing' ? 'degraded' : 'ok', text: state.text }];
}

function dayPart({ used, limit, level }: NonNullable<TrafficView['day']>): Part {
  const share = Math.floor((100 * used) / limit);
  const text = `${count.format(used)} of ${count.format(limit)} requests of the day are used (${share} %).`;
  if (level === 'ok') return { name: 'crm budget', status: 'ok', text };
  return {
    name: 'crm budget',
    status: 'degraded',
    text:
      level === 'warning'
        ? `Warning: ${text} From 95 % on, reading in the background waits.`
        : `Alert: ${text} The CRM takes no more until its day is over.`,
  };
}
