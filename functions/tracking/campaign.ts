import { isObject, type Json } from '../shared/json.ts';

const utm: Record<string, string> = {
  utm_source: 'source',
  utm_medium: 'medium',
  utm_campaign: 'name',
  utm_term: 'term',
  utm_content: 'content',
  utm_id: 'id',
};

/** click ids, the network that gives them, and how it is paid */
const clicks: Record<string, [source: string, medium: string]> = {
  ...Object.fromEntries(['gclid', 'gbraid', 'wbraid', 'dclid'].map(id => [id, ['google', 'cpc']])),
  fbclid: ['facebook', 'social'],
  msclkid: ['bing', 'cpc'],
  ttclid: ['tiktok', 'cpc'],
  twclid: ['twitter', 'cpc'],
  li_fat_id: ['linkedin', 'cpc'],
  epik: ['pinterest', 'cpc'],
  rdt_cid: ['reddit', 'cpc'],
  ScCid: ['snapchat', 'cpc'],
};

const most = 500;

const paramsOf = (address: unknown): URLSearchParams => {
  const [, query = ''] = typeof address === 'string' ? (/\?([^#]*)/.exec(address) ?? []) : [];
  return new URLSearchParams(query);
};

const named = (params: URLSearchParams, names: Record<string, string>): Json =>
  Object.fromEntries(
    Object.entries(names).flatMap(([param, name]) => {
      const value = params.get(param)?.trim().slice(0, most);
      return value ? [[name, value]] : [];
    }),
  );

/** The campaign of a page: as the call says it, else the UTM parameters of the page's address, else the network of a click id. */
export const campaignOf = (context: Json, properties: unknown): Json | undefined => {
  const page = isObject(context.page) ? context.page : {};
  const address = page.url ?? (isObject(properties) ? properties.url : undefined) ?? page.search;
  const params = paramsOf(address);
  const ids = named(params, Object.fromEntries(Object.keys(clicks).map(id => [id, id])));
  const [click] = Object.keys(ids);
  const given = isObject(context.campaign) ? context.campaign : {};
  const said = Object.keys(given).length ? given : named(params, utm);
  const [source, medium] = (click && clicks[click]) || [];
  const touch = said.source === undefined && click ? { source, medium, ...said } : said;
  const campaign = { ...ids, ...touch };
  return Object.keys(campaign).length ? campaign : undefined;
};
