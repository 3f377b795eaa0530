export { connectionOf, listTenants, type Connection } from './connections.ts';
