import type { WithheldField } from '#lib/core/decision.ts';
import type { Facts } from '#lib/core/fact.ts';
import { minimise } from '#lib/core/minimise.ts';
import type { Purpose } from '#lib/core/privacy.ts';
import type { BoundRelease } from './release.ts';
import { stages, type Stages } from './stages.ts';

/** What policy lets a purpose read of some facts, and what it keeps from it. */
export const readFor = (
  purpose: Purpose,
  facts: Facts,
  { policySet, settings }: BoundRelease,
  s: Stages = stages,
): { facts: Facts; withheld: WithheldField[] } =>
  minimise(facts, {
    classes: s.policy.classesFor(purpose, policySet),
    overrides: settings.privacyClasses,
  });

type Names = Pick<WithheldField, 'object' | 'field'>;
const nameOf = ({ object, field }: { object: string; field: string | null }): string =>
  `${object} ${field ?? ''}`;

/** What was kept from any of several purposes, each field once. */
export const withheldFromAny = (readings: readonly (readonly WithheldField[])[]): WithheldField[] => [
  ...new Map(readings.flat().map(one => [nameOf(one), one])).values(),
];

/** Whether a field was kept from all of them, so that it had no influence. */
export const isWithheldFromAll = (
  use: { object: string; field: string | null },
  readings: readonly (readonly Names[])[],
): boolean => readings.every(withheld => withheld.some(one => nameOf(one) === nameOf(use)));
