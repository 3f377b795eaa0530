import type { Actor, Scope } from '#lib/core/scope.ts';
import type { TenantSettings } from '#lib/core/settings.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';

/** Body of a `policy-set` artifact: the Cedar schema and the policy files by name. */
export type PolicySet = { version: string; schema: string; files: Record<string, string> };

/** A policy set with the artifact hash that names it in verdicts and by which its parsed form is kept. */
export type HashedPolicySet = { hash: string; body: PolicySet };

/** A person's yes. `coversHash`: the hash that was approved is that of the changes as they now stand. */
export type Approval = { by: Actor; changesHash: string; coversHash: boolean; approvedAt: Instant };

export type Moment = 'propose' | 'apply' | 'undo';

export type JudgeContext = {
  scope: Scope;
  moment: Moment;
  settings: TenantSettings;
  /** In [0, 1]. */
  confidence: number;
  subjectOwnerId: string | null;
  /** Of e-mail. */
  optedOut: boolean;
  /** The person is in one of the CRM's sequences at this moment. */
  inSequence?: boolean;
  /** The person objected to profiling. */
  objected?: boolean;
  guardrailsPassed: boolean;
  factsAgeHours: number;
  injectionSignal: boolean;
  /** At `undo`, null means that the actor of the scope asks for it in person. */
  approval: Approval | null;
  /** Suggested touches to this person in the last seven days, this one not counted. */
  touchesThisWeek: number;
  /** Money at stake, in minor units of `currency` (ISO 4217). */
  amountMinor?: number;
  currency?: string;
};

export type RecordAction = 'answer' | 'undo' | 'ask_for_suggestion' | 'erase' | 'object' | 'hold' | 'access';
export type TenantAction = 'view_pipeline' | 'view_ops' | 'change_settings' | 'send_events' | 'view_privacy';

/** A record as policy sees it. */
export type OwnedRecord = { subject: Subject; ownerId: string | null };
