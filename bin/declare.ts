import { gatherDeclared } from '../lib/declared.ts';

// gathers what is declared, for types and tests; synthesis and tests do it by themselves
gatherDeclared();
