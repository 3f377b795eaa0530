export { beginAtCrm as GET } from '#lib/edge/oauth-routes.ts';
