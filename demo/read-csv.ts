/** rows of a CSV text (RFC 4180) by the names in its first line */
export const readCsv = (text: string, separator = ','): Record<string, string>[] => {
  const cell = new RegExp(`("(?:[^"]|"")*"|[^${separator}\\n]*)(${separator}|\\n|$)`, 'y');
  const lines: string[][] = [];
  let line: string[] = [];
  while (cell.lastIndex < text.length) {
    const [, value = '', end] = cell.exec(text) ?? [];
    line.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === separator) continue;
    lines.push(line);
    line = [];
  }
  const [columns = [], ...rows] = lines;
  return rows.map(row => Object.fromEntries(columns.map((column, nth) => [column, row[nth] ?? ''])));
};
