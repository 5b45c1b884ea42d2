export type Cell = string | number;

/** what a measure says: rows of one length under a heading */
export type Table = { title: string; note: string; head: string[]; rows: Cell[][] };

const isNumber = (cell: Cell) => typeof cell === 'number' || /^[\d.,<≤–-]+( ?(KB|ms|×))?$/.test(cell);

const texts = ({ head, rows }: Table) => [head, ...rows].map(row => row.map(String));

/** A table for a terminal: texts to the left, numbers to the right. */
export const aligned = (table: Table): string => {
  const lines = texts(table);
  const widths = table.head.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)));
  const shown = lines.map((line, nth) =>
    line
      .map((cell, column) =>
        (nth ? isNumber(table.rows[nth - 1]![column]!) : column > 0)
          ? cell.padStart(widths[column]!)
          : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd(),
  );
  shown.splice(1, 0, widths.map(width => '─'.repeat(width)).join('  '));
  return `\n${table.title}\n${shown.map(line => `  ${line}`).join('\n')}\n`;
};

/** The same table for a document. */
export const markdown = (table: Table): string => {
  const [head = [], ...rows] = texts(table).map(line => line.map(cell => cell.replaceAll('|', '\\|')));
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column ? '---:' : '---'));
  return `## ${table.title}\n\n${table.note}\n\n${[head, rule, ...rows].map(line).join('\n')}\n`;
};
