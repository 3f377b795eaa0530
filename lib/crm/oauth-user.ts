import { z } from 'zod';
import { log } from '#lib/platform/log.ts';

/** A user of the CRM who consented; name and e-mail where the CRM told them. */
export interface Consenter {
  userId: string;
  name: string | null;
  email: string | null;
}

const answerWithinMs = 5_000;

/** Asks the CRM about a user, as far as the consent lets us: null where it does not tell, since nothing hangs on it. */
export async function askAbout<T>(url: string, accessToken: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' },
      // A redirect would carry the token to an address that nobody chose.
      redirect: 'error',
      signal: AbortSignal.timeout(answerWithinMs),
    });
    const read = schema.safeParse(await response.json());
    return response.ok && read.success ? read.data : null;
  } catch (error) {
    log.info({ host: new URL(url).host, why: String(error) }, 'the CRM does not tell who consented');
    return null;
  }
}
