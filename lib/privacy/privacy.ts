export { erase, held } from './store-erase.ts';
export { insertDue as noteDue, listDue as dueErasures, settle, type DueErasure } from './store-erasures.ts';
export { endHold, holdsOn, insertHold as putHold } from './store-holds.ts';
export {
  endObjection,
  insertObjection as keepObjection,
  listObjectors as objectors,
  objectionsOf,
} from './store-objections.ts';
export { search, type Search } from './store-search.ts';
