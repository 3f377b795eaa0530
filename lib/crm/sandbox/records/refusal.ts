export type RefusalCategory =
  'VALIDATION_ERROR' | 'OBJECT_NOT_FOUND' | 'CONFLICT' | 'INVALID_AUTHENTICATION' | 'FORBIDDEN' | 'NOT_FOUND';

/** One thing that was wrong with a request. */
export type RefusalDetail = {
  message: string;
  code?: string;
  in?: string;
  context?: Record<string, string[]>;
};

/** The CRM says no, in words and categories a client can act on. Anything else thrown here is a bug. */
export class Refusal extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409;
  readonly category: RefusalCategory;
  readonly details: RefusalDetail[];
  readonly context: Record<string, string[]> | undefined;

  constructor(
    status: Refusal['status'],
    category: RefusalCategory,
    message: string,
    more: { details?: RefusalDetail[]; context?: Record<string, string[]> } = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.category = category;
    this.details = more.details ?? [];
    this.context = more.context;
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
