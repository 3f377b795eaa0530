export { comeBackFromCrm as GET } from '#lib/edge/oauth-routes.ts';
