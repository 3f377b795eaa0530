import { launchFromCanvas } from '#lib/edge/canvas-launch.ts';
import { problemOf } from '#lib/edge/problem.ts';
import { textOf } from '#lib/edge/route.ts';

/** Salesforce's Canvas posts its signed request here, in the frame in which the card then stands. */
export async function POST(request: Request): Promise<Response> {
  try {
    const form = new URLSearchParams(await textOf(request));
    const location = await launchFromCanvas(form.get('signed_request') ?? '');
    return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
  } catch (error) {
    // A person reads this in the frame, not a program.
    const { status, detail } = problemOf(error);
    return new Response(`${detail}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  }
}
