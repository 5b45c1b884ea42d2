import { randomUUID } from 'node:crypto';
import { consent, ordering, type Step, sgd, shown, tracks } from './scene.ts';

const car = { sku: 'VOLT-5', name: 'Auto Volt 5', price: sgd(104_900) };

/** from an anonymous visitor to a customer with a name and a history */
export const seekInformation: Step = async scene => {
  const { crm, tell, her } = scene;
  const call = async (more: object) =>
    crm.track({ anonymousId: her.anonymousId, messageId: randomUUID(), timestamp: await crm.now(), ...more });
  await call({ type: 'page', name: 'Home', context: { campaign: { source: 'google', medium: 'cpc' } } });
  await call({ type: 'track', event: 'Model Viewed', properties: { sku: car.sku, name: car.name } });
  tell.did('a visitor comes by an advertisement and looks at the Auto Volt 5');
  await crm.idle();
  const unknown = await crm.ask('GET /v1/customers', { query: { email: her.email } });
  tell.expect(!unknown.items.length, 'a visitor without a name is no customer');
  await crm.move('PT20M');
  const address = { country: 'SG', postalCode: '520123' };
  const traits = { email: her.email, firstName: 'Mei Lin', lastName: 'Koh', phone: '9123 4567', address };
  await call({ type: 'identify', userId: her.userId, traits });
  tell.did('she signs up, with her number as she writes it: 9123 4567');
  await crm.idle();
  const customer = (await crm.ask('GET /v1/customers', { query: { email: her.email } })).items[0];
  tell.expect(customer?.name === 'Mei Lin Koh' && customer.phone === '+6591234567', 'the sign-up is a tidy customer');
  scene.id = customer.id;
  const { items } = await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: scene.id } });
  const acts = items.filter(({ type }: { type: string }) => ['tracked.page', 'tracked.track'].includes(type));
  tell.expect(acts.length === 2, 'what she did before she signed up is on her timeline');
  tell.crmDid(`customer ${customer.name}, ${customer.phone}; her ${acts.length} anonymous acts are hers now`);
};

/** the first thing she is written to about */
export const askForPrices: Step = async scene => {
  const { crm, tell, id } = scene;
  const body = { timeZone: 'Asia/Singapore', locale: 'en-SG' };
  await crm.ask('PATCH /v1/customers/{id}', { params: { id }, body });
  await consent(scene, 'granted', 'sign-up form');
  await tracks(scene, 'Price List Downloaded', { sku: car.sku, name: car.name });
  tell.did('she ticks the newsletter and downloads a price list');
  await tell.mailed('the price list of the Auto Volt 5');
};

export const testAndCompare: Step = async scene => {
  const { crm, tell, her, id } = scene;
  const sales = crm.as('sales');
  tell.did('she asks for a test drive by the form for everybody');
  const contact = { name: 'Mei Lin Koh', email: her.email.toUpperCase() };
  const lead = await sales('POST /v1/leads', {
    body: { contact, source: 'web form', interest: car.name, value: car.price, ownerId: 'farhan' },
  });
  tell.expect(lead.customerId === id, 'the lead is hers by its e-mail address');
  const deal = await sales('POST /v1/leads/{id}/qualify', {
    params: { id: lead.id },
    body: { name: `${car.name} for Mei Lin`, pipelineId: 'new-cars' },
  });
  tell.expect(deal.leadId === lead.id, 'the opportunity remembers its lead');
  scene.deal = { id: deal.id };
  await sales('POST /v1/opportunities/{id}/advance', { params: scene.deal, body: { stage: 'test-drive' } });
  tell.crmDid(`lead identified as hers → opportunity “${deal.name}”, ${shown(deal.amount)}, stage test-drive`);
  await tell.mailed('Your test drive is booked');
};

export const finance: Step = async scene => {
  const { crm, tell, deal: params } = scene;
  const sales = crm.as('sales');
  await sales('POST /v1/opportunities/{id}/advance', { params, body: { stage: 'offer' } });
  await tracks(scene, 'Finance Calculated', { sku: car.sku, months: 60 });
  tell.did('with the offer in hand she tries 60 months on the finance calculator');
  await tell.mailed('Your plan over 60 months');
  const agreed = await sales('PATCH /v1/opportunities/{id}', { params, body: { amount: sgd(102_500) } });
  await sales('POST /v1/opportunities/{id}/advance', { params, body: { stage: 'finance' } });
  tell.crmDid(`price agreed, ${shown(agreed.amount)}, stage finance`);
};

export const insure: Step = async ({ crm, tell, deal: params }) => {
  const sales = crm.as('sales');
  const { stage } = await sales('POST /v1/opportunities/{id}/advance', { params, body: { stage: 'insurance' } });
  tell.did('she takes the insurance with the car');
  const snapshot = await sales('GET /v1/pipelines/{id}/snapshot', { params: { id: 'new-cars' } });
  const here = snapshot.stages.find((one: { stage: string }) => one.stage === stage);
  tell.expect(here.count >= 1, 'the pipeline counts her at the stage insurance');
  tell.crmDid(`pipeline “${snapshot.name}”: ${here.count} at ${stage}, weighted ${shown(here.weighted[0])}`);
};

export const getNewCar: Step = async scene => {
  const { crm, tell, her, id, deal: params } = scene;
  const won = await crm.as('sales')('POST /v1/opportunities/{id}/win', { params, body: { reason: 'the range' } });
  tell.expect(won.status === 'won', 'the opportunity is won');
  const order = ordering(scene, her.order('A-2026-VOLT5'), { ...car, price: won.amount });
  const { number } = await order.placed;
  tell.did('she signs');
  tell.crmDid(`opportunity won (“${won.reason}”), order ${number} placed`);
  await tell.mailed();
  await crm.move('P21D');
  await order.completed();
  const vehicle = { plate: her.plate, model: car.name, year: 2026 };
  await crm.ask('PATCH /v1/customers/{id}', { params: { id }, body: { attributes: { vehicle } } });
  tell.did(`three weeks later ${her.plate} is handed over`);
  await tell.mailed('Welcome to your Auto Volt 5');
};
