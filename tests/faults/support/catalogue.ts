/** What a fault is, for whoever reads the report. */
export interface Fault {
  /** What is broken, as a person would say it. */
  readonly broken: string;
  /** How the tests break it. */
  readonly how: string;
  /** What must come of it. */
  readonly must: string;
}

/** The faults that Iter is tried with. The ids are those that tests and report use. */
export const FAULTS = {
  F1: {
    broken: 'A worker dies in the middle of a call to another system',
    how: 'The worker stands still before the call, and gets kill -9; another one starts',
    must: 'The call is made by the next worker; one number, one position, one document',
  },
  F2: {
    broken: 'A worker dies after the other system did its work and before anybody heard of it',
    how: 'The worker stands still after the call has succeeded, and gets kill -9; another one starts',
    must: 'What was done is found again: no second number, no second position, no second document',
  },
  F3: {
    broken: 'No worker is there for a while and people go on filing',
    how: 'All workers are stopped under load; the API stays',
    must: 'Everything is taken with a dated receipt, and carried out within 60 s of their return',
  },
  F4: {
    broken: 'A worker dies between accepting an act and writing its effect, or just after writing it',
    how: 'The worker stands still at the projection of an event, before or after it, and gets kill -9',
    must: 'The act has its effect once; PostgreSQL and workflow agree',
  },
  F5: {
    broken: 'Temporal is restarted, orderly or by a crash',
    how: 'SIGTERM and SIGKILL at random moments under a small load, then the same database again',
    must: 'The API goes on accepting; every act has one outcome',
  },
  F6: {
    broken: 'The application database is down for minutes',
    how: 'PostgreSQL is stopped under load and started again',
    must: '503 with Retry-After meanwhile; nothing lost; few history events for each practice',
  },
  F7: {
    broken: 'The database of Temporal is down and comes back',
    how: 'The PostgreSQL of a production Temporal server is stopped and started',
    must: 'Acts are taken meanwhile and carried out afterwards, with no repair by hand',
  },
  F8: {
    broken: 'Connections to the database are cut again and again',
    how: 'pg_terminate_backend on every connection, every few seconds',
    must: 'No process ends; nothing is lost or done twice',
  },
  F9: {
    broken: 'The register does its work and its answer is lost',
    how: 'The register commits, and the connection breaks instead of an answer',
    must: 'Exactly one number for each document',
  },
  F10: {
    broken: 'The register answers errors for two days',
    how: 'Every call fails while two days pass on the clock of the engine',
    must: 'Attempts go on without filling the history; the number comes when the register is back',
  },
  F11: {
    broken: 'The answer of a register without look-up is lost',
    how: 'The register commits, never answers, and cannot be asked',
    must: 'One attempt, a task for a person, never a second attempt by itself',
  },
  F12: {
    broken: 'The gateway tells of a payment many times, in another order, too early or too late',
    how: 'Receipts repeated fifty times at once, mixed, before the position, after the withdrawal',
    must: 'One transition; money that fits nothing opens a task for its refund',
  },
  F13: {
    broken: 'A client repeats a request without waiting',
    how: 'Twenty equal requests at once, for drafts, submissions and acts',
    must: 'One effect and twenty answers equal byte for byte',
  },
  F14: {
    broken: 'Two officers decide at the same moment',
    how: 'Approval and rejection sent together on the same version',
    must: 'One wins; the other is told which one',
  },
  F15: {
    broken: 'An answer arrives in the millisecond in which its time ends',
    how: 'Command and expiry raced around the same millisecond',
    must: 'One outcome, decided by the instants alone, and the same on replay',
  },
  F16: {
    broken: 'The clock of a machine is wrong',
    how: 'Fifteen minutes fast or slow, and a jump back',
    must: 'Deadlines stay where they are; sign-ins tolerate a minute',
  },
  F17: {
    broken: 'Machines in other time zones, and the change of the hour',
    how: 'Workers under four time zones, practices across the last Sundays of March and October',
    must: 'The same instants everywhere',
  },
  F18: {
    broken: 'The key that encrypts payloads is changed in the middle of a practice',
    how: '',
    must: 'Practices go on under the new key and can be read under the old one',
  },
  F19: {
    broken: 'The key of one practice is destroyed',
    how: '',
    must: 'Its data are gone and its screens still open',
  },
  F20: {
    broken: 'A message that nobody can read',
    how: 'Undecodable, unknown, oversized and wrong messages to running practices, and practices started with garbage',
    must: 'At most that practice stops, with a task that says why; oversized requests are refused at the door',
  },
  F21: {
    broken: 'A release whose workflow code cannot replay what runs',
    how: 'A worker with altered code meets open practices',
    must: 'They stand still and say so; the right code heals them without touching data',
  },
  F22: {
    broken: 'A release under load, and its roll back half-way',
    how: 'Old and new code together, then back',
    must: 'No command is lost',
  },
  F23: {
    broken: 'A worker too small for its practices',
    how: 'A cache of two workflows for hundreds of practices',
    must: 'The same results as with a large one',
  },
  F24: {
    broken: 'A practice continues as new while acts arrive',
    how: 'A new run every few events under a stream of acts and repetitions',
    must: 'No act is lost or repeated; deadlines are armed again',
  },
  F25: {
    broken: 'Replay at any moment of any life',
    how: 'Random lives, replayed whole and at every task',
    must: 'No divergence',
  },
  F26: {
    broken: 'A database that answers slowly',
    how: 'Two seconds on every answer',
    must: 'Requests are turned away in time, health tells the truth',
  },
  F27: {
    broken: 'The disk of the database is full',
    how: 'PostgreSQL on a small file system',
    must: 'New work is refused, nothing is corrupted, all goes on when there is room',
  },
  F28: {
    broken: 'The application database is restored from an older copy',
    how: 'A copy is put back while Temporal went on',
    must: 'The drift is found for each practice, and the documented commands cure it',
  },
  F29: {
    broken: 'One municipality sends a hundred times as much as the others',
    how: 'A burst of one tenant beside the usual load of others',
    must: 'The others wait at most twice as long as alone',
  },
  F30: {
    broken: 'An orderly shutdown under load',
    how: 'SIGTERM while acts and activities are under way',
    must: 'The end comes within 60 s and nothing is lost',
  },
  F31: {
    broken: 'Temporal is down while a deadline passes; the answer had come before it',
    how: 'Temporal is killed, the answer arrives, the deadline passes, Temporal starts',
    must: 'The answer counts',
  },
  F32: {
    broken: 'Temporal is down while a deadline passes; the answer comes after it',
    how: 'Temporal is killed, the deadline passes, the answer arrives, Temporal starts',
    must: 'The deadline counts, and whoever was late is told the instant',
  },
  F33: {
    broken: 'The database of Temporal is lost',
    how: 'Its file is deleted with fifty practices open',
    must: 'They are rebuilt from what PostgreSQL holds, and all finish',
  },
} as const satisfies Readonly<Record<`F${number}`, Fault>>;

export type FaultId = keyof typeof FAULTS;
