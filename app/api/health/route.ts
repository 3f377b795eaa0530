import { healthOf } from '#lib/edge/health.ts';

export const GET = async (): Promise<Response> => {
  const health = await healthOf();
  return Response.json(health, {
    status: health.status === 'down' ? 503 : 200,
    headers: { 'cache-control': 'no-store' },
  });
};
