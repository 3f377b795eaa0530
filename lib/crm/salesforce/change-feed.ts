import type PubSubApiClient from 'salesforce-pubsub-api-client';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { CrmSession } from '../session.ts';
import { changesIn, type Told } from './change-event.ts';
import { inOrder } from './in-order.ts';
import { followed } from './subjects-of.ts';

const topic = '/data/ChangeEvents';
/** Events are asked for in such parts; the next part only when this one has been dealt with. */
const eventsAtOnce = 100;
const realEndpoint = 'api.pubsub.salesforce.com:7443';

/** Some change events, with the place after them. */
export interface FeedPart extends Told {
  /** Opaque; where following goes on. */
  replayId: string;
}

export interface FeedOptions {
  /** Place to go on after; null: from now on. */
  replayFrom: string | null;
  /** Deals with a part; the next comes when it has. */
  onChange: (part: FeedPart) => Promise<void>;
  signal: AbortSignal;
  /** Host and port of the event bus; Salesforce's own unless said. */
  endpoint?: string;
}

const Event = z.object({ replayId: z.coerce.number(), payload: z.unknown() });
/** The client's error for an event that it could not decode. */
const Unread = z.looseObject({ replayId: z.number(), event: z.unknown() });
const Beat = z.object({ latestReplayId: z.coerce.number() });

/**
 * Follows the account's change events over the Pub/Sub API until the signal ends it. Throws AppError: 'unauthenticated'
 * (the token is refused and cannot be renewed), 'not_found' or 'forbidden' (the account has no change events: poll instead), 'conflict'
 * (the place is older than the 72 hours that Salesforce keeps: read everything again and follow from now),
 * 'unavailable' (the stream ended, or the token was renewed; go on from the last place).
 */
export async function followSalesforceChanges(
  session: Pick<CrmSession, 'apiUrl' | 'accountId' | 'token'>,
  options: FeedOptions,
): Promise<void> {
  const token = await session.token();
  const client = await connectClient(session, token, options.endpoint ?? realEndpoint);
  try {
    await follow(client, options);
  } catch (error) {
    const refused = error instanceof AppError && error.code === 'unauthenticated';
    if (!refused || (await session.token(token)) === token) throw error;
    throw new AppError('unavailable', 'Access to Salesforce was renewed. Sidecard goes on where it stopped.');
  }
}

async function connectClient(
  { apiUrl, accountId }: Pick<CrmSession, 'apiUrl' | 'accountId'>,
  accessToken: string,
  pubSubEndpoint: string,
): Promise<PubSubApiClient> {
  // gRPC and its schemas are for those who follow changes, not for every reader.
  const { default: Client } = await import('salesforce-pubsub-api-client');
  const client = new Client(
    {
      authType: 'user-supplied',
      accessToken,
      // The client insists on https, and only hands the address on.
      instanceUrl: `https://${new URL(apiUrl).host}`,
      organizationId: accountId,
      pubSubEndpoint,
      // What runs on this machine signs its own certificate.
      rejectUnauthorizedSsl: !/^(?:localhost|127\.0\.0\.1):/.test(pubSubEndpoint),
    },
    quiet,
  );
  await client.connect();
  return client;
}

/**
 * The client is closed when its stream has ended, not before: closing takes its ears off a stream without ending that, and
 * an error that nobody hears ends the process. Until then nothing more is asked for, and what comes counts for nothing.
 */
const follow = (client: PubSubApiClient, { replayFrom, onChange, signal }: FeedOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    const over = (error: AppError) => {
      reject(error);
      client.close();
    };
    let waiting: Told[] = [];
    let replayId = replayFrom ?? '';
    const parts = inOrder(async ({ part, more }: { part: FeedPart; more: boolean }) => {
      if (signal.aborted) return;
      await onChange(part);
      if (more) client.requestAdditionalEvents(topic, eventsAtOnce);
    }, reject);
    /** `more`: all that was asked for has come. */
    const hand = (more: boolean) => {
      const told = waiting;
      waiting = [];
      if (replayId === '') return;
      const resync = [...new Set(told.flatMap(one => one.resync))];
      parts.add({ part: { events: told.flatMap(one => one.events), resync, replayId }, more });
    };
    const heard = (_: unknown, kind: string, data?: unknown) => {
      if (kind === 'event') {
        const { replayId: at, payload } = Event.parse(data);
        replayId = String(at);
        waiting.push(changesIn(payload));
        // Those that came together are handed on together.
        setImmediate(() => waiting.length > 0 && hand(false));
      } else if (kind === 'lastEvent') hand(true);
      else if (kind === 'grpcKeepAlive') {
        const beat = Beat.safeParse(data);
        if (beat.success) replayId = String(beat.data.latestReplayId);
        hand(false);
      } else if (kind === 'error') {
        const unread = Unread.safeParse(data);
        if (!unread.success) return over(refusalOf(data));
        // An event that cannot be read would be met again and again: what it told is looked for instead.
        replayId = String(unread.data.replayId);
        waiting.push({ events: [], resync: followed() });
        hand(false);
      } else if (kind === 'end') over(new AppError('unavailable', ended));
    };
    signal.addEventListener('abort', () => void parts.done().then(resolve), { once: true });
    if (signal.aborted) {
      client.close();
      resolve();
    } else if (replayFrom === null) client.subscribe(topic, heard, eventsAtOnce);
    else client.subscribeFromReplayId(topic, heard, eventsAtOnce, Number(replayFrom));
  });

const ended = 'Salesforce ended the stream of changes. Sidecard goes on where it stopped.';

const GrpcError = z.looseObject({
  code: z.number().optional(),
  details: z.string().optional(),
  message: z.string().optional(),
  metadata: z.unknown().optional(),
});

/** By gRPC's numbers, and Salesforce's own word for a place that it no longer keeps. */
function refusalOf(error: unknown): AppError {
  const read = GrpcError.safeParse(error);
  const { code, details = '', message = '', metadata } = read.success ? read.data : {};
  const words = `${details} ${message} ${JSON.stringify(metadata ?? '')}`;
  const said = details === '' ? '' : ` Salesforce says: ${details.slice(0, 500)}`;
  const say = (kind: AppError['code'], text: string) => new AppError(kind, text + said, { code }, error);
  if (code === 16)
    return say(
      'unauthenticated',
      'Salesforce does not accept our access to its changes. Reconnect Salesforce.',
    );
  if (/replay.?id/i.test(words))
    return say('conflict', 'Salesforce no longer keeps the changes since the last ones that Sidecard saw.');
  if (code === 7)
    return say('forbidden', 'Salesforce does not let Sidecard follow changes; it looks for them instead.');
  if (code === 5)
    return say(
      'not_found',
      'This Salesforce account has no change events; Sidecard looks for changes instead.',
    );
  return say('unavailable', ended);
}

const silent = () => undefined;

/** The client logs what it sends and gets to the console, unless it is given something else. */
const quiet = { debug: silent, info: silent, warn: silent, error: silent };
