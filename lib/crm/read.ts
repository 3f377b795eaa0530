export { connectionOf, listTenants, type Connection } from './connections.ts';
export { trafficViewOf, type TrafficView } from './traffic-view.ts';
