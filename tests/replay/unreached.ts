/** A branch of workflow code that no recorded history can reach, and why. */
export interface Unreached {
  readonly file: string;
  /** How the line begins on which it begins, without its indentation. */
  readonly code: string;
  /** How a function begins in which it stands, where another one has the same line. */
  readonly within?: string;
  readonly why: string;
}

/** What stands outside of replay; it is no part of what replay is asked to reach. */
export const VALIDATOR = 'A validator is asked before an act enters the history: replay never asks it';
const DEFECT = 'Only a defect of ours gets here: it fails the workflow task and leaves no event';
const IMPOSSIBLE = 'The compiler asks for it; what would lead here cannot be';

const branch = (file: string, code: string, why: string): Unreached => ({
  file: `src/workflows/practice/${file}`,
  code,
  why,
});

/** Every branch of `src/workflows` that is left out on purpose. */
export const UNREACHED: readonly Unreached[] = [
  branch('backstage.ts', 'if (!(error instanceof ActivityFailure)) throw error;', DEFECT),
  branch('entity.ts', 'if (alreadyProcessed(this.state, command.id)) return undefined;', VALIDATOR),
  {
    ...branch('entity.ts', 'if (this.parked !== null) throw new Parked(this.parked);', VALIDATOR),
    within: 'check(command: Command)',
  },
  branch('handlers.ts', 'if (!isCommand({ ...command, act })) throw', VALIDATOR),
  branch('handlers.ts', 'if (why) throw failure(new ActRefused(why));', VALIDATOR),
  branch('handlers.ts', 'if (!park(p, error)) throw error;', DEFECT),
  branch('handlers.ts', "if (error instanceof Parked) throw failure(new Parked(p.parked ?? 'parked'));", VALIDATOR),
  branch('handlers.ts', ': ApplicationFailure.nonRetryable(error.message, FAILURE.parked);', VALIDATOR),
  branch('parking.ts', 'if (!park(p, error)) throw error;', DEFECT),
  branch('parking.ts', 'if (!(error instanceof ActivityFailure)) return false;', DEFECT),
  branch('parking.ts', 'const type = cause instanceof ApplicationFailure ? cause.type : undefined;', IMPOSSIBLE),
  branch('parking.ts', 'p.parked = `$', IMPOSSIBLE),
  branch('steps/documents.ts', 'const { stamps, feeCents } = state.decision ?? {};', IMPOSSIBLE),
  branch(
    'steps/payments.ts',
    "if (!expiresAt) throw new Error('a payment was requested but the clock has no deadline for it');",
    DEFECT,
  ),
  branch('steps/payments.ts', 'if (!(error instanceof ActivityFailure)) throw error;', DEFECT),
  branch(
    'steps/registration.ts',
    "if (error instanceof ActivityFailure) return { kind: 'uncertain' as const };",
    DEFECT,
  ),
  branch(
    'steps/registration.ts',
    "if (error instanceof ActivityFailure) return { kind: 'unresolved' as const };",
    DEFECT,
  ),
  branch('steps/registration.ts', ': [];', IMPOSSIBLE),
  branch(
    'steps/registration.ts',
    "return document ? [{ type: 'documentRegistered', at, data: fact }] : [];",
    IMPOSSIBLE,
  ),
  branch('strange-messages.ts', 'if (!(error instanceof ActivityFailure)) throw error;', DEFECT),
  branch('unreadable.ts', 'for (const job of input.activation.jobs ?? [])', IMPOSSIBLE),
  branch('unreadable.ts', "const message = signalWorkflow.signalName ?? '';", IMPOSSIBLE),
  branch('unreadable.ts', 'for (const payload of payloads ?? [])', IMPOSSIBLE),
];
