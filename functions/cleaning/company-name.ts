// `Sa`, `Co`, `As`, `Ab` are family names too: only forms that no person is called by
const form =
  /(?:^|[\s,(])(?:pte\.? ?ltd|pty\.? ?ltd|pvt\.? ?ltd|sdn\.? ?bhd|private limited|co\.?,? ltd|ltd|limited|l\.?l\.?c|l\.?l\.?p|p\.?l\.?c|inc|incorporated|corp|corporation|gmbh(?: & co\.? kg)?|g\.m\.b\.h|s\.?a\.?r\.?l|s\.?p\.?a|s\.r\.l|b\.v|n\.v|kft|sp\.? z o\.? ?o|bhd|berhad|tbk)\.?\)?$/i;

/** whether a name ends like a company's */
export const isCompanyName = (name: string) => form.test(name.trim()) && name.trim().includes(' ');
