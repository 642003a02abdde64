/** Every breach under `<root>/src/domain` and `<root>/src/workflows`, as `file:line message`. */
export function checkSandboxRules(root: string): string[];
