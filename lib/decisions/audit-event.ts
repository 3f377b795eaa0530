import type { DecisionStatus } from '#lib/core/decision.ts';
import type { MemoryKind, MemoryScope } from '#lib/core/memory.ts';
import type { Effect } from '#lib/core/verdict.ts';

/**
 * What the ledger records. `public` names no person and no record: it stays readable after an erasure. What does is
 * `private`, of which the ledger holds a salted commitment.
 */
export type AuditEvent = { decisionId: string | null; private: Record<string, unknown> } & (
  | {
      kind: 'decision-recorded';
      public: {
        task: string;
        status: DecisionStatus;
        release: string;
        policySet: string;
        model: string | null;
        effects: Effect[];
        supersedes: string[];
      };
    }
  | { kind: 'answered'; public: { answer: string; changesHash: string | null } }
  | { kind: 'status-changed'; public: { from: DecisionStatus; to: DecisionStatus } }
  | {
      kind: 'judged-again';
      public: { moment: 'apply' | 'undo'; effects: Effect[]; policies: string[]; policySet: string };
    }
  | { kind: 'crm-changed'; public: { direction: 'apply' | 'undo'; receipts: number; redirected?: number } }
  | {
      kind: 'run-finished';
      public: { runId: string; runKind: string; release: string; rows: number; root: string };
    }
  | {
      kind: 'release-promoted';
      public: { release: string; artifacts: Record<string, string>; replaced: string | null };
    }
  | {
      kind: 'scores-written';
      /** The verdict holds for all of them. `root`: Merkle root over what the CRM confirmed. */
      public: {
        count: number;
        refused: number;
        root: string;
        effect: Effect;
        policies: string[];
        reason: string;
        policySet: string;
      };
    }
  | { kind: 'crm-connected'; public: { crm: string } }
  | { kind: 'crm-disconnected'; public: { crm: string } }
  | { kind: 'role-given'; public: { role: string } }
  | {
      kind: 'memory-changed';
      /** What it says, about whom and whose it is, is private. A forgotten one has no text any more. */
      public: {
        memoryId: string;
        change: 'taught' | 'suggested' | 'confirmed' | 'edited' | 'forgotten';
        scope: MemoryScope;
        memoryKind: MemoryKind;
      };
    }
  | {
      kind: 'person-erased';
      /** `receipt`: hash of the receipt. */
      public: { erasure: string; origin: 'asked' | 'crm'; rows: number; searched: number; receipt: string };
    }
  | { kind: 'person-accessed'; public: { parts: number; rows: number } }
  | { kind: 'profiling-objection'; public: { objection: string; now: 'made' | 'withdrawn' } }
  | { kind: 'legal-hold'; public: { hold: string; now: 'put' | 'lifted'; endsAt: string } }
  /** That two records are one person or account, or are not. */
  | { kind: 'identity-said'; public: { state: 'same' | 'different'; object: string } }
  | { kind: 'launch-key-changed'; public: { now: 'made' | 'ended' } }
  | { kind: 'events-key-changed'; public: { now: 'made' | 'ended' } }
);
