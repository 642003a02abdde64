/** Every file and function that is too long, one sentence each. */
export function checkFileSizes(root: string): string[];
