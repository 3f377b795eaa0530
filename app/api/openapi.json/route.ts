import { openApi } from '#lib/edge/open-api.ts';

export const GET = (): Response => Response.json(openApi());
