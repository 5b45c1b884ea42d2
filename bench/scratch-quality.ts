import { link, pairKey, qualityOf, truePairs } from './linkage.ts';
import { customerOf, febrl, personOf } from './people.ts';
import { dirty } from './dirt.ts';
const sets = {
  'FEBRL 1': febrl(1), 'FEBRL 2': febrl(2),
  'like 3': dirty({ people: 2000, further: 3000, most: 5, faults: 6, seed: 3 }),
  'like 4': dirty({ people: 5000, further: 5000, most: 1, faults: 4, seed: 4 }),
  'worse': dirty({ people: 2000, further: 3000, most: 5, faults: 10, seed: 5 }),
};
for (const [name, lines] of Object.entries(sets)) {
  const all = lines.map(customerOf);
  const truth = truePairs(new Map(all.map(({ id }, at) => [id, personOf(lines[at]!)])));
  const t = performance.now();
  const { probabilities, candidates, queries } = await link(all);
  const found = new Set([...probabilities].filter(([, p]) => p >= 0.5).map(([pair]) => pair));
  const q = qualityOf(found, truth);
  console.log(name, { records: all.length, pairs: truth.size, ...q, blocked: [...truth].filter(p => probabilities.has(p)).length / truth.size, candidates, queries, ms: Math.round(performance.now() - t) });
  const missed = [...truth].filter(p => probabilities.has(p) && !found.has(p)).slice(0, 3);
  if (process.env.SHOW) for (const p of missed) { const [a, b] = p.split(' ').map(id => lines[Number(id.slice(4))]!); console.log(probabilities.get(p), '\n ', Object.values(a!).join('|'), '\n ', Object.values(b!).join('|')); }
  const wrong = [...found].filter(p => !truth.has(p)).slice(0, 3);
  if (process.env.SHOW) for (const p of wrong) { const [a, b] = p.split(' ').map(id => lines[Number(id.slice(4))]!); console.log('WRONG', probabilities.get(p), '\n ', Object.values(a!).join('|'), '\n ', Object.values(b!).join('|')); }
}
