const COUNTRIES: Record<string, string> = {
  'North America': 'united states, usa, us, united states of america, canada, ca',
  'Latin America':
    'mexico, brazil, brasil, argentina, chile, colombia, peru, uruguay, paraguay, bolivia, ecuador, venezuela, panama, costa rica, guatemala, dominican republic, mx, br, ar, cl, co, pe',
  'Western and Northern Europe':
    'germany, deutschland, de, austria, österreich, at, switzerland, schweiz, ch, united kingdom, uk, gb, great britain, england, scotland, wales, ireland, ie, france, fr, belgium, be, netherlands, the netherlands, nl, luxembourg, lu, denmark, dk, sweden, se, norway, no, finland, fi, iceland',
  'Southern Europe':
    'spain, españa, es, portugal, pt, italy, italia, it, greece, gr, malta, cyprus, croatia, slovenia',
  'Eastern Europe':
    'poland, polska, pl, czech republic, czechia, cz, slovakia, sk, hungary, hu, romania, ro, bulgaria, bg, serbia, ukraine, ua, estonia, latvia, lithuania, belarus, russia, moldova, albania, bosnia and herzegovina, north macedonia, montenegro, kosovo',
  'Middle East':
    'turkey, türkiye, israel, united arab emirates, uae, saudi arabia, qatar, kuwait, bahrain, oman, jordan, lebanon, iraq, iran',
  Africa:
    'south africa, za, nigeria, kenya, egypt, morocco, algeria, tunisia, ghana, ethiopia, tanzania, uganda, senegal, ivory coast, rwanda, cameroon',
  'South Asia': 'india, in, pakistan, bangladesh, sri lanka, nepal',
  'East Asia and Pacific':
    'china, cn, japan, jp, south korea, korea, hong kong, taiwan, singapore, sg, malaysia, indonesia, thailand, vietnam, philippines, australia, au, new zealand, nz',
};

const REGION = new Map(
  Object.entries(COUNTRIES).flatMap(([region, list]) =>
    list.split(', ').map(country => [country, region] as const),
  ),
);

/** A sales region for a country's name or ISO code; null when the name is none that we know. */
export const regionOf = (country: string): string | null => REGION.get(country.trim().toLowerCase()) ?? null;
