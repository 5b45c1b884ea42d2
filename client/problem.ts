/** one bad field of a request: its path, separated by dots, and what is wrong with it */
export type FieldError = { path: string; message: string; line?: number; column?: number };

/** An error of the API (RFC 9457) or of its gateway. Decide by `code`: it is stable. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** such as `customer.email-taken`; `http.<status>` for an error of the gateway */
  readonly code: string;
  /** every bad field of an invalid request */
  readonly errors: FieldError[];
  /** include it in a report of a fault */
  readonly requestId: string | undefined;
  /** the whole reply, such as the `holder` of a taken value */
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(String(body.detail ?? body.message ?? `HTTP ${status}`));
    this.status = status;
    this.code = typeof body.code === 'string' ? body.code : `http.${status}`;
    this.errors = Array.isArray(body.errors) ? (body.errors as FieldError[]) : [];
    this.requestId = typeof body.requestId === 'string' ? body.requestId : undefined;
    this.body = body;
  }
}
