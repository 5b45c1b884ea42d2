import { join } from 'node:path';

const standIn = (name: string) => join(import.meta.dirname, `../functions/shared/${name}.ts`);

/** Parts of the SDK that no function of ours ever runs -> the small modules that stand in for them; why is said in each. */
export const diet = {
  '@aws-sdk/credential-provider-node': standIn('credentials'),
  '@aws-sdk/middleware-endpoint-discovery': standIn('no-endpoint-discovery'),
  '@smithy/core/event-streams': standIn('no-event-streams'),
};
