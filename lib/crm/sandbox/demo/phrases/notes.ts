import type { Voice } from '#lib/crm/sandbox/demo/voice.ts';

/** What reps note for themselves between activities. */
export const research = (v: Voice): string =>
  v.say([
    s =>
      `${s.company}: about ${s.vehicles} ${s.fleet}, ${s.siteCount}. Job ad for a mechanic in ${s.city} mentions ${s.incumbent}. ${s.colleague} is on the team page.`,
    s =>
      `Annual report says ${s.newVehicles} new ${s.fleet} this year. Likely pain: ${s.pain.topic}. Uses ${s.incumbent}.`,
    s =>
      `Checked the site: ${s.siteCount}, ${s.vehicles} vehicles, audit mentioned for ${s.month}. ${s.competitor} lists them as a reference? Not sure.`,
  ]);

export const disqualified = (v: Voice, why: string): string =>
  v.say([
    s => `Closing: ${why}. Look again in ${s.month} at the earliest.`,
    s => `No further work on ${s.company}: ${why}.`,
    s => `${why.charAt(0).toUpperCase()}${why.slice(1)}. ${s.vehicles} ${s.fleet} stay on the long list.`,
  ]);

export const qualifies = (v: Voice): string =>
  v.say([
    s =>
      `Becomes an opportunity: ${s.vehicles} ${s.fleet}, pain is ${s.pain.topic} (${s.cur} ${s.money} a year), ${s.colleague} on board, decision planned for ${s.month}.`,
    s =>
      `Qualified with ${s.first}. Start in ${s.city}, then ${s.siteCount}. Competition: ${s.competitor}. Open: ${s.question.topic}.`,
    s =>
      `${s.first} asked for an offer. Budget ${s.cur} ${s.price} looks possible, ${s.colleagueFirst} signs.`,
  ]);
