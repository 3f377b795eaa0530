import { metricsText } from '#lib/edge/health.ts';

export const GET = async (): Promise<Response> =>
  new Response(await metricsText(), {
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
  });
