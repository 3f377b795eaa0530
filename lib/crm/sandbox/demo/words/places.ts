export type Place = {
  country: string;
  cities: string[];
  zone: string;
  language: string;
  currency: 'EUR' | 'USD';
  dial: string;
  weight: number;
  first: string[];
  last: string[];
  suffixes: string[];
};

const words = (text: string): string[] => text.split(/,\s*/);

/** Where customers are, and how people and firms are called there. */
export const PLACES: Place[] = [
  {
    country: 'Germany',
    cities: words('Hamburg, Leipzig, Kassel, Dortmund, Nürnberg, Bremen'),
    zone: 'Europe/Berlin',
    language: 'de',
    currency: 'EUR',
    dial: '+49',
    weight: 22,
    first: words(
      'Katrin, Stefan, Anke, Jörg, Miriam, Thorsten, Nadine, Uwe, Svenja, Holger, Emre, Birgit, Lennart, Sabine',
    ),
    last: words(
      'Brandt, Kessler, Vogt, Lindner, Harms, Yıldız, Reuter, Pohl, Dietz, Krämer, Ahrens, Sommer, Thiele, Wenzel',
    ),
    suffixes: words('GmbH, AG, GmbH & Co. KG'),
  },
  {
    country: 'United Kingdom',
    cities: words('Leeds, Bristol, Glasgow, Northampton, Cardiff'),
    zone: 'Europe/London',
    language: 'en',
    currency: 'EUR',
    dial: '+44',
    weight: 17,
    first: words(
      'Gareth, Priya, Alison, Darren, Nicola, Imran, Fiona, Stuart, Kayleigh, Owen, Rachel, Dev, Louise',
    ),
    last: words(
      'Hollis, Pemberton, Akhtar, Doyle, Nair, Sutcliffe, Griffiths, McAllister, Barlow, Osei, Tranter, Whelan',
    ),
    suffixes: words('Ltd, plc, Group'),
  },
  {
    country: 'Netherlands',
    cities: words('Rotterdam, Venlo, Zwolle, Eindhoven'),
    zone: 'Europe/Amsterdam',
    language: 'nl',
    currency: 'EUR',
    dial: '+31',
    weight: 11,
    first: words('Joost, Marieke, Sanne, Ruben, Wouter, Femke, Bas, Ilse, Youssef'),
    last: words('de Wit, Hoekstra, van Rijn, Bosman, Kuipers, Dekker, El Amrani, Postma'),
    suffixes: words('B.V., Groep B.V.'),
  },
  {
    country: 'Spain',
    cities: words('Zaragoza, Valencia, Sevilla, Bilbao'),
    zone: 'Europe/Madrid',
    language: 'es',
    currency: 'EUR',
    dial: '+34',
    weight: 10,
    first: words('Lucía, Javier, Nuria, Sergio, Pilar, Iker, Carmen, Rubén, Marta'),
    last: words('Ibarra, Castaño, Vidal, Ortega, Echeverría, Molina, Prieto, Serrano'),
    suffixes: words('S.L., S.A.'),
  },
  {
    country: 'Italy',
    cities: words('Verona, Bologna, Torino, Bari'),
    zone: 'Europe/Rome',
    language: 'it',
    currency: 'EUR',
    dial: '+39',
    weight: 9,
    first: words('Giulia, Davide, Elena, Matteo, Chiara, Lorenzo, Paola, Enrico'),
    last: words('Ferrante, Colombo, Rinaldi, Bassi, Moretti, Galli, Santoro, Vitale'),
    suffixes: words('S.p.A., S.r.l.'),
  },
  {
    country: 'Poland',
    cities: words('Gdańsk, Poznań, Wrocław, Łódź'),
    zone: 'Europe/Warsaw',
    language: 'pl',
    currency: 'EUR',
    dial: '+48',
    weight: 8,
    first: words('Agnieszka, Tomasz, Ewa, Paweł, Magdalena, Krzysztof, Joanna, Marek'),
    last: words('Nowak, Zając, Wrona, Kaczmarek, Sikora, Dudek, Bielak, Mazur'),
    suffixes: words('Sp. z o.o., S.A.'),
  },
  {
    country: 'Sweden',
    cities: words('Gothenburg, Örebro, Malmö'),
    zone: 'Europe/Stockholm',
    language: 'sv',
    currency: 'EUR',
    dial: '+46',
    weight: 6,
    first: words('Linnea, Anders, Karin, Johan, Sofia, Mattias, Amina'),
    last: words('Ekström, Lundgren, Bergqvist, Nyström, Sandell, Warsame'),
    suffixes: words('AB'),
  },
  {
    country: 'United States',
    cities: words('Columbus, Tulsa, Kansas City, Charlotte, Fresno'),
    zone: 'America/Chicago',
    language: 'en',
    currency: 'USD',
    dial: '+1',
    weight: 20,
    first: words('Marcus, Denise, Tyler, Angela, Rosa, Brandon, Keisha, Doug, Melissa, Hector, Linh, Craig'),
    last: words('Haskell, Ramirez, Boone, Tran, Whitaker, Odom, Castillo, Lindqvist, Mercer, Pruitt, Okafor'),
    suffixes: words('Inc., LLC, Co.'),
  },
];
