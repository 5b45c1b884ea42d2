import type { Table } from './table.ts';
export const measureThroughput = async () => ({
  table: { title: '', note: '', head: [], rows: [] } as Table,
  budgets: [],
});
