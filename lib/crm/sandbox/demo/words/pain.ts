export type PainKey =
  | 'breakdowns'
  | 'defects'
  | 'inspections'
  | 'parts'
  | 'tyres'
  | 'garages'
  | 'odometers'
  | 'downtime'
  | 'warranty'
  | 'electric'
  | 'technicians';

/** A sentence or two about one contact's situation. */
export type Line = (s: Situation) => string;

/** What hurts, in the words of both sides. Statements by the contact stand without a subject change: "we …". */
export type Pain = {
  module: string;
  topic: string;
  subjects: Line[];
  probes: Line[];
  stories: Line[];
  costs: Line[];
  proofs: Line[];
  questions: { ask: Line; answer: Line; topic: string }[];
};

/** The concrete facts that one contact's correspondence turns on. Only the months move on with a long story. */
export type Situation = {
  pain: Pain;
  question: Pain['questions'][number];
  first: string;
  company: string;
  city: string;
  fleet: string;
  vehicle: string;
  site: string;
  sites: string;
  siteCount: string;
  vehicles: number;
  peer: number;
  newVehicles: number;
  count: number;
  invoices: number;
  hours: number;
  pct: number;
  money: string;
  price: string;
  cur: string;
  /** A month ahead, the moment (ms) it stands for, and one behind. */
  month: string;
  monthAt: number;
  pastMonth: string;
  incumbent: string;
  competitor: string;
  colleague: string;
  colleagueFirst: string;
  event: string;
};
