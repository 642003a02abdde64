import { describeTable } from './table';

// The planning desk: nobody takes a request before it is accepted, and that act gives it code, number and case officer.
describeTable(
  'approval, registered on acceptance',
  `
                     dr st pa ou su ta rg ic ir ai iv no de fs fp ro ap pp rj wd ar an ex
createDraft          .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
deleteDraft          ex ex ex .  .  .  .  .  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
submit               su .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
provideStamps        .  pa .  .  .  .  .  .  .  .  .  .  .  fp .  .  #  #  #  #  #  #  #
reportPayment        .  .  ou .  .  .  .  .  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
retryPayment         .  .  n  n  .  .  .  .  .  .  .  .  .  .  n  .  #  #  #  #  #  #  #
recordCounterPayment .  .  su su .  .  .  .  .  .  .  .  .  .  ro .  #  #  #  #  #  #  #
accept               .  .  .  .  .  rg .  .  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
takeCharge           .  .  .  .  .  .  .  c  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
takeOver             .  .  .  .  .  .  =  =  =  =  =  =  =  =  =  =  #  #  #  #  #  #  #
assign               .  .  .  .  .  .  =  =  =  =  =  =  =  =  =  =  #  #  #  #  #  #  #
release              .  .  .  .  .  .  .  =  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
setPriority          .  .  .  .  =  =  =  =  =  =  =  =  =  =  =  =  #  #  #  #  #  #  #
changePhase          S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S
communicateStart     .  .  .  .  .  .  .  =  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
requestIntegration   .  .  .  .  .  .  .  ir .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
answerIntegration    .  .  .  .  .  .  .  .  .  iv .  .  .  .  .  .  #  #  #  #  #  #  #
acceptMessages       .  .  .  .  .  .  .  .  .  iv .  .  .  .  .  .  #  #  #  #  #  #  #
cancelIntegration    .  .  .  .  .  .  .  .  .  ic .  .  .  .  .  .  #  #  #  #  #  #  #
noticeRejection      .  .  .  .  .  .  .  no .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
submitObservations   .  .  .  .  .  .  .  .  .  .  .  ic .  .  .  .  #  #  #  #  #  #  #
approve              .  .  .  .  .  .  .  de .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
approvePartially     .  .  .  .  .  .  .  de .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
reject               .  .  .  .  .  .  .  de .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
communicate          .  .  .  .  .  .  .  =  .  =  .  =  .  .  .  .  #  #  #  #  #  #  #
withdraw             .  .  .  .  wd wd wd wd .  wd .  wd .  .  .  .  #  #  #  #  #  #  #
archive              .  .  .  .  .  .  .  ar .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
annul                .  .  .  .  an an an an an an an an an an an an an an #  #  #  #  #
reopen               .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  ic ic ic #  #  #  #
retryRegistration    .  .  .  .  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n
money                f  f  su su f  f  f  f  f  f  f  f  f  f  ro f  f  f  f  f  f  f  f
time                 -  -  ex pa =  =  =  =  =  ic =  ic -  -  =  -  -  -  -  -  -  -  -
work                 -  -  -  -  ta -  ic -  =  -  =  -  ro -  -  ap -  -  -  -  -  -  -
`,
);
