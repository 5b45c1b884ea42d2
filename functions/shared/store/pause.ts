/** before asking again for what a busy table left undone */
export const pause = (attempt: number) =>
  new Promise(resolve => setTimeout(resolve, Math.min(2 ** attempt * 10, 2000) * Math.random()));
