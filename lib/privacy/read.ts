export { listErasures, type ListedErasure } from './store-erasures.ts';
export { listHolds, holdsOn } from './store-holds.ts';
export { listObjections, objectionsOf } from './store-objections.ts';
