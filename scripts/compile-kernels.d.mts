export const target: string;
export function compiled(): Promise<string>;
