/** the fewest digits of a number's end that are searched for */
export const shortestEnd = 4;

export const backwards = (text: string) => Array.from(text).reverse().join('');
