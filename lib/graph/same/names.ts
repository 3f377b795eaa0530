/** Words of a name, without accents, signs and capitals, in their order. */
export const nameWords = (name: string): string[] =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const legalForms = new Set(
  `ab ag as asa bv bvba co company corp corporation cv doo eg ev gbr gmbh group gruppe holding inc incorporated kft kg kgaa
  limited llc llp lp ltd mbh nv ohg oy oyj plc pte pty sa sarl sas se sl slu sp spa spol sprl srl sro ug und and
  the`.split(/\s+/),
);

/** What is left of a company's name without its legal form: "Fleet Works GmbH & Co. KG" is "fleet works". Never empty. */
export function firmName(name: string): string {
  // "S.A." and "B.V." are one word.
  const words = nameWords(name.replaceAll(/\b(\p{L})\.(?=\s*\p{L}\b)/gu, '$1').replaceAll('.', ' '));
  const kept = words.filter(word => !legalForms.has(word));
  return (kept.length > 0 ? kept : words).join(' ');
}

/** How two people's names go together: `partly` where only the last name is the same. */
export function compareNames(a: string, b: string): 'same' | 'partly' | 'unknown' | 'different' {
  const [one, other] = [nameWords(a), nameWords(b)];
  if (one.length === 0 || other.length === 0) return 'unknown';
  if (one.toSorted().join(' ') === other.toSorted().join(' ')) return 'same';
  return one.at(-1) === other.at(-1) ? 'partly' : 'different';
}
