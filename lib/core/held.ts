/** One kind of what is held about a person, for an access request. Rows as they are stored. */
export interface HeldPart {
  what: string;
  /** Where it comes from. */
  from: string;
  why: string;
  /** How long. */
  kept: string;
  rows: readonly Readonly<Record<string, unknown>>[];
}
