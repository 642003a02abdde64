import { describeTable } from './table';

// Nothing has a number: a document is complete when it exists, and `registeringOutcome` is passed in one breath.
describeTable(
  'approval, nothing registered',
  `
                     dr st pa ou su re ic ir ai iv no de fs fp ap pp rj wd ar an ex
createDraft          .  .  .  .  .  .  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
deleteDraft          ex ex ex .  .  .  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
submit               su .  .  .  .  .  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
provideStamps        .  pa .  .  .  .  .  .  .  .  .  .  fp .  #  #  #  #  #  #  #
reportPayment        .  .  ou .  .  .  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
retryPayment         .  .  n  n  .  .  .  .  .  .  .  .  .  n  #  #  #  #  #  #  #
recordCounterPayment .  .  su su .  .  .  .  .  .  .  .  .  ap #  #  #  #  #  #  #
accept               S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S
takeCharge           .  .  .  .  .  ic c  .  .  .  .  .  .  .  #  #  #  #  #  #  #
takeOver             .  .  .  .  .  .  =  =  =  =  =  =  =  =  #  #  #  #  #  #  #
assign               .  .  .  .  .  ic =  =  =  =  =  =  =  =  #  #  #  #  #  #  #
release              .  .  .  .  .  .  =  .  .  .  .  .  .  .  #  #  #  #  #  #  #
setPriority          .  .  .  .  =  =  =  =  =  =  =  =  =  =  #  #  #  #  #  #  #
changePhase          S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S
communicateStart     .  .  .  .  .  .  =  .  .  .  .  .  .  .  #  #  #  #  #  #  #
requestIntegration   .  .  .  .  .  .  ir .  .  .  .  .  .  .  #  #  #  #  #  #  #
answerIntegration    .  .  .  .  .  .  .  .  iv .  .  .  .  .  #  #  #  #  #  #  #
acceptMessages       .  .  .  .  .  .  .  .  iv .  .  .  .  .  #  #  #  #  #  #  #
cancelIntegration    .  .  .  .  .  .  .  .  ic .  .  .  .  .  #  #  #  #  #  #  #
noticeRejection      .  .  .  .  .  .  no .  .  .  .  .  .  .  #  #  #  #  #  #  #
submitObservations   .  .  .  .  .  .  .  .  .  .  ic .  .  .  #  #  #  #  #  #  #
approve              .  .  .  .  .  .  de .  .  .  .  .  .  .  #  #  #  #  #  #  #
approvePartially     .  .  .  .  .  .  de .  .  .  .  .  .  .  #  #  #  #  #  #  #
reject               .  .  .  .  .  .  de .  .  .  .  .  .  .  #  #  #  #  #  #  #
communicate          .  .  .  .  .  .  =  .  =  .  =  .  .  .  #  #  #  #  #  #  #
withdraw             .  .  .  .  wd wd wd .  wd .  wd .  .  .  #  #  #  #  #  #  #
archive              .  .  .  .  .  .  ar .  .  .  .  .  .  .  #  #  #  #  #  #  #
annul                .  .  .  .  an an an an an an an an an an an an #  #  #  #  #
reopen               .  .  .  .  .  .  .  .  .  .  .  .  .  .  ic ic ic ic #  #  #
retryRegistration    .  .  .  .  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n
money                f  f  su su f  f  f  f  f  f  f  f  f  ap f  f  f  f  f  f  f
time                 -  -  ex pa =  =  =  =  ic =  ic -  -  =  -  -  -  -  -  -  -
work                 -  -  -  -  re -  -  ai -  ic -  ap -  -  -  -  -  -  -  -  -
`,
);
