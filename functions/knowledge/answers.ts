import { questionAnswered } from '../../events/article.ts';
import { caseOpened } from '../../events/case.ts';
import { newId } from '../../events/ids.ts';
import { needCustomer } from '../customers/reads.ts';
import { type Case, cases } from '../service/cases/case.ts';
import { newCase } from '../service/cases/case-changes.ts';
import { repliedByCustomer, survivorOf, withReply } from '../service/cases/case-replies.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { add, type Change, created, emit, eventOf, save, updated } from '../shared/store/changes.ts';
import { derivedId } from '../shared/store/derived-id.ts';
import type { Store } from '../shared/store/store.ts';
import { type Dialogue, dialogues, gaps, type Turn } from './answer.ts';
import { articleHandlers, findArticles, suggestArticles } from './articles.ts';
import { conversationOther } from './errors.ts';
import { type Found, findAnswer } from './find-answer.ts';
import { type Answered, knowledgeRoutes } from './knowledge-routes.ts';

type Asking = {
  question: string;
  language?: string | undefined;
  conversationId?: string | undefined;
  customerId?: Case['customerId'] | undefined;
};

const readDialogue = async (store: Store, id: string | undefined, customerId: Dialogue['customerId']) => {
  const before = id ? await store.get(dialogues, { id }) : undefined;
  if (before && before.customerId !== customerId) throw conversationOther();
  return before;
};

const transcript = (turns: Turn[]) =>
  turns
    .map(({ question, answer }) => [`Customer: ${question}`, ...(answer ? [`Assistant: ${answer}`] : [])].join('\n'))
    .join('\n\n');

/** turns that are kept and handed over */
const mostTurns = 30;

export const gapChange = async (
  { terms }: Pick<Found, 'terms'>,
  language: string | undefined,
  { store, now }: Ctx,
): Promise<Change[]> => {
  if (!terms.length) return [];
  const some = terms.toSorted().slice(0, 12);
  const id = derivedId('answer', language ?? '', ...some);
  const before = await store.get(gaps, { id });
  const after = { id, terms: some, language: language ?? null, count: (before?.count ?? 0) + 1, lastAskedAt: now };
  return [save(gaps, before, { ...after, version: (before?.version ?? 0) + 1 })];
};

type HandedOver = { caseId: Case['id']; number: string; changes: Change[] };

/** the first time a case with the whole transcript; then the question joins that case */
const handOver = async ({ question, language }: Asking, dialogue: Dialogue, ctx: Ctx): Promise<HandedOver> => {
  const { now, store } = ctx;
  const { customerId } = dialogue;
  const actor = customerId ? `customer:${customerId}` : ctx.actor;
  const there = dialogue.caseId && (await store.get(cases, { id: dialogue.caseId }));
  if (there) {
    const before = await survivorOf(there, store);
    const replied = await repliedByCustomer(before, ctx);
    const { after, changes } = withReply(now, replied, { kind: 'inbound', body: question, actor });
    return { caseId: after.id, number: after.number, changes };
  }
  const fields = {
    subject: question.replace(/\s+/g, ' ').slice(0, 200),
    description: transcript(dialogue.turns).slice(-20_000),
    ...{ type: 'enquiry' as const, channel: 'chat', automatic: false },
    ...(language && { language }),
  };
  const { after, changes } = newCase(now, { fields, customerId, actor });
  return { caseId: after.id, number: after.number, changes: [...changes, eventOf(caseOpened, after)] };
};

export const usageOf = (at: string): [kind: string, id: string] => ['knowledge-usage', at.slice(0, 7)];

const answerQuestion = async (asking: Asking, ctx: Ctx): Promise<Answered> => {
  const { now, store } = ctx;
  const { question, language, customerId = null } = asking;
  const before = await readDialogue(store, asking.conversationId, customerId);
  const audience = customerId ? (['public', 'customers'] as const) : (['public'] as const);
  const found = await findAnswer(question, { language, audience }, store);
  const isAnswered = found.citations.length > 0;
  const turn = {
    at: now,
    question,
    answer: found.citations[0]?.excerpt ?? '',
    articles: found.citations.map(one => one.articleId),
    confidence: found.confidence,
  };
  const turns = [...(before?.turns ?? []), turn].slice(-mostTurns);
  const id = before?.id ?? asking.conversationId ?? newId('answer', now);
  const dialogue: Dialogue = before
    ? updated(now, before, { turns })
    : created(now, { id, customerId, turns, caseId: null });
  const handed = isAnswered ? undefined : await handOver(asking, dialogue, ctx);
  const { articles, confidence } = turn;
  const caseId = handed?.caseId ?? null;
  const changes = [
    save(dialogues, before, { ...dialogue, caseId: caseId ?? dialogue.caseId }),
    ...(handed ? [...handed.changes, ...(await gapChange(found, language, ctx))] : []),
    add(usageOf(now), { questions: 1, ...(handed ? { handedOver: 1 } : { answered: 1 }) }),
    emit(questionAnswered, { about: id, customerId, data: { confidence, articles, caseId } }),
  ];
  const answer = handed ? `A person will answer this. The number of the case is ${handed.number}.` : turn.answer;
  const citations = found.citations as Answered['citations'];
  return store.commit(changes, {
    answer,
    citations,
    confidence,
    conversationId: id,
    ...(handed && { handedOver: handed.caseId }),
  });
};

export const knowledgeHandlers = handlers(knowledgeRoutes, {
  ...articleHandlers,
  findArticles,
  suggestArticles,
  answerQuestion: async ({ body }, ctx) => {
    const customerId = body.customerId && (await needCustomer(ctx.store, body.customerId)).id;
    return answerQuestion({ ...body, customerId }, ctx);
  },
  answerMyQuestion: async ({ body }, ctx) =>
    answerQuestion({ ...body, customerId: (await needCustomer(ctx.store, ctx.me)).id }, ctx),
  listGaps: ({ query }, { store }) => store.list(gaps, 'all', 'all', query),
  readUsage: async ({ query }, { store, now }) => {
    const month = query.month ?? now.slice(0, 7);
    const { questions = 0, answered = 0, handedOver = 0 } = await store.counters(usageOf(month));
    return { month, questions, answered, handedOver, deflection: questions ? answered / questions : null };
  },
});
