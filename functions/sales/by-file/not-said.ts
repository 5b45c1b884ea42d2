/** the reason of what a file tells without one */
export const notSaid = 'not said';
