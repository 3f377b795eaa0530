import { Metadata, status } from '@grpc/grpc-js';
import { ORGANIZATION_ID } from '../ids.ts';
import { findSession } from '../oauth/sessions.ts';
import type { Org } from '../org.ts';
import { lastLost, latestReplay } from './log-change.ts';

export type FetchRequest = {
  topicName?: string;
  replayPreset?: string;
  replayId?: Buffer;
  numRequested?: number;
};

/** The event bus says no: a gRPC status, and Salesforce's own reason beside it. */
export class Problem extends Error {
  readonly code: status;
  readonly reason: string;
  constructor(code: status, reason: string, message: string) {
    super(message);
    this.code = code;
    this.reason = reason;
  }
}

const REASON = 'sfdc.platform.eventbus.grpc.';

/** An error as gRPC carries it. */
export function asStatus(error: unknown): object {
  if (!(error instanceof Problem))
    return { code: status.INTERNAL, details: 'Unexpected error in the sandbox' };
  const metadata = new Metadata();
  metadata.set('error-code', REASON + error.reason);
  return { code: error.code, details: error.message, message: error.message, metadata };
}

/** A replay id as it goes over the wire: opaque bytes. */
export function encodeReplay(replay: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(replay));
  return bytes;
}

/** Each call brings its session and its organization. */
export function authenticate(org: Org, metadata: Metadata): void {
  const [token] = metadata.get('accesstoken');
  const [tenant] = metadata.get('tenantid');
  const known = typeof token === 'string' && findSession(org, token);
  if (!known || !String(tenant ?? '').startsWith(ORGANIZATION_ID.slice(0, 15))) {
    throw new Problem(
      status.UNAUTHENTICATED,
      'service.auth.error',
      'An authentication exception occurred. rpcId: sandbox',
    );
  }
}

/** The entity of "/data/LeadChangeEvent"; undefined for "/data/ChangeEvents", which has them all. */
export function entityOf(org: Org, topic: string): string | undefined {
  if (topic === '/data/ChangeEvents') return undefined;
  const name = /^\/data\/(\w+)ChangeEvent$/.exec(topic)?.[1] ?? '';
  const object = org.schema.find(name);
  if (!object?.tracked) {
    throw new Problem(
      status.NOT_FOUND,
      'topic.not.found',
      `The topic ${topic} can't be found, or you have no access to it.`,
    );
  }
  return object.name;
}

/** The replay id after which a new subscription reads. */
export function startAt(org: Org, { replayPreset = 'LATEST', replayId }: FetchRequest): number {
  if (replayPreset === 'LATEST') return latestReplay(org);
  if (replayPreset === 'EARLIEST') return 0;
  if (replayId?.length !== 8) {
    throw new Problem(
      status.INVALID_ARGUMENT,
      'subscription.fetch.replayid.corrupted',
      'The Replay ID is corrupted. Subscribe again without it.',
    );
  }
  const replay = Number(replayId.readBigUInt64BE());
  if (replay > latestReplay(org) || replay < lastLost(org)) {
    throw new Problem(
      status.INVALID_ARGUMENT,
      'subscription.fetch.replayid.validation.failed',
      'The Replay ID validation failed. Ensure that the Replay ID is valid.',
    );
  }
  return replay;
}
