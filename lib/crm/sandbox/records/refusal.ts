export type RefusalCategory =
  | 'VALIDATION_ERROR'
  | 'OBJECT_NOT_FOUND'
  | 'CONFLICT'
  | 'INVALID_AUTHENTICATION'
  | 'EXPIRED_AUTHENTICATION'
  | 'MISSING_SCOPES'
  | 'RATE_LIMITS'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'INTERNAL_ERROR'
  | 'BAD_GATEWAY'
  | 'SERVICE_UNAVAILABLE'
  | 'GATEWAY_TIMEOUT';

/** One thing that was wrong with a request. */
export type RefusalDetail = {
  message: string;
  code?: string;
  in?: string;
  context?: Record<string, string[]>;
};

/** The CRM says no, in words and categories a client can act on. Anything else thrown here is a bug. */
export class Refusal extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 429 | 500 | 502 | 503 | 504;
  readonly category: RefusalCategory;
  readonly details: RefusalDetail[];
  readonly context: Record<string, string[]> | undefined;
  /** Where to read on, by name. */
  readonly links: Record<string, string> | undefined;

  constructor(
    status: Refusal['status'],
    category: RefusalCategory,
    message: string,
    more: {
      details?: RefusalDetail[];
      context?: Record<string, string[]>;
      links?: Record<string, string>;
    } = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.category = category;
    this.details = more.details ?? [];
    this.context = more.context;
    this.links = more.links;
  }
}

/** A 400 for input that can be read but not accepted. */
export function invalid(message: string, details: RefusalDetail[] = []): Refusal {
  return new Refusal(400, 'VALIDATION_ERROR', message, { details });
}

export function notFound(id: string): Refusal {
  const message = `Object not found. objectId: ${id} does not exist or was archived.`;
  return new Refusal(404, 'OBJECT_NOT_FOUND', message, { context: { id: [id] } });
}
