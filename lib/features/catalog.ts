import { conversations } from './groups/conversations.ts';
import { dataQuality } from './groups/data-quality.ts';
import { email } from './groups/email.ts';
import { firmographics } from './groups/firmographics.ts';
import { intake } from './groups/intake.ts';
import { relationship } from './groups/relationship.ts';
import { signals } from './groups/signals.ts';
import { timing } from './groups/timing.ts';
import { web } from './groups/web.ts';
import type { FeatureDefinition, FeatureGroup, FeatureSpec } from './types.ts';

/** A new group is a file and a line here; a new feature is an entry in its group's file. */
const groups: FeatureGroup[] = [
  email,
  conversations,
  signals,
  intake,
  web,
  firmographics,
  relationship,
  timing,
  dataQuality,
];

export const definitions: ReadonlyMap<string, FeatureDefinition> = new Map(
  groups.flatMap(group => group.features).map(feature => [feature.name, feature]),
);

export const specs: FeatureSpec[] = groups.flatMap(group =>
  group.features.map(({ name, kind, unit, meaning, privacy, uses, monotone }) => ({
    name,
    kind,
    unit,
    meaning,
    group: group.name,
    privacy,
    uses,
    ...(monotone && { monotone }),
  })),
);
