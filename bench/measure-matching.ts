import type { Table } from './table.ts';
export const measureMatching = async () => ({
  table: { title: '', note: '', head: [], rows: [] } as Table,
  budgets: [],
});
