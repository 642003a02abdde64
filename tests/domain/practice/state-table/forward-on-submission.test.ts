import { describeTable } from './table';

// Nobody decides here: the practice has ended when the other office has taken it.
describeTable(
  'forward, registered on submission',
  `
                     dr st pa ou su rg rd ic wd an ex
createDraft          .  .  .  .  .  .  .  #  #  #  #
deleteDraft          ex ex ex .  .  .  .  #  #  #  #
submit               su .  .  .  .  .  .  #  #  #  #
provideStamps        .  pa .  .  .  .  .  #  #  #  #
reportPayment        .  .  ou .  .  .  .  #  #  #  #
retryPayment         .  .  n  n  .  .  .  #  #  #  #
recordCounterPayment .  .  su su .  .  .  #  #  #  #
accept               S  S  S  S  S  S  S  S  S  S  S
takeCharge           .  .  .  .  .  .  ic #  #  #  #
takeOver             S  S  S  S  S  S  S  S  S  S  S
assign               .  .  .  .  .  r  ic #  #  #  #
release              S  S  S  S  S  S  S  S  S  S  S
setPriority          .  .  .  .  =  =  =  #  #  #  #
changePhase          S  S  S  S  S  S  S  S  S  S  S
communicateStart     S  S  S  S  S  S  S  S  S  S  S
requestIntegration   S  S  S  S  S  S  S  S  S  S  S
answerIntegration    S  S  S  S  S  S  S  S  S  S  S
acceptMessages       S  S  S  S  S  S  S  S  S  S  S
cancelIntegration    S  S  S  S  S  S  S  S  S  S  S
noticeRejection      S  S  S  S  S  S  S  S  S  S  S
submitObservations   S  S  S  S  S  S  S  S  S  S  S
approve              S  S  S  S  S  S  S  S  S  S  S
approvePartially     S  S  S  S  S  S  S  S  S  S  S
reject               S  S  S  S  S  S  S  S  S  S  S
communicate          S  S  S  S  S  S  S  S  S  S  S
withdraw             .  .  .  .  w  w  wd #  #  #  #
archive              S  S  S  S  S  S  S  S  S  S  S
annul                .  .  .  .  an an an an #  #  #
reopen               S  S  S  S  S  S  S  S  S  S  S
retryRegistration    .  .  .  .  n  n  n  n  n  n  n
money                f  f  su su f  f  f  f  f  f  f
time                 -  -  ex pa -  -  -  -  -  -  -
work                 -  -  -  -  rg rd -  -  -  -  -
`,
);
