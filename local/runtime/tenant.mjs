/** a tenant in JSON, or in JSON within a text of JSON; as a claim of a token; at the beginning of a stored item's key */
const mark = /\\*"(?:custom:)?tenant\\*":\s*\\*"([^"\\]+)|"pk":\s*\{"S":"([^"#]+)#/g;

export const tenantsIn = text => new Set([...text.matchAll(mark)].map(([, named, keyed]) => named ?? keyed));

/** Whether a piece of work is a tenant's, or carries no tenant; without a tenant, all work counts. */
export const concerns = (text, tenant) => {
  if (tenant === undefined) return true;
  const tenants = tenantsIn(text);
  return tenants.size === 0 || tenants.has(tenant);
};
