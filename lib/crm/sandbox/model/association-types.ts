import { OBJECT_TYPES, type ObjectName } from './object-types.ts';

/** One direction of a link between two objects. `label` is null for the plain, unlabelled link. */
type AssociationType = {
  from: ObjectName;
  to: ObjectName;
  id: number;
  label: string | null;
  name: string;
};

/** from, to, id, id of the other direction, and the label in each direction if it is the primary link. */
type Pair = [ObjectName, ObjectName, number, number, string?, string?];

const PAIRS: Pair[] = [
  ['contacts', 'companies', 279, 280],
  ['contacts', 'companies', 1, 2, 'Contact with Primary Company', 'Primary Company with Contact'],
  ['deals', 'contacts', 3, 4],
  ['deals', 'companies', 341, 342],
  ['deals', 'companies', 5, 6, 'Deal with Primary Company', 'Primary Company with Deal'],
  ['tickets', 'contacts', 16, 15],
  ['tickets', 'companies', 340, 339],
  ['tickets', 'companies', 26, 25, 'Ticket with Primary Company', 'Primary Company with Ticket'],
  ['tickets', 'deals', 28, 27],
  ['tickets', 'tickets', 452, 452],
  ['line_items', 'deals', 20, 19],
  ['contacts', 'contacts', 449, 449],
  ['companies', 'companies', 450, 450],
  ['deals', 'deals', 451, 451],
  ['calls', 'contacts', 194, 193],
  ['calls', 'companies', 182, 181],
  ['calls', 'deals', 206, 205],
  ['emails', 'contacts', 198, 197],
  ['emails', 'companies', 186, 185],
  ['emails', 'deals', 210, 209],
  ['meetings', 'contacts', 200, 199],
  ['meetings', 'companies', 188, 187],
  ['meetings', 'deals', 212, 211],
  ['notes', 'contacts', 202, 201],
  ['notes', 'companies', 190, 189],
  ['notes', 'deals', 214, 213],
  ['tasks', 'contacts', 204, 203],
  ['tasks', 'companies', 192, 191],
  ['tasks', 'deals', 216, 215],
  ['calls', 'tickets', 220, 219],
  ['emails', 'tickets', 224, 223],
  ['meetings', 'tickets', 226, 225],
  ['notes', 'tickets', 228, 227],
  ['tasks', 'tickets', 230, 229],
  ['leads', 'contacts', 608, 607],
  ['leads', 'contacts', 578, 577, 'Lead with Primary Contact', 'Primary Contact with Lead'],
  ['leads', 'companies', 610, 609],
  ['leads', 'calls', 596, 595],
  ['leads', 'emails', 598, 597],
  ['leads', 'meetings', 600, 599],
  ['leads', 'notes', 854, 853],
  ['leads', 'tasks', 646, 645],
];

function describe(from: ObjectName, to: ObjectName, id: number, label?: string): AssociationType {
  const name = `${OBJECT_TYPES[from].singular}_to_${OBJECT_TYPES[to].singular}`;
  const plainBesidePrimary = to === 'companies' && ['contacts', 'deals', 'tickets'].includes(from);
  const suffix = label === undefined && plainBesidePrimary ? '_unlabeled' : '';
  return { from, to, id, label: label ?? null, name: `${name}${suffix}` };
}

const LINKS = PAIRS.map(([from, to, id, backId, label, backLabel]) => ({
  there: describe(from, to, id, label),
  back: describe(to, from, backId, backLabel),
}));

/** A link type in one direction, with its other direction. */
export type AssociationLink = { type: AssociationType; opposite: AssociationType };

const DIRECTED: AssociationLink[] = LINKS.flatMap(({ there, back }) => [
  { type: there, opposite: back },
  { type: back, opposite: there },
]);

const BY_ID = Map.groupBy(DIRECTED, ({ type }) => `${type.from} ${type.id}`);

/** The link type that leads from an object under this id; `to`, if given, must match too. */
export function findAssociation(from: ObjectName, id: number, to?: ObjectName): AssociationLink | undefined {
  return BY_ID.get(`${from} ${id}`)?.find(({ type }) => to === undefined || type.to === to);
}

/** The plain link between two objects, or undefined where HubSpot knows none. */
export function plainAssociation(from: ObjectName, to: ObjectName): AssociationLink | undefined {
  return DIRECTED.find(({ type }) => type.from === from && type.to === to && type.label === null);
}
