import { specs } from './catalog.ts';
import { isOwn, protectedAttribute, recordsOutcome } from './exclusions.ts';
import { defaultPersonas } from './persona/persona.ts';
import { PROPERTY_REVISION, TRUE_OR_FALSE } from './property.ts';
import type { FeatureSchema, FeatureSpec, PropertyDefinition } from './types.ts';

/**
 * A version says what is derived and how: the features with their revisions, the tenant's own properties, its personas.
 * What is reckoned here only tells versions apart for people; the artifact's hash is what proves them.
 */
export function versionOf({ features, quarantined, personas }: Omit<FeatureSchema, 'version'>): string {
  return `leads-2+${fingerprint(JSON.stringify([features, quarantined, personas]))}`;
}

/** What the product derives for every tenant. */
export const baseSchema: FeatureSchema = stamped({
  features: specs,
  quarantined: [],
  personas: defaultPersonas,
});

function stamped(body: Omit<FeatureSchema, 'version'>): FeatureSchema {
  return { version: versionOf(body), ...body };
}

/** Free text with more different values than this tells records apart instead of describing them. */
const MOST_DISTINCT = 50;

/**
 * The base and the tenant's own properties of people. What was written after the outcome, what we wrote ourselves and
 * what names a protected attribute is listed with why, and is no feature.
 */
export function schemaFor(
  definitions: readonly PropertyDefinition[],
  settings: { quarantinedGroups: readonly string[] },
): FeatureSchema {
  const custom = definitions
    .filter(definition => definition.custom)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const features = [...specs];
  const quarantined: FeatureSchema['quarantined'] = [];
  for (const definition of custom) {
    const why = whyNot(definition, settings.quarantinedGroups);
    if (why) quarantined.push({ property: definition.name, why });
    else if (isUsable(definition)) features.push(specOf(definition));
  }
  return stamped({ features, quarantined, personas: defaultPersonas });
}

function whyNot(definition: PropertyDefinition, quarantinedGroups: readonly string[]): string | null {
  if (quarantinedGroups.includes(definition.group))
    return `Its group "${definition.group}" is set aside as written after the outcome.`;
  if (recordsOutcome(definition.name)) return 'It records the outcome or what came after contact.';
  if (isOwn(definition)) return 'Sidecard itself writes it.';
  const attribute = protectedAttribute(definition);
  return attribute && `It names or stands in for a protected attribute (${attribute}).`;
}

function isUsable({ type, options, distinct }: PropertyDefinition): boolean {
  if (type === 'string') return !!options?.length || (distinct !== undefined && distinct <= MOST_DISTINCT);
  return type === 'number' || type === 'enumeration' || type === 'bool';
}

function specOf({ name, label, type, options }: PropertyDefinition): FeatureSpec {
  const labels = Object.fromEntries(
    (options ?? [])
      .filter(option => option.label !== option.value)
      .map(option => [option.value, option.label]),
  );
  return {
    name: `property:${name}`,
    kind: type === 'number' || type === 'bool' ? 'numeric' : 'categorical',
    unit: type === 'number' ? 'as in the CRM' : type === 'bool' ? TRUE_OR_FALSE : 'category',
    meaning: label || name,
    group: 'property',
    revision: PROPERTY_REVISION,
    sources: [`fields.${name}`],
    privacy: 'personal',
    uses: ['scoring', 'routing', 'drafting'],
    about: ['person'],
    property: name,
    ...(type !== 'bool' && Object.keys(labels).length > 0 && { labels }),
  };
}

/** FNV-1a over UTF-16 units. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
