import type { Evidence } from '#lib/core/evidence.ts';
import type { Subject } from '#lib/core/subject.ts';

/** What the pipeline page shows: money in major units as decimal numbers, for people. */

export interface DealRow {
  subject: Subject;
  name: string;
  account: string | null;
  /** Id of its company's record; null where none is known. */
  accountId: string | null;
  stage: string;
  amount: number | null;
  currency: string;
  weighted: number | null;
  closeDate: string | null;
  ageDays: number | null;
  owner: string | null;
  url: string;
  flags: string[];
}

export interface PipelineView {
  asOf: string;
  currency: string;
  /** Deals in other currencies are listed apart, not converted, until there are dated rates. */
  otherCurrencies: { currency: string; count: number; amount: number }[];
  stages: {
    id: string;
    name: string;
    pipeline: string;
    probability: number;
    count: number;
    amount: number;
    weighted: number;
    missingAmount: number;
  }[];
  totals: { count: number; amount: number; weighted: number };
  forecast: null;
  /** Why no band is shown. */
  forecastNote: string;
  atRisk: { deal: DealRow; why: string[]; evidence: Evidence[] }[];
  reps: {
    ownerId: string | null;
    name: string;
    count: number;
    amount: number;
    weighted: number;
    atRisk: number;
    wonCount: number;
    wonAmount: number;
  }[];
  change: {
    kind: 'added' | 'won' | 'lost' | 'advanced' | 'pushed';
    count: number;
    amount: number;
    since: string;
  }[];
  hygiene: { name: string; text: string; count: number; filter: string }[];
}
