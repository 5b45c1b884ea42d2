import { inject } from 'vitest';

export type RunningStack = Record<'url' | 'awsUrl' | 'busName' | 'ownBusName' | 'dueQueue' | 'dataDir', string>;

declare module 'vitest' {
  interface ProvidedContext {
    stacks: RunningStack[];
    /** files of several workers use one stack at the same time */
    shared: boolean;
  }
}

/** The stack that this test file runs on. */
export const thisStack = (): RunningStack => {
  const stacks = inject('stacks');
  return stacks[(Number(process.env.VITEST_POOL_ID) - 1) % stacks.length]!;
};

/** Whether files of other workers run on the same stack at the same time. */
export const isShared = () => inject('shared');
