import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  status,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type sendUnaryData,
  type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { ORGANIZATION_ID } from '../ids.ts';
import type { Org } from '../org.ts';
import { encodeEvent, eventSchema, type EventSchema } from './avro.ts';
import { makeCertificate } from './certificate.ts';
import { latestReplay, RETENTION_MS, type ChangeEvent } from './log-change.ts';
import {
  asStatus,
  authenticate,
  encodeReplay,
  entityOf,
  Problem,
  startAt,
  type FetchRequest,
} from './pubsub-requests.ts';

const MOST_A_RESPONSE = 100;
const KEEP_ALIVE_MS = 270_000;
const STOP_WITHIN_MS = 500;

type Stream = ServerDuplexStream<FetchRequest, object>;
/** A subscriber: what it listens to, how far it has read, and how many events it still wants. */
type Subscription = { stream: Stream; topic: string; entity: string | undefined; at: number; wanted: number };

type PubSub = {
  port: number;
  /** The certificate that the server shows, for clients that can be told whom to trust. */
  certificate: string;
  subscribers: () => number;
  /** Sends what has been committed. */
  wake: () => void;
  /** Ends all streams as a restart of the event bus does. */
  disconnect: () => void;
  stop: () => Promise<void>;
};

/** Serves the org's change events over the Pub/Sub API, on a port of its own, with TLS as Salesforce does. */
export async function startPubSub(org: Org, host: string, port = 0): Promise<PubSub> {
  const proto = join(
    dirname(createRequire(import.meta.url).resolve('salesforce-pubsub-api-client')),
    '..',
    'pubsub_api.proto',
  );
  const loaded = loadPackageDefinition(loadSync(proto, { enums: String, longs: Number }));
  const eventbus = loaded['eventbus'] as unknown as { v1: { PubSub: ServiceClientConstructor } };
  const subscriptions = new Set<Subscription>();
  const schemas = new Map<string, { version: number; schema: EventSchema }>();
  const byId = new Map<string, EventSchema>();

  function schemaOf(entity: string): EventSchema {
    const known = schemas.get(entity);
    if (known?.version === org.schema.version()) return known.schema;
    const schema = eventSchema(org.schema.find(entity)!);
    schemas.set(entity, { version: org.schema.version(), schema });
    byId.set(schema.id, schema);
    return schema;
  }

  function pump(subscription: Subscription): void {
    const { stream, entity } = subscription;
    while (subscription.wanted > 0) {
      const limit = Math.min(subscription.wanted, MOST_A_RESPONSE);
      const [filter, values] = entity === undefined ? ['', []] : ['entity = ? AND ', [entity]];
      const sql = `SELECT replay, event FROM sf_event WHERE ${filter}replay > ? AND at >= ? ORDER BY replay LIMIT ?`;
      const rows = org.store.all(sql, ...values, subscription.at, org.store.now() - RETENTION_MS, limit);
      if (rows.length === 0) return;
      const events = rows.map(row => {
        const event = JSON.parse(String(row['event'])) as ChangeEvent;
        const schema = schemaOf(event.entityName);
        const sent = { id: crypto.randomUUID(), schemaId: schema.id, payload: encodeEvent(schema, event) };
        return { event: sent, replayId: encodeReplay(Number(row['replay'])) };
      });
      subscription.at = Number(rows.at(-1)!['replay']);
      subscription.wanted -= events.length;
      const more = { rpcId: crypto.randomUUID(), pendingNumRequested: subscription.wanted };
      stream.write({ events, latestReplayId: encodeReplay(subscription.at), ...more });
    }
  }

  function subscribe(stream: Stream): void {
    let subscription: Subscription | undefined;
    const close = () => {
      if (subscription) subscriptions.delete(subscription);
    };
    stream.on('data', (request: FetchRequest) => {
      try {
        authenticate(org, stream.metadata);
        const wanted = Math.min(request.numRequested ?? 0, MOST_A_RESPONSE);
        if (wanted <= 0) {
          throw new Problem(
            status.INVALID_ARGUMENT,
            'subscription.fetch.requested.events.invalid',
            'Number of events requested must be positive',
          );
        }
        if (subscription) {
          if (request.topicName && request.topicName !== subscription.topic) {
            throw new Problem(
              status.INVALID_ARGUMENT,
              'subscription.fetch.topic.name.mismatch',
              'The topic of a stream cannot change',
            );
          }
          subscription.wanted += wanted;
        } else {
          const topic = request.topicName ?? '';
          const entity = entityOf(org, topic);
          subscription = { stream, topic, entity, at: startAt(org, request), wanted };
          subscriptions.add(subscription);
        }
        pump(subscription);
      } catch (error) {
        close();
        stream.emit('error', asStatus(error));
      }
    });
    stream.on('end', () => {
      close();
      stream.end();
    });
    stream.on('cancelled', close);
  }

  function answer<I, O>(work: (request: I) => O) {
    return (call: ServerUnaryCall<I, O>, done: sendUnaryData<O>) => {
      try {
        authenticate(org, call.metadata);
        done(null, work(call.request));
      } catch (error) {
        done(asStatus(error));
      }
    };
  }

  const server = new Server();
  server.addService(eventbus.v1.PubSub.service, {
    Subscribe: subscribe,
    GetSchema: answer(({ schemaId }: { schemaId: string }) => {
      for (const object of org.schema.objects) if (object.tracked) schemaOf(object.name);
      const schema = byId.get(schemaId);
      if (!schema)
        throw new Problem(status.NOT_FOUND, 'schema.not.found', `The schema ${schemaId} can't be found`);
      return { schemaJson: schema.json, schemaId: schema.id, rpcId: crypto.randomUUID() };
    }),
    GetTopic: answer(({ topicName }: { topicName: string }) => {
      const entity = entityOf(org, topicName);
      const schemaId = entity === undefined ? '' : schemaOf(entity).id;
      const may = { canPublish: false, canSubscribe: true };
      return { topicName, tenantGuid: ORGANIZATION_ID, schemaId, ...may, rpcId: crypto.randomUUID() };
    }),
  });
  const { key, certificate } = makeCertificate(org.store.now());
  const credentials = ServerCredentials.createSsl(null, [
    { private_key: Buffer.from(key), cert_chain: Buffer.from(certificate) },
  ]);
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host.includes(':') ? `[${host}]` : host}:${port}`, credentials, (error, at) =>
      error ? reject(error) : resolve(at),
    );
  });
  const keepAlive = setInterval(() => {
    for (const { stream, wanted, at } of subscriptions) {
      const latest = wanted > 0 ? latestReplay(org) : at; // Who has no room left has not seen the newest.
      stream.write({ latestReplayId: encodeReplay(latest), rpcId: crypto.randomUUID() });
    }
  }, KEEP_ALIVE_MS);
  keepAlive.unref();
  const disconnect = () => {
    for (const { stream } of subscriptions) {
      stream.emit('error', { code: status.UNAVAILABLE, details: 'The event bus restarts' });
    }
    subscriptions.clear();
  };
  return {
    port: bound,
    certificate,
    subscribers: () => subscriptions.size,
    wake: () => {
      for (const subscription of subscriptions) pump(subscription);
    },
    disconnect,
    stop: async () => {
      clearInterval(keepAlive);
      for (const { stream } of subscriptions) stream.end(); // A client that has closed would throw at a broken one.
      subscriptions.clear();
      const force = setTimeout(() => server.forceShutdown(), STOP_WITHIN_MS);
      await new Promise<void>(resolve => server.tryShutdown(() => resolve()));
      clearTimeout(force);
    },
  };
}
