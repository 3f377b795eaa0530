import type { Place } from './words/places.ts';
import type { Sector } from './words/sectors.ts';
import type { Rep } from './owners.ts';
import type { Track } from './track.ts';

/** A firm of the demo, before it is written as a record. Money per vehicle and year in its place's currency. */
export type Firm = {
  id: string;
  name: string;
  shortName: string;
  domain: string;
  sector: Sector;
  place: Place;
  city: string;
  employees: number;
  vehicles: number;
  sites: number;
  vehiclePrice: number;
  incumbent: string;
  /** How well Halvern suits it, about -2 to 2: trade and size, both in the data. */
  fit: number;
  rep: Rep;
  customer: boolean;
  createdAt: number;
};

export type Manner = 'brief' | 'formal' | 'warm';

/** A contact of the demo, whose story is told before the record is written. */
export type Person = {
  id: string;
  first: string;
  last: string;
  email: string;
  title: string;
  /** How much this role decides: -1 user, 0 influences, 1 decides. */
  rank: -1 | 0 | 1;
  company: Firm;
  city: string;
  source: string;
  event: string;
  manner: Manner;
  rep: Rep;
  createdAt: number;
  lead: boolean;
  /** Properties that never change, and those that do. */
  fixed: Record<string, string>;
  track: Track;
};
