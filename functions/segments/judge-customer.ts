import { employeesOf } from '../customer-facts/employer.ts';
import { needsOf } from '../shared/conditions/needs.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { startBuild } from './build-work.ts';
import { subscriptions } from './contract.ts';
import { judge } from './judge.ts';
import { conditionsOf, type Scheme, schemes } from './scheme.ts';

/** as many are judged with the event; a job judges more */
const mostEmployees = 20;

const asksEmployer = (scheme: Scheme) => needsOf(conditionsOf(scheme)).organisation.length > 0;

/** what became of an organisation concerns those who work there */
const judgeEmployees = async (customerId: string, concerned: Scheme[], ctx: Ctx) => {
  const asking = concerned.filter(asksEmployer);
  const employees = asking.length ? await employeesOf(ctx.store, customerId) : [];
  if (employees.length > mostEmployees) {
    const input = { schemes: asking.map(({ id }) => id), customers: employees, again: true } as const;
    return ctx.store.commit(startBuild(ctx, input).changes);
  }
  await mapConcurrent(employees, 1, employee => judge({ customerId: employee, schemes: asking }, ctx));
};

/** An event that concerns no segment costs one lookup. */
const judgeCustomer: Reaction<typeof subscriptions.judgeCustomer> = async (event, ctx) => {
  const { customerId } = event;
  if (!customerId) return;
  const concerned = await schemes.concerned(ctx.store, event);
  if (!concerned.length) return;
  await mapConcurrent(
    [
      () => judge({ customerId, schemes: concerned, heard: event }, ctx),
      () => judgeEmployees(customerId, concerned, ctx),
    ],
    1,
    part => part(),
  );
};

export const reaction = consume('judgeCustomer', subscriptions.judgeCustomer, judgeCustomer, { once: false });
