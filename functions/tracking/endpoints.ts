export const kinds = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type Kind = (typeof kinds)[number];

export type Accepts = Kind | 'batch';

/** The paths that trackers post to, by name: the documented ones, the browser SDK's short ones, the beacon of closing pages. */
export const endpoints: Record<string, { path: string; accepts: Accepts }> = Object.fromEntries([
  ...([...kinds, 'batch'] as const).flatMap(accepts => [
    [accepts, { path: `/v1/${accepts}`, accepts }],
    [`${accepts}Short`, { path: `/v1/${accepts[0]}`, accepts }],
  ]),
  ['beacon', { path: '/beacon/v1/batch', accepts: 'batch' }],
]);

export const pixels: Record<string, { path: string; accepts: Kind }> = Object.fromEntries(
  (['track', 'page'] as const).flatMap(accepts => [
    [`${accepts}Pixel`, { path: `/pixel/v1/${accepts}`, accepts }],
    [`${accepts}PixelShort`, { path: `/v1/pixel/${accepts}`, accepts }],
  ]),
);
