import { saveUserRecord } from '#lib/crm/sandbox/records/save-user-record.ts';
import type { SeedOwner } from '#lib/crm/sandbox/seed.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { findOwner } from '#lib/crm/sandbox/store/owners.ts';

/** What a user's record says of when the user works, as JSON texts. */
function hoursOf({ timeZone, jobTitle, workingHours, away = [] }: SeedOwner): Record<string, string> {
  const absences = away.map(({ from, to }) => ({
    startTimestamp: Date.parse(from),
    endTimestamp: Date.parse(to),
  }));
  return {
    ...(jobTitle && { hs_job_title: jobTitle }),
    ...(timeZone && { hs_standard_time_zone: timeZone }),
    ...(workingHours && { hs_working_hours: JSON.stringify([workingHours]) }),
    ...(absences.length > 0 && { hs_out_of_office_hours: JSON.stringify(absences) }),
  };
}

/** Gives every planted owner the record of a user. */
export function seedUsers(store: Store, owners: SeedOwner[]): void {
  for (const owner of owners) {
    const kept = findOwner(store, owner.id);
    if (kept) saveUserRecord(store, kept, hoursOf(owner));
  }
}
