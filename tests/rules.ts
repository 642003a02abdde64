/** A rule of the reference manual, as this product keeps it, and the tests that prove it. */
export interface Rule {
  readonly id: string;
  readonly rule: string;
  /** `<file under tests>: <title of the test>`; a title ending in `…` is compared by its beginning. */
  readonly tests: readonly string[];
}

/** Every rule that this release had to bring about, in the order of the manual: life, files, mails, operators. */
export const RULES: readonly Rule[] = [
  {
    id: 'R1',
    rule: 'Registration is per service: none, on submission (default), on acceptance. Without it a received application is taken in charge and has no register states',
    tests: [
      'domain/practice/rules/registration.test.ts: registration is per service: without it a received application is taken in charge and nothing gets a number',
      'acts/kinds-of-service.test.ts: without registration a practice is taken in charge as soon as it is received, and no number is ever asked for',
      'api/list.test.ts: a registration is a number, or says why there is none',
    ],
  },
  {
    id: 'R2',
    rule: 'Planning desk: the practice waits to be accepted; one act gives code, registration and case officer; the receipt is issued at submission all the same',
    tests: [
      'acts/planning-desk.test.ts: at the planning desk one act gives the code, the registration and the case officer; before, there are none',
      'documents/request.test.ts: request and receipt do without the practice code where acceptance gives it',
    ],
  },
  {
    id: 'R3',
    rule: 'Service workflow approval, forward (ends when the other office has taken it) or payment only (ends at the receipt)',
    tests: [
      'acts/kinds-of-service.test.ts: a forward practice ends when the other office has taken it; then nobody withdraws or decides',
      'acts/kinds-of-service.test.ts: a payment-only practice ends with its receipt',
    ],
  },
  {
    id: 'R4',
    rule: 'A human practice code, gapless per service and year, apart from id and registration number, searchable, in mails and documents',
    tests: [
      'api/list-search.test.ts: who searches for a number that exists gets that practice first, whatever the sort',
      'documents/registration-request.test.ts: a subject too long for the register is cut between characters, never in the code',
    ],
  },
  {
    id: 'R5',
    rule: 'States that a citizen sees besides the main ones: awaiting stamps, payment, outcome of the payment, payment failed, received; elaborated is neutral until its document is registered',
    tests: [
      'acts/money-and-stamps.test.ts: whoever comes back from the gateway is believed only when the gateway confirms',
      'domain/practice/rules/decision.test.ts: the outcome is not revealed before its document is registered',
      'notifications/outcome-mails.test.ts: stamps and payment before the release do not tell the outcome',
    ],
  },
  {
    id: 'R6',
    rule: 'Order at submission: stamps, payment, submitted, received, registered; labels are those of the manual, the timeline gives date and time for each',
    tests: [
      'acts/money-and-stamps.test.ts: at submission stamps come first, then the payment, then the application has arrived',
      'domain/practice/rules/submission.test.ts: after the arrival the document is made, then it is received, then registered',
      'demo/demo.test.ts: the demo leads a practice of each kind to its end, and shows every event beside what the manual requires',
    ],
  },
  {
    id: 'R7',
    rule: 'Only the operator in charge approves, rejects, asks, accepts or cancels an integration; others are told to take over',
    tests: [
      'acts/assignment.test.ts: only the operator in charge decides; a colleague is told to take over, does, and then decides',
      'domain/practice/rules/integration.test.ts: only the operator in charge asks, accepts or cancels',
    ],
  },
  {
    id: 'R8',
    rule: 'Assigned to an office only, any member may take charge, nobody else; members may reassign',
    tests: ['acts/assignment.test.ts: assigned to an office only, any member may take it in charge and nobody else'],
  },
  {
    id: 'R9',
    rule: 'Priority high, medium or low; medium by default',
    tests: [
      'acts/assignment.test.ts: the priority is medium until somebody sets another, and setting it moves nothing else',
    ],
  },
  {
    id: 'R10',
    rule: 'Phases inside "in charge" as data per service, with note and event; changed only along listed edges',
    tests: ['acts/assignment.test.ts: phases are changed along their edges only, and decisions belong to a phase'],
  },
  {
    id: 'R11',
    rule: 'Withdrawal refused when not configured, when money was paid, to whoever is not the applicant, when a forward practice was taken, and before registration; after 30 minutes without a number it is accepted',
    tests: [
      'acts/endings.test.ts: withdrawal is refused where the service turns it off, after money was paid, and to whoever is not the applicant',
      'acts/endings.test.ts: the applicant withdraws; the withdrawal is a registered document of its own',
      'domain/practice/rules/withdrawal.test.ts: what the other office has taken is not withdrawn any more',
      'domain/practice/rules/withdrawal.test.ts: the half hour runs from the arrival, which is the payment where something was paid',
      'domain/practice/rules/registration.test.ts: a withdrawn practice stays withdrawn when its request is registered afterwards',
    ],
  },
  {
    id: 'R12',
    rule: 'The applicant may delete a draft, never with money attached; expiry of drafts is per service, off by default, announced before',
    tests: [
      'acts/money-and-stamps.test.ts: a draft with nothing paid may be deleted, also while it waits for stamps, and is gone for its owner',
      'domain/practice/rules/drafts.test.ts: draft expiry is off by default',
      'domain/practice/rules/drafts.test.ts: a draft that expires is announced three days before',
      'domain/practice/rules/payments.test.ts: a draft to which money is attached is not deleted',
    ],
  },
  {
    id: 'R13',
    rule: 'Integration: structured answer, or messages that the operator takes; answer document made and registered then; cancel only before the answer; several requests, only the first suspends the term',
    tests: [
      'domain/practice/rules/integration.test.ts: a structured answer is made into a document and registered, and the office goes on',
      'acts/endings.test.ts: messages of the applicant count as the integration when the operator takes them',
      'acts/endings.test.ts: several integration requests are possible; one is cancelled and stays on the timeline',
      'domain/practice/rules/integration.test.ts: several requests are possible, and only the first suspends the term',
    ],
  },
  {
    id: 'R14',
    rule: 'Rejection notice (art. 10-bis) required, optional or none per service; skipping a required one needs a legal exemption',
    tests: [
      'acts/endings.test.ts: where a notice is required nobody rejects without it, unless a legal exemption is named',
      'acts/endings.test.ts: the applicant answers a notice with observations and a file, then the office rejects',
    ],
  },
  {
    id: 'R15',
    rule: 'After the decision nothing changes; reopening is off by default, a service may allow it',
    tests: ['acts/endings.test.ts: after the decision nothing changes: reopening is off unless the service allows it'],
  },
  {
    id: 'R16',
    rule: 'Partial approval: off by default; no effect on registration and payments',
    tests: [
      'domain/practice/rules/decision.test.ts: partial approval is off by default, and changes nothing in registration',
      'acts/money-and-stamps.test.ts: an approval waits for stamps and money, tells nothing of its outcome before, and ends when both have come',
    ],
  },
  {
    id: 'R17',
    rule: 'Switches with their defaults; a disabled act is refused with a reason',
    tests: [
      'domain/practice/guard-refusals.test.ts: an act that the service turns off is refused whatever the state',
      'forms/service-definition.test.ts: what a practice carries of it holds no text',
    ],
  },
  {
    id: 'R18',
    rule: 'Approval: message, response document (uploaded, else made of the message), attachments, stamps, deferred payment (editable; 0 is exempt, approved at once)',
    tests: [
      'acts/endings.test.ts: a decision may be a file of the office’s own, with attachments, and nobody sees it before it is registered',
      'acts/money-and-stamps.test.ts: the officer may change the deferred payment, and zero is exempt: approved at once',
      'documents/decision.test.ts: an approval says so, with its conditions, its files and who decided',
    ],
  },
  {
    id: 'R19',
    rule: 'Counter payment is irreversible, its reason an internal note or a message; money is corrected by a counter-entry, the state never moves back',
    tests: [
      'acts/money-and-stamps.test.ts: money taken at the counter is recorded for good; the open position can no longer be paid',
      'acts/money-and-stamps.test.ts: money that came online although it was taken at the counter becomes a task for the refund',
    ],
  },
  {
    id: 'R20',
    rule: 'A practice opened for a citizen: user found or made by tax code, appears in the citizen’s area, prepayment waits for the citizen, author recorded and listed',
    tests: [
      'acts/kinds-of-service.test.ts: an operator opens and sends a practice for a citizen, who finds it in their area; the author is recorded',
      'acts/kinds-of-service.test.ts: for a citizen without account one is made, without a password',
      'domain/practice/rules/submission.test.ts: an operator files for a citizen: both may send it, nobody else, and the money waits for the citizen',
    ],
  },
  {
    id: 'R21',
    rule: 'Access without login where the service allows it; the identity is marked unverified in list, view and PDF; confirmation by mail',
    tests: [
      'acts/kinds-of-service.test.ts: without login where the service allows it: the identity is marked unverified everywhere',
      'documents/request.test.ts: a request filed without login says that the identity is not verified, and claims no signature',
      'notifications/delivery.test.ts: a guest, who has no area, gets the confirmation as everybody',
    ],
  },
  {
    id: 'R22',
    rule: 'Minimum identity level per service; provider, level, instant and session are stored with the submission and end the PDF with the digest of the data',
    tests: [
      'acts/kinds-of-service.test.ts: a service says who may file it and how surely they must be known',
      'documents/request.test.ts: a request shows the answers, the files with their digests, and who signed it how',
    ],
  },
  {
    id: 'R23',
    rule: 'Roles: citizen, professional, delegate, operator, manager, administrator, auditor, service account',
    tests: [
      'domain/practice/roles.test.ts: a %s may do what belongs to the role, and nothing else',
      'api/role-matrix.test.ts: %s answers each role as it should',
    ],
  },
  {
    id: 'R24',
    rule: 'Documents, messages, attachments and payments of closed practices stay available to the citizen',
    tests: [
      'conversation/notes.test.ts: notes stay possible after the end',
      'api/messages.test.ts: messages stay open after the practice has ended',
      'acts/endings.test.ts: a decision may be a file of the office’s own, with attachments, and nobody sees it before it is registered',
    ],
  },
  {
    id: 'F1',
    rule: 'Accepted files and size are data per place (form; messages, integrations, notes; decisions); types without a signature are judged by extension and text',
    tests: [
      'files/places.test.ts: each place takes what the manual lists, up to 30 MB',
      'files/kinds.test.ts: text is judged to its last byte',
    ],
  },
  {
    id: 'F2',
    rule: 'A field may require a digital signature; the compiled form is always among the documents',
    tests: [
      'files/upload-for-a-signature.test.ts: a question that wants a signature takes a p7m, and refuses a plain PDF at its end, keeping nothing',
      'documents/request.test.ts: a request shows the answers…',
    ],
  },
  {
    id: 'M1',
    rule: 'Submission: receipt with the compiled PDF, number, "is the receipt, not the outcome", what comes next',
    tests: [
      'notifications/arrival-mails.test.ts: brings receipt and application, is no outcome, tells the number and what comes next',
    ],
  },
  {
    id: 'M2',
    rule: 'Registration: number and the date by which the office answers',
    tests: [
      'notifications/arrival-mails.test.ts: the registration tells the number and the day by which the office answers',
    ],
  },
  {
    id: 'M3',
    rule: 'Awaiting stamps: service, number, link. Payment: summary, receipt; deferred payment: link to pay',
    tests: [
      'notifications/arrival-mails.test.ts: stamps that are awaited say service, number and how many',
      'notifications/arrival-mails.test.ts: a payment to be made says how much, for what and until when, with a button that leads to it',
    ],
  },
  {
    id: 'M4',
    rule: 'Integration request: the operator’s text and a button to that practice',
    tests: [
      'notifications/procedure-mails.test.ts: asked for: the officer’s words, the last day, a button to that practice; the first suspends the term',
    ],
  },
  {
    id: 'M5',
    rule: 'Outcome: personal message, response document, attachments',
    tests: [
      'notifications/outcome-mails.test.ts: an outcome brings the files that the officer added',
      'notifications/outcome-mails.test.ts: an uploaded response document goes along once, under its own name',
    ],
  },
  {
    id: 'M6',
    rule: 'Every other change of state: a short notice; texts per service, state and language',
    tests: [
      'notifications/catalogue.test.ts: there is a text for every moment, with words of its own in every line',
      'notifications/service-texts.test.ts: a service’s own text takes the place of ours, with every placeholder filled in',
    ],
  },
  {
    id: 'M7',
    rule: 'Footer: the address is not read, with the contacts to use',
    tests: [
      'notifications/catalogue.test.ts: the footer says first that the address is not read, then whom to write to',
    ],
  },
  {
    id: 'M8',
    rule: 'Operators are told of every change of state of their services; they choose the frequency and cannot switch it off',
    tests: [
      'notifications/operator-notices.test.ts: the operators and managers of the service are told, nobody else, and each change once',
      'notifications/notice-frequency.test.ts: "%s" is no choice: notices can not be switched off',
    ],
  },
  {
    id: 'M9',
    rule: 'Each message shows channel, address, delivery state and the mail as sent',
    tests: [
      'notifications/records.test.ts: each mail shows channel, address, text and delivery, to the applicant and to the office alike',
      'notifications/records.test.ts: the mail as sent is a file, byte by byte what the server took',
    ],
  },
  {
    id: 'E1',
    rule: 'With Temporal’s database lost, open practices come back from their snapshots and finish',
    tests: ['faults/engine-lost.test.ts: …'],
  },
  {
    id: 'E2',
    rule: 'Random lives on entity and PostgreSQL hold the invariants',
    tests: ['walks/entity-and-database.test.ts: entity and PostgreSQL agree on every event, and every move is an edge'],
  },
];
