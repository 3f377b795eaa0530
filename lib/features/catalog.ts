import { cadence } from './groups/cadence.ts';
import { conversations } from './groups/conversations.ts';
import { dataQuality } from './groups/data-quality.ts';
import { dealHistory } from './groups/deal-history.ts';
import { email } from './groups/email.ts';
import { engagement } from './groups/engagement.ts';
import { firmographics } from './groups/firmographics.ts';
import { intake } from './groups/intake.ts';
import { online } from './groups/online.ts';
import { persona } from './groups/persona.ts';
import { relationship } from './groups/relationship.ts';
import { seasonality } from './groups/seasonality.ts';
import { signals } from './groups/signals.ts';
import { ties } from './groups/ties.ts';
import { timing } from './groups/timing.ts';
import { usage } from './groups/usage.ts';
import { web } from './groups/web.ts';
import type { FeatureDefinition, FeatureGroup, FeatureSpec } from './types.ts';

/** A new group is a file and a line here; a new feature is an entry in its group's file. */
const groups: FeatureGroup[] = [
  email,
  engagement,
  conversations,
  signals,
  intake,
  web,
  online,
  usage,
  firmographics,
  persona,
  relationship,
  ties,
  cadence,
  dealHistory,
  timing,
  seasonality,
  dataQuality,
];

export const definitions: ReadonlyMap<string, FeatureDefinition> = new Map(
  groups.flatMap(group => group.features).map(feature => [feature.name, feature]),
);

export const specs: FeatureSpec[] = groups.flatMap(group =>
  group.features.map((feature): FeatureSpec => {
    const { name, kind, unit, meaning, privacy, uses, monotone, revision = 1, sources } = feature;
    const about = feature.about ?? group.about;
    return {
      name,
      kind,
      unit,
      meaning,
      group: group.name,
      revision,
      sources: [...new Set(sources)].sort(),
      privacy,
      uses,
      ...(about && { about }),
      ...(monotone && { monotone }),
    };
  }),
);
