import { quoted, type ValueRule } from './rule.ts';

/** Characters: a longer text is stored whole, and is read in part. */
const longest = 100_000;

/** Marks that turn the direction of what follows, which can make a text look like another. */
const turnsAround = /[\u202A-\u202E\u2066-\u2069]/;

/** A choice of several is written with semicolons; texts may have them too, so only short ones count. */
const isChoice = (value: string): boolean =>
  value.includes(';') && value.length < 2000 && value.split(';').every(option => option.trim().length < 60);

export const textRules: ValueRule[] = [
  {
    name: 'text-very-long',
    concerns: () => true,
    oddity: ({ value }) =>
      value.length > longest ? `has ${value.length.toLocaleString('en')} characters` : null,
  },
  {
    name: 'character-lost',
    concerns: () => true,
    oddity: ({ value }) =>
      value.includes('\uFFFD') ? `has characters that are no text, shown as \uFFFD: ${quoted(value)}` : null,
  },
  {
    name: 'direction-turned',
    concerns: () => true,
    oddity: ({ value }) =>
      turnsAround.test(value)
        ? `has invisible marks that turn the direction of the text: ${quoted(value.replaceAll(new RegExp(turnsAround, 'g'), ''))}`
        : null,
  },
  {
    name: 'option-repeated',
    concerns: () => true,
    oddity: ({ value }) => {
      if (!isChoice(value)) return null;
      const options = value.split(';').map(option => option.trim());
      const repeated = options.find((option, i) => option !== '' && options.indexOf(option) < i);
      return repeated === undefined ? null : `names ${quoted(repeated)} more than once`;
    },
  },
];
