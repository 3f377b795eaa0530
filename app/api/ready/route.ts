import { isReady } from '#lib/edge/health.ts';

export const GET = async (): Promise<Response> => {
  const ready = await isReady();
  return Response.json({ ready }, { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } });
};
