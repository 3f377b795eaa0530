import { zoneIn } from '#lib/core/zones.ts';
import { isCountry } from './countries.ts';
import { quoted, type ValueRule } from './rule.ts';

const isEmail = /^(?:work_|personal_|private_)?e?-?mail(?:_address)?$/;
const isPhone = /^(?:mobile|work|home|other)?_?(?:phone|fax|telephone)(?:_?number)?$/;
const isCountryField = /^(?:mailing|billing|shipping|other|ip_)?_?country$/;
const isZone = /^(?:hs_)?time_?zone$|^timezonesidkey$/;

/** What a phone number may be written with: digits in most scripts, and what stands between them. An extension may follow. */
const phone = /^[+(]?[\p{Nd}\s().\-/+·‑–]+(?:(?:ext|extn?|x|#|durchwahl|app|w)\.?\s*[\p{Nd}]{1,7})?$/iu;

export const peopleRules: ValueRule[] = [
  {
    name: 'email-impossible',
    concerns: field => isEmail.test(field),
    oddity: ({ value }) =>
      !/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(value.trim()) ? `is not one: ${quoted(value)}` : null,
  },
  {
    name: 'phone-impossible',
    concerns: field => isPhone.test(field),
    oddity: ({ value }) => {
      const digits = value.match(/\p{Nd}/gu)?.length ?? 0;
      return digits < 3 || digits > 25 || !phone.test(value.trim().slice(0, 100))
        ? `is not a number that can be called: ${quoted(value)}`
        : null;
    },
  },
  {
    name: 'country-unknown',
    concerns: field => isCountryField.test(field),
    oddity: ({ value }) => (!isCountry(value.slice(0, 200)) ? `is not one: ${quoted(value)}` : null),
  },
  {
    name: 'time-zone-unknown',
    concerns: field => isZone.test(field),
    oddity: ({ value }) =>
      zoneIn(name => (name === 'hs_timezone' ? value.slice(0, 100) : null)) === null
        ? `does not exist: ${quoted(value)}`
        : null,
  },
];
