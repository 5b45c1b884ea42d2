import { crmAt, type Place } from './crm.ts';
import { buyAgain } from './story/again.ts';
import { buy, seekInformation } from './story/buying.ts';
import { openCompany } from './story/company.ts';
import { complain } from './story/complaint.ts';
import { heroineOf } from './story/heroine.ts';
import { keep, use } from './story/owning.ts';
import { showSingleView } from './story/single-view.ts';
import { teller } from './story/telling.ts';

/** the next ten o'clock in Singapore: nobody buys a car, nor is written to, at night */
const nextMorning = (now: string) => {
  const ten = Date.parse(`${now.slice(0, 10)}T02:00:00.000Z`);
  return new Date(ten >= Date.parse(now) ? ten : ten + 86_400_000).toISOString();
};

/**
 * One customer's twelve steps, from the first look to the second car, over the public HTTP API and the local runtime's
 * clock and outbox. Throws when the CRM does anything else than the story says.
 */
export const tellStory = async (place: Place, log: (line: string) => void) => {
  const crm = crmAt(place);
  await crm.moveTo(nextMorning(await crm.now()));
  const { campaigns, agents } = await openCompany(crm);
  const her = await heroineOf(crm);
  const tell = teller(crm, her.email, log);
  log(`One customer, twelve steps (${campaigns} campaigns, ${agents} agents, one pipeline; the clock moves between)`);
  const scene = await seekInformation(crm, tell, her);
  await buy(scene);
  await use(scene);
  await keep(scene);
  await complain(scene);
  await buyAgain(scene);
  await showSingleView(scene, log);
};
