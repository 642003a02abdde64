import { describeTable } from './table';

// `received` is passed in one breath: the document of the request starts its own registration.
describeTable(
  'approval, registered on submission',
  `
                     dr st pa ou su rg rd ic ir ai iv no de fs fp ro ap pp rj wd ar an ex
createDraft          .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
deleteDraft          ex ex ex .  .  .  .  .  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
submit               su .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
provideStamps        .  pa .  .  .  .  .  .  .  .  .  .  .  fp .  .  #  #  #  #  #  #  #
reportPayment        .  .  ou .  .  .  .  .  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
retryPayment         .  .  n  n  .  .  .  .  .  .  .  .  .  .  n  .  #  #  #  #  #  #  #
recordCounterPayment .  .  su su .  .  .  .  .  .  .  .  .  .  ro .  #  #  #  #  #  #  #
accept               S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S  S
takeCharge           .  .  .  .  .  .  ic c  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
takeOver             .  .  .  .  .  b  .  =  =  =  =  =  =  =  =  =  #  #  #  #  #  #  #
assign               .  .  .  .  .  r  ic =  =  =  =  =  =  =  =  =  #  #  #  #  #  #  #
release              .  .  .  .  .  .  .  =  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
setPriority          .  .  .  .  =  =  =  =  =  =  =  =  =  =  =  =  #  #  #  #  #  #  #
changePhase          .  .  .  .  .  .  .  =  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
communicateStart     .  .  .  .  .  .  .  =  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
requestIntegration   .  .  .  .  .  .  .  ir .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
answerIntegration    .  .  .  .  .  .  .  .  .  iv .  .  .  .  .  .  #  #  #  #  #  #  #
acceptMessages       .  .  .  .  .  .  .  .  .  iv .  .  .  .  .  .  #  #  #  #  #  #  #
cancelIntegration    .  .  .  .  .  .  .  .  .  ic .  .  .  .  .  .  #  #  #  #  #  #  #
noticeRejection      .  .  .  .  .  .  .  no .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
submitObservations   .  .  .  .  .  .  .  .  .  .  .  ic .  .  .  .  #  #  #  #  #  #  #
approve              .  .  .  .  .  .  .  de .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
approvePartially     .  .  .  .  .  .  .  p  .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
reject               .  .  .  .  .  .  .  de .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
communicate          .  .  .  .  .  .  .  =  .  =  .  =  .  .  .  .  #  #  #  #  #  #  #
withdraw             .  .  .  .  w  w  wd wd .  wd .  wd .  .  .  .  #  #  #  #  #  #  #
archive              .  .  .  .  .  .  .  ar .  .  .  .  .  .  .  .  #  #  #  #  #  #  #
annul                .  .  .  .  an an an an an an an an an an an an an an #  #  #  #  #
reopen               .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  ic ic ic ic #  #  #
retryRegistration    .  .  .  .  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n
money                f  f  su su f  f  f  f  f  f  f  f  f  f  ro f  f  f  f  f  f  f  f
time                 -  -  ex pa =  =  =  =  =  ic =  ic -  -  =  -  -  -  -  -  -  -  -
work                 -  -  -  -  rg rd -  -  =  -  =  -  ro -  -  ap -  -  -  -  -  -  -
`,
);
