/** the calls of Segment's specification */
export const kinds = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type Kind = (typeof kinds)[number];

export type Takes = Kind | 'batch';

/** Where trackers post to, by name: the documented paths, the browser SDK's short ones, the beacon of pages being left. */
export const inlets: Record<string, { path: string; takes: Takes }> = Object.fromEntries([
  ...([...kinds, 'batch'] as const).flatMap(takes => [
    [takes, { path: `/v1/${takes}`, takes }],
    [`${takes}Short`, { path: `/v1/${takes[0]}`, takes }],
  ]),
  ['beacon', { path: '/beacon/v1/batch', takes: 'batch' }],
]);

/** images that track by being loaded */
export const pixels: Record<string, { path: string; takes: Kind }> = Object.fromEntries(
  (['track', 'page'] as const).flatMap(takes => [
    [`${takes}Pixel`, { path: `/pixel/v1/${takes}`, takes }],
    [`${takes}PixelShort`, { path: `/v1/pixel/${takes}`, takes }],
  ]),
);
