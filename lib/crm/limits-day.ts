/** Requests of the account's day, as the CRM counts them. `at`: milliseconds since 1970. */
export interface Day {
  used: number;
  limit: number;
  at: number;
}

/** Beyond this part of the day's requests, what nobody waits for waits: the rest is for people. */
const backgroundShare = 0.95;
/** The count of a day that is over must not hold anybody up: after this time one request finds out. */
const staleMs = 15 * 60_000;

/** Milliseconds for which background work leaves the rest of the day's requests to people; 0: go on. */
export function waitOfDay(day: Day | null, now: number): number {
  if (day === null || day.limit <= 0 || day.used < day.limit * backgroundShare) return 0;
  return Math.max(0, day.at + staleMs - now);
}

export type DayLevel = 'ok' | 'warning' | 'alert';

/** 75 % is a warning, all of it an alert. */
export const levelOf = ({ used, limit }: Day): DayLevel =>
  used >= limit ? 'alert' : used >= limit * 0.75 ? 'warning' : 'ok';

/** Whether a count differs enough from the one kept to be written down: by a hundredth of the limit, or in level. */
export const isWorthKeeping = (kept: Day | null, heard: Day): boolean =>
  kept === null ||
  kept.limit !== heard.limit ||
  Math.abs(heard.used - kept.used) >= heard.limit / 100 ||
  levelOf(heard) !== levelOf(kept) ||
  heard.at - kept.at > 5 * 60_000;
