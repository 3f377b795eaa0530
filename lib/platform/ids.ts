import { v7 } from 'uuid';

export type IdPrefix =
  | 'dec'
  | 'chg'
  | 'mem'
  | 'rel'
  | 'run'
  | 'aud'
  | 'ver'
  | 'evt'
  | 'req'
  | 'fail'
  | 'sig'
  | 'era'
  | 'hold'
  | 'obj';

/** A new identifier, e.g. `dec_0199…`; ids of one kind sort by the time at which they were made. */
export const newId = <P extends IdPrefix>(prefix: P): `${P}_${string}` => `${prefix}_${v7()}`;
