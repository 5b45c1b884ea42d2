import type { DatabaseSync } from 'node:sqlite';

/** The movable clock of the runtime. Everything that waits, waits here, so that moving it wakes everything. */
export type Clock = {
  now(): number;
  /** Runs `wake` once `now() >= time`: when real time gets there or when the clock is moved past it. Returns a cancel function. */
  at(time: number, wake: () => void): () => void;
};

export type Platform = {
  /** the runtime's own durable state; each service has its own tables in it */
  db: DatabaseSync;
  clock: Clock;
  account: string;
  region: string;
  /** base URL of the AWS endpoint, without a trailing slash */
  awsUrl: string;
  /** invokes a function of the stack by ARN or name; rejects with `FunctionError` when the function throws */
  invoke(functionArn: string, payload: unknown): Promise<unknown>;
  /** calls another service of the runtime by its name ('sqs', 'events', 'states' …) */
  // biome-ignore lint/suspicious/noExplicitAny: AWS's replies, of many shapes
  call(service: string, operation: string, input: unknown): Promise<any>;
  warn(line: string): void;
  /** hears of every state that a workflow enters */
  entered?: ((state: string) => void) | undefined;
};

/** In a request to a service from outside of the runtime: the ARN of the role that calls, as far as it names one. */
export const caller = Symbol('caller');

/** What a template resource is once it exists: the values of `Ref` and `Fn::GetAtt`. */
export type Provided = { ref: string; attributes: Record<string, unknown> };

/** One AWS service of the runtime: provides resources of the template, answers API calls, does its own waiting. */
export type Service = {
  /** as SigV4 credential scopes name it: events, scheduler, states, ses, sns … */
  name: string;
  types: string[];
  /** makes a template resource exist (idempotent: called at each start with resolved properties) */
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's properties, of many shapes
  provide(logicalId: string, type: string, properties: Record<string, any>): Provided | Promise<Provided>;
  /** runs once all resources of the template exist; continues what a former process left unfinished */
  start?(): void | Promise<void>;
  stop?(): unknown;
  /** answers one AWS API request; throws `AwsError` as AWS would */
  // biome-ignore lint/suspicious/noExplicitAny: AWS's requests, of many shapes
  call?(operation: string, input: any): Promise<unknown>;
  /** number of things under way or due now, of one tenant or of all; work due later does not count */
  pending?(tenant?: string): number;
};

export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** A function of the stack threw: its error type, message and trace, as Lambda reports them. */
export class FunctionError extends Error {
  readonly errorType: string;
  readonly trace: string[];

  constructor(errorType: string, message: string, trace: string[] = []) {
    super(message);
    this.errorType = errorType;
    this.trace = trace;
  }
}
