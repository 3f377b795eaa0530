import { z } from 'zod';
import { Mode } from './proposal.ts';

/** A kind of CRM write that an admin turns on or off. */
export const WriteKind = z.enum(['task', 'note', 'field', 'assignment']);
export type WriteKind = z.infer<typeof WriteKind>;

/** What an admin decides for the tenant. A connected CRM starts with all writing off. */
export const TenantSettings = z.object({
  writes: z.record(WriteKind, z.boolean()),
  /** Stops all writing at once. */
  killSwitch: z.boolean(),
  followUpMode: Mode,
  /** At most this many suggested touches to one person in seven days, over all agents. */
  touchesPerWeek: z.number().int().min(0).max(50),
  /** Local time of the recipient in which a suggestion may fall: hours [from, to) on weekdays. */
  sendHours: z.object({ from: z.number().int().min(0).max(23), to: z.number().int().min(1).max(24) }),
  /** CRM property groups written after the outcome: shown, never trained on. */
  quarantinedGroups: z.array(z.string()),
  /** IANA zone of the tenant's office. */
  timezone: z.string(),
});
export type TenantSettings = z.infer<typeof TenantSettings>;

export const defaultSettings: TenantSettings = {
  writes: { task: false, note: false, field: false, assignment: false },
  killSwitch: false,
  followUpMode: 'hybrid',
  touchesPerWeek: 3,
  sendHours: { from: 8, to: 18 },
  quarantinedGroups: ['written_after_contact'],
  timezone: 'UTC',
};
