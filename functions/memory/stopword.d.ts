// the package declares types for its entry point only, which loads every language
declare module 'stopword/src/*' {
  export const deu: string[];
  export const eng: string[];
  export const fra: string[];
  export const ita: string[];
  export const nld: string[];
  export const por: string[];
  export const spa: string[];
}
