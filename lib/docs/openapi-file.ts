/** a line for each operation and each component: short, and changes are seen where they are */
const lines = (value: unknown, depth: number, indent = ''): string => {
  if (!depth || typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const inner = `${indent} `;
  const entries = Object.entries(value).map(
    ([name, part]) => `${JSON.stringify(name)}: ${lines(part, depth - 1, inner)}`,
  );
  return `{\n${inner}${entries.join(`,\n${inner}`)}\n${indent}}`;
};

export const openapiFile = (document: object) => `${lines(document, 3)}\n`;
