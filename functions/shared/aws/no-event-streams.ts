/**
 * Stands in for `@smithy/core/event-streams` in the bundles: no call that we make streams events, and as the SDK imports it
 * lazily, it keeps all that it refers to from being left out.
 */
export class EventStreamSerde {
  constructor() {
    throw new Error('event streams are left out of the bundles: see lib/diet.ts');
  }
}

export const eventStreamSerdeProvider = () => new EventStreamSerde();
