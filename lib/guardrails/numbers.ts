const number = /\d+(?:[.,:’']\d+)*/g;

/** The numbers of a text in one spelling: 1,200 is 1.200 is 1200. */
export const numbersOf = (text: string): string[] =>
  (text.match(number) ?? []).map(found => found.replaceAll(/[.,’'](?=\d{3}\b)/g, '').replaceAll(',', '.'));
