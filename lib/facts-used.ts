import type { FactUse } from '#lib/core/decision.ts';
import type { Facts } from '#lib/core/fact.ts';

/** Every fact that was at hand, by place and version: not its value, which stays where it can be erased. */
export function factsUsed(facts: Facts): FactUse[] {
  const around = [facts.account, ...facts.deals, ...facts.people, facts.owner].flatMap(known =>
    Object.values(known?.fields ?? {}),
  );
  // The subject's earlier values too: features are made of how they changed.
  const own = new Set([...Object.values(facts.fields), ...facts.history]);
  return [
    ...[...own, ...around].map(({ source, at }) => ({ ...source, at })),
    ...facts.touches.map(({ ref, version, at }) => ({ ...ref, field: null, version, at })),
    ...facts.interactions.map(({ id, subject, type, at }) => ({
      ...subject,
      field: `event:${type}`,
      version: id,
      at,
    })),
  ];
}
