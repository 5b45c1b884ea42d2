const behaviour = new Set(['tracked.track', 'tracked.page', 'tracked.screen']);

/**
 * Which tracked behaviour anybody listens to, per tenant: counters named `tracked.track/Product Viewed`, or
 * `tracked.track/*` for listeners to every name, kept by whoever starts or stops listening.
 */
export const interest = {
  /** identify, group and alias calls are not behaviour: they are always published */
  counted: (type: string) => behaviour.has(type),
  counters: ['interest', 'tracked'] as [string, string],
  covers: (counts: Record<string, unknown>, type: string, name: string | undefined) =>
    [`${type}/${name ?? ''}`, `${type}/*`, '*'].some(key => ((counts[key] as number | undefined) ?? 0) > 0),
};
