import { type CrmAddress, crmAt } from './crm.ts';
import { buyNewCar } from './story/again.ts';
import { askForPrices, finance, getNewCar, insure, seekInformation, testAndCompare } from './story/buying.ts';
import { openCompany } from './story/company.ts';
import { complain } from './story/complaint.ts';
import { beForgotten } from './story/forgetting.ts';
import { heroineOf } from './story/heroine.ts';
import { avoidTrouble, confirmChoice, coverNewNeeds, maintain, useCar } from './story/owning.ts';
import type { Step } from './story/scene.ts';
import { showSingleView } from './story/single-view.ts';
import { teller } from './story/telling.ts';

/** how long after the last one each step begins */
const steps: [after: string, title: string, ...Step[]][] = [
  ['PT0S', 'Seek information', seekInformation, askForPrices],
  ['P2D', 'Test and compare', testAndCompare],
  ['P4D', 'Finance', finance],
  ['P2D', 'Insure', insure],
  ['P1D', 'Get new car', getNewCar],
  ['P30D', 'Use car', useCar],
  ['P14D', 'Confirm choice', confirmChoice],
  ['P90D', 'Cover new needs', coverNewNeeds],
  ['P180D', 'Maintain', maintain],
  ['P20D', 'Avoid trouble', avoidTrouble],
  ['P3D', 'Complain', complain],
  ['P700D', 'Buy new car', buyNewCar],
];

/** the next ten o'clock in Singapore: no car is bought and no message is sent at night */
const nextMorning = (now: string) => {
  const ten = Date.parse(`${now.slice(0, 10)}T02:00:00.000Z`);
  return new Date(ten >= Date.parse(now) ? ten : ten + 86_400_000).toISOString();
};

/**
 * One customer's twelve steps, from the first look to the second car, and how she is forgotten when she asks for it; over the
 * public HTTP API and the local runtime's clock and outbox. Throws when the CRM does anything else than the story says.
 */
export const tellStory = async (place: CrmAddress, log: (line: string) => void) => {
  const crm = crmAt(place);
  await crm.moveTo(nextMorning(await crm.now()));
  const { campaigns, agents } = await openCompany(crm);
  const her = await heroineOf(crm);
  const tell = teller(crm, her.email, log);
  log(`One customer, twelve steps (${campaigns} campaigns, ${agents} agents, one pipeline; the clock moves between)`);
  const scene = { crm, tell, her, id: '', deal: { id: '' } };
  for (const [nth, [after, title, ...parts]] of steps.entries()) {
    await crm.move(after);
    await tell.chapter(nth + 1, title);
    for (const part of parts) await part(scene);
  }
  await showSingleView(scene, log);
  await crm.move('P365D');
  await tell.chapter(steps.length + 1, 'Be forgotten');
  await beForgotten(scene);
  log('');
};
