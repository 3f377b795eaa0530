import type { Evidence } from '#lib/core/evidence.ts';
import type { Cell, Persona } from '../persona/cell.ts';
import { personaOf } from '../persona/persona.ts';
import { behaviourOf, familyOf, sizeOf } from '../persona/traits.ts';
import type { Derived, FeatureDefinition, FeatureGroup, FactSource } from '../types.ts';

const SIZE: FactSource[] = ['account.numberofemployees', 'fields.numemployees'];
const INDUSTRY: FactSource[] = ['account.industry', 'fields.industry'];
const BEHAVIOUR: FactSource[] = ['touches.email', 'touches.call', 'touches.meeting', 'interactions.*'];

const spec = {
  kind: 'categorical',
  unit: 'category',
  uses: ['scoring', 'routing', 'drafting'],
} satisfies Partial<FeatureDefinition>;

const wordOf = ({ value }: { value: Derived['value'] }): string | null =>
  typeof value === 'string' ? value : null;

/** The persona of what the three traits say, with the first fact behind each. */
export function describePersona(
  [size, industry, behaviour]: [size: Derived, industry: Derived, behaviour: Derived],
  personas: readonly Persona[],
): Derived {
  const { name } = personaOf(cellOf(size, industry, behaviour), personas);
  const text = `Like other ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  const evidence = [size, industry, behaviour].flatMap((trait): Evidence[] => trait.evidence.slice(0, 1));
  return { value: name, text, evidence };
}

export const cellOf = (...[size, industry, behaviour]: [Trait, Trait, Trait]): Cell => ({
  size: wordOf(size),
  industry: wordOf(industry),
  behaviour: wordOf(behaviour) ?? 'quiet',
});
type Trait = Pick<Derived, 'value'>;

export const persona: FeatureGroup = {
  name: 'account persona',
  features: [
    {
      ...spec,
      name: 'company_size_class',
      meaning: 'Small (below 50 people), mid-size (below 500), large (below 5,000) or very large',
      privacy: 'business',
      sources: SIZE,
      derive: seen => seen.once(sizeOf),
    },
    {
      ...spec,
      name: 'industry_family',
      meaning: 'One of ten families of industries',
      privacy: 'business',
      sources: INDUSTRY,
      derive: seen => seen.once(familyOf),
    },
    {
      ...spec,
      name: 'buying_behaviour',
      meaning:
        'What they do, the most telling first: trying it out (28 days), talking, reading, silent after our e-mails (90 days), or quiet',
      privacy: 'personal',
      sources: BEHAVIOUR,
      derive: seen => seen.once(behaviourOf),
    },
    {
      ...spec,
      name: 'account_persona',
      meaning: 'The kind of account that it resembles most, among the kinds that this schema tells apart',
      privacy: 'personal',
      sources: [...SIZE, ...INDUSTRY, ...BEHAVIOUR],
      derive: seen =>
        describePersona([seen.once(sizeOf), seen.once(familyOf), seen.once(behaviourOf)], seen.personas),
    },
  ],
};
