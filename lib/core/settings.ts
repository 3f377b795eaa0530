import { z } from 'zod';
import { PrivacyClass } from './privacy.ts';
import { Mode } from './proposal.ts';

/** A kind of CRM write that an admin turns on or off. */
export const WriteKind = z.enum(['task', 'note', 'field', 'assignment', 'score']);
export type WriteKind = z.infer<typeof WriteKind>;

/** Who does a kind of work where the CRM's own automations could do it too: never both. */
export const WorkOwner = z.enum(['crm', 'sidecard']);
export type WorkOwner = z.infer<typeof WorkOwner>;

/** What an admin decides for the tenant. A connected CRM starts with all writing off. */
export const TenantSettings = z.object({
  writes: z.object({
    task: z.boolean(),
    note: z.boolean(),
    field: z.boolean(),
    assignment: z.boolean(),
    /** Lead scores, into the CRM's own fields for them. Settings of before do not have the word, and mean no. */
    score: z.boolean().default(false),
  } satisfies Record<WriteKind, z.ZodType<boolean>>),
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
  /**
   * Who chooses the owners of records. `crm`, so that nothing fights with assignment rules and workflows until an admin
   * says otherwise: assignments are then denied. Settings of before have neither word, and mean the careful one.
   */
  routingOwner: WorkOwner.default('crm'),
  /**
   * Who writes to people while they are in one of the CRM's sequences. `crm`: nothing is suggested to them until the
   * sequence ends, so that nobody hears from two voices; everybody else gets suggestions either way.
   */
  outreachOwner: WorkOwner.default('crm'),
  /** Privacy classes of fields by name, where the rules of `classOf` (core/privacy) do not fit. */
  privacyClasses: z.record(z.string().min(1).max(200), PrivacyClass).default({}),
});
export type TenantSettings = z.infer<typeof TenantSettings>;

export const defaultSettings: TenantSettings = {
  writes: { task: false, note: false, field: false, assignment: false, score: false },
  killSwitch: false,
  followUpMode: 'hybrid',
  touchesPerWeek: 3,
  sendHours: { from: 8, to: 18 },
  quarantinedGroups: ['written_after_contact'],
  timezone: 'UTC',
  routingOwner: 'crm',
  outreachOwner: 'crm',
  privacyClasses: {},
};
