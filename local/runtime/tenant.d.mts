export const tenantsIn: (text: string) => Set<string>;
export const concerns: (text: string, tenant?: string) => boolean;
