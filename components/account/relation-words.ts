import type { RelationKind } from '#lib/core/relation.ts';

/** Between the names of two ends: "Ada Lind" `knows` "Ben Ito". */
export const relationWord = {
  works_at: 'works at',
  decides_for: 'decides for',
  influences: 'influences',
  reports_to: 'reports to',
  owns: 'owns',
  member_of: 'is a member of',
  involved_in: 'is involved in',
  attended: 'attended',
  replied_to: 'replied to',
  knows: 'knows',
  mentioned: 'mentioned',
  interested_in: 'is interested in',
  competes: 'competes with',
  similar_to: 'is similar to',
  same_as: 'is the same as',
} satisfies Record<RelationKind, string>;

/** A strength in [0, 1] in one word. */
export function strengthWord(strength: number): 'strong' | 'fair' | 'weak' {
  if (strength >= 0.6) return 'strong';
  return strength >= 0.25 ? 'fair' : 'weak';
}
