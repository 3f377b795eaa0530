import type { SeedOwner } from '#lib/crm/sandbox/seed.ts';

/** The seller: Halvern makes maintenance software for vehicle fleets. */
export const SELLER = { name: 'Halvern', domain: 'halvern.example' };

export type Rep = SeedOwner & {
  zone: string;
  closing: string;
  phone: string;
  /** Median hours to a first touch. */ pace: number;
};

const rep = (
  id: string,
  firstName: string,
  lastName: string,
  team: string,
  zone: string,
  closing: string,
  pace: number,
  phone: string,
): Rep => ({
  id,
  firstName,
  lastName,
  email: `${firstName}.${lastName}@${SELLER.domain}`
    .normalize('NFD')
    .replace(/[\u0300-\u036f\s]/g, '')
    .toLowerCase(),
  teams: [team],
  zone,
  closing,
  pace,
  phone,
});

/** Sells; the manager (first) and the last one of each team differ in how fast they answer. */
export const REPS: Rep[] = [
  rep('70011', 'Ingrid', 'Solheim', 'Europe North', 'Europe/Oslo', 'Best regards,', 20, '+47 21 55 01 40'),
  rep('70012', 'Callum', 'Reid', 'Europe North', 'Europe/London', 'Cheers,', 5, '+44 20 7946 0142'),
  rep('70013', 'Jasmin', 'Öztürk', 'Europe North', 'Europe/Berlin', 'Best,', 9, '+49 30 5550 143'),
  rep(
    '70014',
    'Pieter',
    'van Loon',
    'Europe North',
    'Europe/Amsterdam',
    'Kind regards,',
    30,
    '+31 20 555 0144',
  ),
  rep(
    '70015',
    'Marco',
    'Benedetti',
    'South & Americas',
    'Europe/Rome',
    'Many thanks,',
    14,
    '+39 02 5550 145',
  ),
  rep(
    '70016',
    'Beatriz',
    'Lacerda',
    'South & Americas',
    'Europe/Lisbon',
    'Best wishes,',
    6,
    '+351 21 555 0146',
  ),
  rep('70017', 'Dana', 'Whitfield', 'South & Americas', 'America/Chicago', 'Thanks,', 8, '+1 312 555 0147'),
  rep('70018', 'Álvaro', 'Cuesta', 'South & Americas', 'Europe/Madrid', 'Un saludo,', 34, '+34 91 555 0148'),
];

const DAY = 86_400_000;

export const OWNERS: SeedOwner[] = REPS.map(({ id, email, firstName, lastName, teams, zone }) => ({
  id,
  email,
  firstName,
  lastName,
  teams: id === '70011' ? ['Europe North', 'South & Americas'] : (teams ?? []),
  jobTitle: id === '70011' ? 'Head of Sales' : 'Account Executive',
  timeZone: zone,
  workingHours: { days: 'MONDAY_TO_FRIDAY' as const, startMinute: 9 * 60, endMinute: 17 * 60 + 30 },
}));

/** The users as of `now` (ms): one is on holiday the week after next. */
export function ownersAt(now: number): SeedOwner[] {
  const from = Math.floor(now / DAY) * DAY + 10 * DAY;
  const away = [{ from: new Date(from).toISOString(), to: new Date(from + 7 * DAY).toISOString() }];
  return OWNERS.map(owner => (owner.id === '70018' ? { ...owner, away } : owner));
}
