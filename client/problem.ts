/** one bad field of a request: its path in dots, and what is wrong with it */
export type FieldError = { path: string; message: string };

/** The API refused (RFC 9457), or the gateway before it did. Decide by `code`: it is stable. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** such as `customer.email-taken`; `http.<status>` when the gateway refused */
  readonly code: string;
  /** every bad field of an invalid request */
  readonly errors: FieldError[];
  /** quote it when you report a fault */
  readonly requestId: string | undefined;
  /** everything that was said, such as the `holder` of a taken value */
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
