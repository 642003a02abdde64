import { proxySinks, type Sinks, type WorkflowInterceptors } from '@temporalio/workflow';

/** Where the workflow tells what it asks of the engine, also during replay. */
export interface AskedSinks extends Sinks {
  readonly asked: { command(what: string, how: string): void };
}

/** Runs inside the workflow's sandbox: tells every activity with its arguments and every timer with its duration. */
export function interceptors(): WorkflowInterceptors {
  const { asked } = proxySinks<AskedSinks>();
  return {
    outbound: [
      {
        scheduleActivity: (input, next) => {
          asked.command(input.activityType, JSON.stringify(input.args));
          return next(input);
        },
        startTimer: (input, next) => {
          asked.command('timer', JSON.stringify(input.durationMs));
          return next(input);
        },
        continueAsNew: (input, next) => {
          asked.command('continueAsNew', JSON.stringify(input.args));
          return next(input);
        },
      },
    ],
  };
}
