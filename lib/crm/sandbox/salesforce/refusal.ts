export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 409 | 412 | 415 | 500 | 503;

/** Salesforce says no, with one of its error codes. Anything else thrown in the sandbox is a bug. */
export class SalesforceRefusal extends Error {
  readonly status: RefusalStatus;
  readonly code: string;
  /** API names of the fields at fault. */
  readonly fields: string[];

  constructor(code: string, message: string, more: { status?: RefusalStatus; fields?: string[] } = {}) {
    super(message);
    this.name = 'SalesforceRefusal';
    this.code = code;
    this.status = more.status ?? 400;
    this.fields = more.fields ?? [];
  }

  /** One entry of the list that REST answers with. */
  get body(): { message: string; errorCode: string; fields?: string[] } {
    const shown = this.fields.length > 0 ? { fields: this.fields } : {};
    return { message: this.message, errorCode: this.code, ...shown };
  }

  /** The same as it stands in a record's result of a collection call. */
  get inResult(): { statusCode: string; message: string; fields: string[] } {
    return { statusCode: this.code, message: this.message, fields: this.fields };
  }
}

export function notFound(message = 'The requested resource does not exist'): SalesforceRefusal {
  return new SalesforceRefusal('NOT_FOUND', message, { status: 404 });
}

export function badJson(message: string): SalesforceRefusal {
  return new SalesforceRefusal('JSON_PARSER_ERROR', message);
}
