import { type Scene, shown } from './scene.ts';

type Money = { amount: number; currency: string };

/** what is on a list, all pages of it */
const count = async ({ crm, id }: Scene, key: string, query: Record<string, string> = {}) => {
  let [found, cursor] = [0, null as string | null];
  do {
    const page = await crm.ask(key, { params: { id }, query: { limit: 100, ...query, ...(cursor ? { cursor } : {}) } });
    found += page.items.length;
    cursor = page.nextCursor;
  } while (cursor);
  return found;
};

/** Shows her single view, read in one call, and counts her events. */
export const showSingleView = async (scene: Scene, log: (line: string) => void) => {
  const { crm, tell, her, id } = scene;
  const view = await crm.ask('GET /v1/customers/{id}/view', { params: { id } });
  const { customer, consents, identities, cases, opportunities, orders, timeline } = view;
  const bought = orders.reduce((sum: number, { total }: { total: Money }) => sum + total.amount, 0);
  const list = <T>(values: T[], show: (value: T) => string) => values.map(show).join(' · ') || 'none';
  const [events, decided, messages] = await Promise.all([
    count(scene, 'GET /v1/customers/{id}/timeline'),
    count(scene, 'GET /v1/customers/{id}/decisions'),
    count(scene, 'GET /v1/messages', { customerId: id }),
  ]);
  tell.expect(
    orders.length === 3 && opportunities.length === 2 && cases.length === 1,
    'her view has 3 orders, 2 opportunities and 1 case',
  );
  tell.expect(customer.attributes.spent === bought, `what she spent is counted, not ${customer.attributes.spent}`);
  tell.expect(timeline.length === 25, 'her view begins with the latest 25 events');
  log('');
  log('The single view: one call, two reads of the store');
  log(
    `  customer       ${customer.name} · ${customer.email} · ${customer.phone} · ${customer.attributes.vehicle.plate} · tags ${customer.attributes.tags}`,
  );
  log(
    `  identities     ${list(identities, ({ type, value }: { type: string; value: string }) => `${type} ${value}`)} · externalId ${customer.externalId}`,
  );
  log(
    `  consents       ${list(consents, (one: { channel: string; topic: string; status: string }) => `${one.channel}/${one.topic} ${one.status}`)}`,
  );
  log(
    `  opportunities  ${list(opportunities, (one: { name: string; status: string; amount: Money }) => `${one.name}: ${one.status}, ${shown(one.amount)}`)}`,
  );
  log(
    `  orders         ${list(orders, (one: { number: string; status: string; total: Money }) => `${one.number}: ${one.status}, ${shown(one.total)}`)}`,
  );
  log(
    `  cases          ${list(cases, (one: { number: string; subject: string; status: string }) => `${one.number} ${one.subject}: ${one.status}`)}`,
  );
  log(`  latest         ${list(timeline.slice(0, 4), ({ type }: { type: string }) => type)}`);
  log('');
  log(
    `12 steps · ${events} events on her timeline · ${tell.mails()} mails of ${messages} messages decided · ${decided} decisions explained · ${shown({ amount: bought, currency: 'SGD' })} bought by ${her.email}`,
  );
};
