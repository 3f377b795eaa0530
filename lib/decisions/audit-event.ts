import type { DecisionStatus } from '#lib/core/decision.ts';
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
  | { kind: 'launch-key-changed'; public: { now: 'made' | 'ended' } }
);
